"""The smallest valid rows, made by the same actions as real ones; named arguments change what matters."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from itertools import count

from PIL import Image

from masseter.core.consult.at_home import risk_parts
from masseter.core.consult.consent import ConsentText
from masseter.core.consult.pain import RADII, Stroke
from masseter.core.consult.photographs import photograph_consent_version
from masseter.core.consult.research import research_consent_version
from masseter.core.facts import Observation as Fact
from masseter.core.plan.places import Area, middle_of
from masseter.core.reading import read_observation
from masseter.journey.accounts.queries import actor_for
from masseter.journey.consult.actions import (
    choose_diagnosis,
    decide_together,
    open_case,
    read_part,
    record_observations,
    release_consent,
    sign_at_home,
    take_consent,
    take_photograph_consent,
    take_research_consent,
)
from masseter.journey.consult.models import (
    Case,
    Consent,
    ConsentRelease,
    PhotographConsent,
    ResearchConsent,
)
from masseter.journey.consult.releases import text_of
from masseter.journey.consult.verdicts import consent_text_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.people.actions import add_patient, open_portal
from masseter.journey.people.models import Patient
from masseter.journey.results.models import Photograph
from masseter.journey.results.photographs.actions import keep_photograph
from masseter.knowledge.load import load
from masseter.knowledge.model import Side

_names = count(1)
BORN = date(1980, 5, 17)


def make_patient(
    by: Actor,
    *,
    family_name: str = "",
    given_names: str = "Ada",
    birth_date: date | None = BORN,
    sex: str = "female",
    email: str = "",
    phone: str = "",
) -> Patient:
    """A patient like nobody else on record."""
    return add_patient(
        by=by,
        family_name=family_name or f"Sample{next(_names)}",
        given_names=given_names,
        birth_date=birth_date,
        sex=sex,
        email=email,
        phone=phone,
        is_another_person=True,
    )


def make_portal_patient(by: Actor, email: str = "ada@patients.example") -> Patient:
    """A patient who can sign in."""
    return open_portal(by=by, patient=make_patient(by, email=email))


def actor_of_patient(patient: Patient) -> Actor:
    """A patient with an open portal, as the one who acts."""
    assert patient.user is not None
    found = actor_for(patient.user, clinic_id=patient.clinic_id)
    assert found is not None
    return found


def make_case(by: Actor, patient: Patient | None = None, condition: str = "tmd") -> Case:
    """An open case."""
    return open_case(by=by, patient=patient or make_patient(by), condition=condition)


def read(raw: Mapping[str, object], *, today: date, reported_by: str = "clinician") -> dict[str, Fact]:
    """Facts from plain values, as a form gives them."""
    types = load().observations
    return {
        code: read_observation(types[code], value, today=today, reported_by=reported_by)
        for code, value in raw.items()
    }


def observe(by: Actor, case: Case, **raw: object) -> None:
    """Record observations by a clinician: `observe(by, case, jaw_pain=True, allergies=("none",))`."""
    facts = read(raw, today=clock.today(by.zone))
    record_observations(by=by, patient=case.patient, case=case, facts=facts)


def spot(site: str, side: Side, strength: int = 6, qualities: tuple[str, ...] = ()) -> Stroke:
    """A spot of pain in the middle of an area."""
    at = middle_of(Area(site=site, side=side), load())
    return Stroke(
        view=at.view,
        line=((at.x, at.y),),
        radius=RADII["small"],
        strength=strength,
        qualities=qualities,
    )


def make_consent(by: Actor, case: Case, product: str = "") -> Consent:
    """A signed consent."""
    text = consent_text_of(by, case, product=product)
    return take_consent(
        by=by, case=case, signer_name=str(case.patient), text_version=text.version, product=product
    )


def release_to(by: Actor, case: Case, **told: object) -> ConsentRelease:
    """A consent that the patient of a case may sign at home, after a talk today."""
    version = consent_text_of(by, case, product=str(told.get("product", ""))).version
    usual = {"by": by, "case": case, "text_version": version, "talked_on": clock.today(by.zone)}
    return release_consent(**{**usual, **told})  # type: ignore[arg-type]  # as the action takes them


def read_risks(own: Actor, release: ConsentRelease) -> ConsentText:
    """Each part about risks is opened; answers the text."""
    text = text_of(own, release)
    assert text is not None
    for title in risk_parts(text):
        read_part(by=own, release=release, title=title)
    return text


def sign_released(own: Actor, release: ConsentRelease) -> Consent:
    """What the patient signs at home, with each risk opened and a fresh sign-in."""
    text = read_risks(own, release)
    return sign_at_home(
        by=own,
        release=release,
        signer_name=str(release.patient),
        shown=text.sections,
        shown_version=text.version,
        shown_at=clock.now(),
    )


def make_photograph_consent(by: Actor, patient: Patient) -> PhotographConsent:
    """A signed consent to photographs."""
    version = photograph_consent_version()
    return take_photograph_consent(by=by, patient=patient, signer_name=str(patient), text_version=version)


def make_research_consent(by: Actor, patient: Patient) -> ResearchConsent:
    """A signed consent to the registry."""
    version = research_consent_version()
    return take_research_consent(by=by, patient=patient, signer_name=str(patient), text_version=version)


def drawn_picture(width: int = 360, height: int = 480, colour: str = "#c58f78", **saved: object) -> bytes:
    """A picture of nobody: one colour, as JPEG unless `format` says otherwise."""
    written = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(written, **{"format": "JPEG", **saved})  # type: ignore[arg-type]
    return written.getvalue()


def make_photograph(by: Actor, case: Case, pose: str = "smile", **drawn: object) -> Photograph:
    """A kept photograph; the consent has to be there."""
    return keep_photograph(by=by, case=case, pose=pose, content=drawn_picture(**drawn))  # type: ignore[arg-type]


def make_ready_case(
    by: Actor, *, condition: str, diagnosis: str, patient: Patient | None = None, **raw: object
) -> Case:
    """A case with a working diagnosis, a decision to go ahead and a signed consent."""
    case = make_case(by, patient, condition)
    observe(by, case, **raw)
    choose_diagnosis(by=by, case=case, diagnosis=diagnosis, reason="As the test asks.")
    decide_together(by=by, case=case, decided="go_ahead")
    make_consent(by, case)
    return case
