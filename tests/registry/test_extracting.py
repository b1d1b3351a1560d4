"""A release of records: consent decides, the trail tells, nobody's name goes out, it can be repeated."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from masseter.cli.main import app
from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.consult.actions import withdraw_research_consent
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.recover.actions import add_adverse_event
from masseter.journey.results.wear_off_actions import tell_wear_off
from masseter.registry.courses import read_courses
from masseter.registry.dataset import read_manifest
from masseter.registry.extracting import Release, extract, read_key
from masseter.registry.problems import CannotTake
from masseter.registry.sources import open_datasets
from masseter.response.layout import INJECTION, SCORE, STILL_WORKING, WORN_OFF
from tests.conftest import ActorMaker
from tests.days import days_back
from tests.factories import make_patient, make_research_consent
from tests.journey.treated import DAYS_AGO, SCORED_AFTER, treated

CONDITION = "chronic_migraine"


@pytest.fixture
def by(actor: ActorMaker, clinic: Clinic) -> Actor:
    clinic.is_demo = True  # nobody real, so that fewer than five are enough
    clinic.save()
    return actor(Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)


def release(by: Actor, key: Path, **other: object) -> Release:
    told = {
        "name": "2026a",
        "condition": CONDITION,
        "cut": clock.today(by.zone),
        "key": read_key(key),
        "smallest": 1,
    }
    return Release(**{**told, **other})  # type: ignore[arg-type]


def rows(folder: Path, table: str) -> list[tuple[object, ...]]:
    with open_datasets([folder]).connect() as connection:
        return connection.execute(f"SELECT * EXCLUDE (patient) FROM {table} ORDER BY ALL").fetchall()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "release"


def test_only_a_standing_consent_lets_a_course_out(by: Actor, clinic: Clinic, tmp_path: Path) -> None:
    agreed, unasked, withdrawn = (treated(by) for _ in range(3))
    untreated = make_patient(by)
    for patient in (agreed.patient, untreated):
        make_research_consent(by, patient)
    consent = make_research_consent(by, withdrawn.patient)
    withdraw_research_consent(by=by, research_consent=consent, reason="No.")
    add_adverse_event(
        by=by,
        treatment=agreed,
        started_on=clock.today(by.zone) - timedelta(days=50),
        severity="mild",
        effect="eyelid_ptosis",
        words="",
    )
    key = tmp_path / "key"

    made = extract(tmp_path / "one", release(by, key), [clinic])
    again = extract(tmp_path / "two", release(by, key), [clinic])

    assert made.manifest == again.manifest == read_manifest(tmp_path / "one")
    assert made.manifest.patients == 1
    assert rows(tmp_path / "one", "treatments") == [(0.0, "botox", 155.0)]
    assert rows(tmp_path / "one", "scores") == [(0.0, 20.0, None), (float(SCORED_AFTER), 10.0, None)]
    assert rows(tmp_path / "one", "events") == [(10.0, "eyelid_ptosis", "mild", False, 0.0)]
    assert sum(float(str(row[3])) for row in rows(tmp_path / "one", "points")) == pytest.approx(155)
    said = Event.objects.filter(clinic_id=clinic.pk, what="registry.course_released")
    assert {event.patient_id for event in said} == {agreed.patient.pk}
    whole = Event.objects.filter(clinic_id=clinic.pk, what="registry.released").latest("number")
    assert whole.data["patients"] == 1
    everything = b"".join(file.read_bytes() for file in (tmp_path / "one").iterdir())
    secret = (agreed.patient.family_name, agreed.patient.number, clinic.slug, clinic.name)
    assert [word for word in secret if word.encode() in everything] == []
    assert unasked.patient_id != agreed.patient_id


def test_what_is_after_the_cut_is_not_told(by: Actor, clinic: Clinic, tmp_path: Path, folder: Path) -> None:
    make_research_consent(by, treated(by).patient)
    early = clock.today(by.zone) - timedelta(days=DAYS_AGO - 5)

    extract(folder, release(by, tmp_path / "key", cut=early), [clinic])

    assert rows(folder, "scores") == [(0.0, 20.0, None)]


def test_what_is_said_of_the_end_of_the_effect_reaches_the_model(
    by: Actor, clinic: Clinic, tmp_path: Path, folder: Path
) -> None:
    treatment = treated(by)
    make_research_consent(by, treatment.patient)
    given = clock.today(by.zone) - timedelta(days=DAYS_AGO)
    for days, answer, since in ((40, "still", None), (47, "unsure", None), (54, "worn_off", 49)):
        with clock.travel(days_back(DAYS_AGO - days)):
            off = None if since is None else given + timedelta(days=since)
            tell_wear_off(by=by, case=treatment.case, answer=answer, worn_off_on=off)

    extract(tmp_path / "early", release(by, tmp_path / "key", cut=given + timedelta(days=50)), [clinic])
    extract(folder, release(by, tmp_path / "key"), [clinic])

    assert rows(tmp_path / "early", "wear_offs") == [(40.0, 0.0, False, 40.0)]
    assert rows(folder, "wear_offs") == [(40.0, 0.0, False, 40.0), (54.0, 0.0, True, 49.0)]
    courses = read_courses(folder, ())
    told = courses.kind >= WORN_OFF
    assert courses.kind[told].tolist() == [STILL_WORKING, WORN_OFF]
    assert courses.value[told].tolist() == pytest.approx([40 / 7, 7])
    assert courses.week[told].tolist() == pytest.approx([40 / 7, 54 / 7])
    assert courses.weight[told].tolist() == pytest.approx([2.25, 2.25])  # 1.5 weeks, squared
    assert (courses.kind[0], courses.kind[1]) == (SCORE, INJECTION)


def test_too_few_and_mixed_clinics_and_a_wrong_key_are_refused(
    by: Actor, clinic: Clinic, tmp_path: Path, folder: Path
) -> None:
    make_research_consent(by, treated(by).patient)
    (tmp_path / "bad").write_text("secret")
    before = Event.objects.count()

    with pytest.raises(CannotTake, match="nobody is left: 1 patients agreed"):
        extract(folder, release(by, tmp_path / "key", smallest=2), [clinic])
    with pytest.raises(CannotTake, match="is no key"):
        read_key(tmp_path / "bad")
    clinic.is_demo = False
    with pytest.raises(CannotTake, match="at least 5 patients have to share"):
        extract(folder, release(by, tmp_path / "key", smallest=4), [clinic])
    with pytest.raises(CannotTake, match="no clinic"):
        extract(folder, release(by, tmp_path / "key"), [])

    assert not folder.exists()
    assert Event.objects.count() == before
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_trail_that_cannot_be_written_lets_nothing_out(
    by: Actor, clinic: Clinic, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_research_consent(by, treated(by).patient)

    def broken(**_told: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("masseter.registry.extracting.note_release", broken)
    with pytest.raises(CannotTake, match="disk full"):
        extract(folder, release(by, tmp_path / "key"), [clinic])

    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_the_command_writes_a_release_and_says_what_is_wrong(
    by: Actor, clinic: Clinic, tmp_path: Path
) -> None:
    make_research_consent(by, treated(by).patient)
    make_research_consent(by, make_patient(by))
    words = ["registry", "extract", str(tmp_path / "set"), "--release", "a", "--key", str(tmp_path / "key")]
    words += ["--clinic", clinic.slug, "--smallest", "1"]

    unknown = CliRunner().invoke(app, [*words, "--condition", "warts"])
    later = CliRunner().invoke(app, [*words, "--condition", CONDITION, "--cut", "2999-01-01"])
    done = CliRunner().invoke(app, [*words, "--condition", CONDITION])

    assert "there is no condition 'warts'" in unknown.output
    assert "still to come" in later.output
    assert done.exit_code == 0, done.output
    assert "Written: 1 patients, 1 treatments, 2 scores" in done.output
    assert duckdb.read_parquet(str(tmp_path / "set" / "patients.parquet")).fetchall()[0][2] == "female"
