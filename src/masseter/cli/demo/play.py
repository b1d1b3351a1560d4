"""`masseter demo`: somebody at every step of every condition, by the same actions as in a real clinic."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from rich.console import Console
from rich.progress import Progress

from masseter.cli.demo import abroad, acting, aftermath, faces, long, marks, storage, week
from masseter.cli.demo.acting import Company, moment, reached
from masseter.cli.demo.cast import Character, read_cast, read_published
from masseter.cli.demo.checking import self_check
from masseter.journey.accounts.actions import add_staff, command_line, found_clinic
from masseter.journey.accounts.demo import (
    ALL_STAFF,
    DEMO_PATIENTS,
    DEMO_STAFF,
    PASSWORD,
    US_STAFF,
    DemoPerson,
    give_sign_in,
)
from masseter.journey.accounts.models import Clinic, User
from masseter.journey.accounts.queries import actor_for, visitor
from masseter.journey.calendar.actions import book_appointment
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from masseter.journey.screen.actions import ask_for_appointment

SLUG = "demo"


def is_loaded() -> bool:
    """Whether the demo clinic is there."""
    return Clinic.objects.filter(slug=SLUG).exists()


@transaction.atomic
def load() -> None:
    """Load the demo clinic, whole or not at all, with a progress bar."""
    today = moment(0).date()
    cast = [*read_cast(), *read_published(today)]
    with clock.travel(moment(long.founded_days())):
        clinic = found_clinic(
            slug=SLUG,
            name="Riverside Face and Jaw Clinic (demo)",
            jurisdiction="UK",
            zone="Europe/London",
            phone="020 7946 0100",
            emergency_number="999",
            is_demo=True,
        )
        with clinic_scope(clinic.pk):
            company = _company(clinic)
            storage.fill(company, today)
    with Progress(transient=True, console=Console(), disable=not Console().is_terminal) as progress:
        task = progress.add_task("Loading the demo clinic", total=len(cast))
        with clinic_scope(clinic.pk):
            long.play(long.character(cast), company)
        for character in cast:
            with clinic_scope(clinic.pk):
                play(character, company)
            progress.advance(task)
    with clinic_scope(clinic.pk):
        storage.watch(company)
        storage.alert(company)
        week.fill(company)
    _load_abroad(cast)


def _load_abroad(cast: list[Character]) -> None:
    clinic = abroad.found()
    with clinic_scope(clinic.pk):
        abroad.play(abroad.patient_of(cast), _company(clinic, US_STAFF))


def _company(clinic: Clinic, staff: tuple[DemoPerson, ...] = DEMO_STAFF) -> Company:
    by = command_line(clinic)
    found: dict[Role, Actor] = {}
    for person in staff:
        user = add_staff(by=by, email=person.email, name=person.name, roles=person.roles)
        give_sign_in(user, person)
        actor = actor_for(User.objects.get(pk=user.pk), clinic_id=clinic.pk)
        if actor is not None:
            found = {**dict.fromkeys(person.roles, actor), **found}
    return Company(injector=found[Role.INJECTOR], desk=found[Role.FRONT_DESK], manager=found[Role.MANAGER])


def play(character: Character, company: Company) -> None:
    """Take one character to their step."""
    part = character.part
    if not reached(character, "consult"):
        ask(character, company)
        return
    seen = acting.SEEN_DAYS[character.step]
    with clock.travel(moment(seen, 9)):
        patient = acting.add(character, company)
        case = acting.consult(patient, company, part)
        if not character.is_published:
            marks.pain(case, company, by_patient=True)
    if not reached(character, "plan"):
        return
    with clock.travel(moment(seen, 10)):
        aftermath.baseline(case, character, company)
        acting.conclude(case, company, character)
        if faces.is_photographed(character):
            faces.photograph(company.injector, case, jaw=1.0)
        plan = acting.draft(case, company, part)
        if (part.condition, character.step) == marks.OWN_FROM and not character.is_published:
            marks.own_scheme(plan, company)
    if not reached(character, "inject"):
        return
    with clock.travel(moment(seen, 11)):
        plan = acting.approve(plan, company)
    if not reached(character, "recover"):
        with clock.travel(moment(0, 6)):
            book_today(patient, company, "treatment", minutes=180 + 30 * (patient.pk % 12))
        return
    with clock.travel(moment(acting.TREATED_DAYS[character.step], 12)):
        treatment = acting.treat(plan, company)
    follow(character, company, case, treatment)


def follow(character: Character, company: Company, case: Case, treatment: Treatment) -> None:
    """What comes after the treatment, as far as the character has come."""
    given = acting.TREATED_DAYS[character.step]
    if not character.is_published:
        with clock.travel(moment(given - 3, 15)):
            aftermath.symptoms(treatment, company, sore=True)
    if not reached(character, "results"):
        return
    with clock.travel(moment(given - 9, 15)):
        aftermath.unwanted(treatment, character, company)
    aftermath.scores(case, treatment, character, company)
    if faces.is_photographed(character):
        with clock.travel(moment(given - 28, 11)):
            faces.photograph(company.injector, case, jaw=0.2)
    if not character.is_published:
        aftermath.diary(case, company, worst=4)
        with clock.travel(moment(given - 20, 18)):
            marks.felt(treatment, with_droop=not reached(character, "follow_up"))
    if not reached(character, "follow_up"):
        return
    with clock.travel(moment(given - aftermath.REVIEW_DAY, 10)):
        aftermath.review(case, company, character)
        if not character.is_published:
            marks.pain(case, company, by_patient=False, weaker=3)


def ask(character: Character, company: Company) -> None:
    """Somebody who has only asked for an appointment."""
    clinic = Clinic.objects.get(pk=company.desk.clinic_id)
    with clock.travel(moment(1, 18)):
        ask_for_appointment(
            by=visitor(clinic),
            name=f"{character.given_names} {character.family_name}",
            phone="020 7946 0231",
            condition=character.part.condition,
            check=self_check(character, company),
            message="I would like to know whether this could help me.",
            preferred_times="Mornings, best on Tuesdays",
        )


def book_today(patient: Patient, company: Company, kind: str, *, minutes: int) -> None:
    """An appointment today, without a person, so that the demo's day has something in it."""
    book_appointment(
        by=company.desk,
        patient=patient,
        kind=kind,
        starts_at=clock.now() + timedelta(minutes=minutes),
        minutes=30,
    )


def print_sign_ins(console: Console) -> None:
    """Print the demo's sign-ins; the codes change and stand on the sign-in page."""
    console.print("\n  Demo sign-ins, all with the password [bold]" + PASSWORD + "[/bold]")
    for person in ALL_STAFF:
        console.print(f"    {person.email:24} {person.role}")
    console.print(f"    {DEMO_PATIENTS[0]:24} Patient (code by e-mail, shown on the page)")
    console.print(f"  The second factor's codes are on {settings.BASE_URL}/account/login/")
