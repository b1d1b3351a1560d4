"""The person: precautions for this product and region, allergies, what candidacy found. And the licence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from masseter.core.facts import NOT_APPLICABLE
from masseter.core.findings import Finding
from masseter.core.plan.types import PatientSafety
from masseter.knowledge.model import AtMost, Indication, OneOf
from tests.core.builders import EVIDENCE, TODAY, D, condition, facts, finding_rule, text
from tests.core.plan.builders import earlier, knowledge, licence, patient, plan, product, protocol
from tests.core.plan.test_check import checked, codes

STOP = {"severity": "stop", "leads_to": "not_a_candidate"}


def test_stop_precaution_met_stops_and_unknown_asks() -> None:
    known = knowledge(precautions=(finding_rule("infection", **STOP),))

    assert "infection" in codes(checked(plan(), known=known, person=patient(infection=True)), "stop")
    unknown = checked(plan(), known=known)
    assert "infection-open" in codes(unknown, "caution")
    assert next(each for each in unknown if each.code == "infection-open").asks == ("infection",)
    assert "infection" not in codes(checked(plan(), known=known, person=patient(infection=False)))


def test_stop_with_a_recorded_approval_becomes_a_caution() -> None:
    known = knowledge(precautions=(finding_rule("myasthenia", needs_approval="neurologist", **STOP),))
    without = patient(myasthenia=True)
    with_approval = patient(myasthenia=True, neurologist=True)

    assert "myasthenia" in codes(checked(plan(), known=known, person=without), "stop")
    assert "myasthenia" in codes(checked(plan(), known=known, person=with_approval), "caution")


def test_toxin_on_record_is_known_to_every_precaution() -> None:
    recent = AtMost(observation="days_since_last_toxin", at_most=D(30))
    known = knowledge(precautions=(finding_rule("too-fresh", recent, unknown="ignore"),))

    assert "too-fresh" in codes(checked(plan(), earlier(30), known=known))
    assert "too-fresh" not in codes(checked(plan(), earlier(31), known=known))
    assert "too-fresh" not in codes(checked(plan(), known=known))


@pytest.mark.parametrize(
    ("fields", "applies"),
    [
        ({"products": ("alfa",)}, True),
        ({"products": ("beta",)}, False),
        ({"regions": ("jaw",)}, True),
        ({"regions": ("neck",)}, False),
        ({"conditions": ("bruxism",)}, False),
        ({"jurisdictions": ("US",)}, False),
        ({"jurisdictions": ("UK",)}, True),
    ],
)
def test_precaution_speaks_only_of_its_product_region_condition_and_place(
    fields: dict[str, object], applies: bool
) -> None:
    known = knowledge(precautions=(finding_rule("risk", **STOP, **fields),))

    assert ("risk" in codes(checked(plan(), known=known, person=patient(risk=True)))) is applies


def test_age_is_computed_from_the_birth_date() -> None:
    young = finding_rule("young", AtMost(observation="age_years", at_most=D(17)), **STOP)
    known = knowledge(precautions=(young,))

    def found(years: int, days: int = 0) -> set[str]:
        birth = TODAY.replace(year=TODAY.year - years, day=TODAY.day + days)
        person = PatientSafety(birth_date=birth, facts=facts(allergies=("none",), age_years=40))
        return codes(checked(plan(), known=known, person=person), "stop")

    assert "young" not in found(18)
    assert "young" in found(18, days=1)


def test_candidacy_findings_are_kept_unless_their_rule_is_asked_again() -> None:
    known = knowledge(precautions=(finding_rule("risk", products=("beta",), **STOP),))
    person = patient()
    person = PatientSafety(
        birth_date=person.birth_date,
        facts=person.facts,
        candidacy=(
            Finding(code="risk", severity="stop", sentence="Of another product."),
            Finding(code="not-diagnosed", severity="caution", sentence="No diagnosis."),
        ),
    )

    found = codes(checked(plan(), known=known, person=person))

    assert "not-diagnosed" in found
    assert "risk" not in found


@pytest.mark.parametrize("allergies", [("human_albumin",), "human_albumin", ("latex", "human_albumin")])
def test_allergy_to_a_component_stops(allergies: object) -> None:
    assert "allergy" in codes(checked(plan(), person=patient(allergies=allergies)), "stop")


@pytest.mark.parametrize("allergies", [("none",), ("latex",), "latex", NOT_APPLICABLE])
def test_allergy_to_something_else_does_not_stop(allergies: object) -> None:
    found = codes(checked(plan(), person=patient(allergies=allergies)))

    assert not {"allergy", "allergies-unknown"} & found


@pytest.mark.parametrize(("allergies", "named"), [(("latex", "other"), 2), ("latex", 1), (("none",), 0)])
def test_each_allergy_to_something_else_is_a_caution_with_what_was_written(
    allergies: object, named: int
) -> None:
    findings = checked(plan(), person=patient(allergies=allergies, allergy_note="Rash from plasters"))

    found = [each for each in findings if each.code == "allergy-named"]
    assert [each.severity for each in found] == ["caution"] * named
    assert all("Rash from plasters" in each.sentence for each in found)


def test_an_allergy_that_a_precaution_speaks_of_is_not_said_twice() -> None:
    rule = finding_rule("toxin", OneOf(observation="allergies", one_of=("toxin",)), **STOP)

    found = codes(checked(plan(), known=knowledge(precautions=(rule,)), person=patient(allergies=("toxin",))))

    assert "toxin" in found
    assert "allergy-named" not in found


def test_allergy_to_an_excipient_that_is_no_listed_allergen_stops() -> None:
    known = knowledge(products={"alfa": product(allergens=(), excipients=(text("Polysorbate 80"),))})

    found = checked(plan(), known=known, person=patient(allergies=("polysorbate_80",)))

    assert "allergy" in codes(found, "stop")


def test_allergies_never_asked_are_a_caution_that_asks() -> None:
    for person in (patient(allergies=None), PatientSafety(birth_date=patient().birth_date, facts={})):
        findings = checked(plan(), person=person)
        found = next(each for each in findings if each.code == "allergies-unknown")
        assert (found.severity, found.asks) == ("caution", ("allergies",))


def test_product_without_licence_here_is_a_caution() -> None:
    known = knowledge(products={"alfa": product(licensed_in=("US",))})
    cosmetic = knowledge(products={"alfa": product(therapeutic=False)})

    assert "product-unlicensed" in codes(checked(plan(), known=known), "caution")
    assert "product-cosmetic" in codes(checked(plan(), known=cosmetic), "caution")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((), "off-label-reason-missing"),
        ((licence(),), "use-licensed"),
        ((licence(jurisdiction="US"),), "off-label-reason-missing"),
        ((licence(product="beta"),), "off-label-reason-missing"),
        ((licence(diagnoses=("tension",)),), "off-label-reason-missing"),
        ((licence(status="off_label"), licence(product="alfa", diagnoses=("myalgia",))), "use-licensed"),
        ((licence(), licence(status="off_label", product="alfa")), "off-label-reason-missing"),
        ((licence(status="off_label"), licence()), "use-licensed"),
        (
            (licence(product="alfa"), licence(status="research", product="alfa", diagnoses=("myalgia",))),
            "use-research",
        ),
        ((licence(), licence(status="research", diagnoses=("myalgia",))), "use-research"),
        ((licence(status="research"),), "use-research"),
    ],
)
def test_use_follows_the_most_specific_licence_row(rows: tuple[object, ...], code: str) -> None:
    known = knowledge(conditions={"tmd": condition(licences=rows)})

    assert code in codes(checked(plan(), known=known))


@pytest.mark.parametrize(
    ("years", "where", "diagnosis", "is_outside"),
    [
        (11, "UK", "myalgia", True),
        (12, "UK", "myalgia", False),
        (11, "US", "myalgia", False),
        (11, "UK", "x", False),
    ],
)
def test_age_outside_the_label_s_use_is_a_caution(
    years: int, where: str, diagnosis: str, is_outside: bool
) -> None:
    use = Indication(
        name="Pain", jurisdictions=("UK",), diagnoses=("myalgia",), min_age=12, evidence=EVIDENCE
    )
    known = knowledge(products={"alfa": product(indications=(use,))})
    birth = TODAY.replace(year=TODAY.year - years)
    person = PatientSafety(birth_date=birth, facts=facts(allergies=("none",)))

    findings = checked(plan(diagnosis=diagnosis), known=known, person=person, jurisdiction=where)

    found = [each for each in findings if each.code == "age-outside-licence"]
    assert [each.severity for each in found] == (["caution"] if is_outside else [])
    assert all("from 12 years on" in each.sentence for each in found)


def test_age_that_is_not_known_is_not_judged_by_the_label() -> None:
    use = Indication(
        name="Pain", jurisdictions=("UK",), diagnoses=("myalgia",), min_age=12, evidence=EVIDENCE
    )
    known = knowledge(products={"alfa": product(indications=(use,))})
    unborn = PatientSafety(birth_date=TODAY + timedelta(days=1), facts=facts(allergies=("none",)))

    assert "age-outside-licence" not in codes(checked(plan(), known=known, person=unborn))


def test_off_label_use_with_a_written_reason_is_a_note() -> None:
    known = knowledge(conditions={"tmd": condition()})

    findings = checked(plan(off_label_reason="Splint and therapy failed."), known=known)

    assert "use-off-label" in codes(findings, "note")
    assert "off-label-reason-missing" not in codes(findings)
    assert "off-label-reason-missing" in codes(checked(plan(off_label_reason="  "), known=known), "caution")


def test_licence_of_the_protocol_counts_too() -> None:
    known = knowledge(conditions={"tmd": condition()}, protocols={"scheme": protocol(licences=(licence(),))})

    assert "use-licensed" in codes(checked(plan(), known=known))
    assert "use-licensed" not in codes(checked(plan(protocol=""), known=known))
