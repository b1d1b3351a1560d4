"""Laws of a proposal for one patient: more risk never gives more dose, and no ceiling is passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from masseter.core.answers import evaluate
from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.plan.check import check_plan
from masseter.core.plan.personal import ForWhom, Personal, propose_plan
from masseter.core.plan.types import Earlier, PatientSafety, PlanDraft, PlannedPoint
from masseter.knowledge.load import load
from masseter.knowledge.model import Limit, Side
from tests.core.builders import TODAY as TODAY_OF_TESTS
from tests.core.builders import facts, value
from tests.core.plan.builders import knowledge, limit, product, protocol
from tests.core.plan.test_personal import known as known_with
from tests.core.plan.test_personal import proposed, rule

KNOWN = load()
TODAY = date(2028, 3, 1)
SCHEMES = sorted(KNOWN.protocols)
SIDES: tuple[Side, ...] = ("left", "right")
# Each risk as the answers that state it, beside the answers of somebody without any.
WELL: dict[str, object] = {
    "small_muscles": ("none",),
    "neuromuscular": ("none",),
    "swallowing_or_breathing": False,
    "illnesses": ("none",),
    "neck_weakness": False,
    "low_brow": False,
    "had_toxin_before": True,
    "effects_felt": ("none",),
}
CHOICES: dict[str, tuple[str, ...]] = {
    "small_muscles": ("masseter", "temporalis"),
    "neuromuscular": ("myopathy", "als"),
    "illnesses": (
        "bleeding_disorder",
        "facial_palsy",
        "facial_surgery",
        "dry_eye",
        "glaucoma",
        "eye_surgery",
    ),
    "effects_felt": tuple(
        choice.code for choice in KNOWN.observations["effects_felt"].choices if choice.code != "none"
    ),
}
YES_OR_NO = ("swallowing_or_breathing", "neck_weakness", "low_brow")
CHOSEN = [(code, each) for code, those in CHOICES.items() for each in those]
RISKS = [*CHOSEN, *((code, "") for code in YES_OR_NO)]
ADULT, OLD, YOUNG = date(1990, 1, 1), date(1950, 1, 1), date(2014, 1, 1)

risks = st.sets(st.sampled_from(RISKS))
treatments = st.builds(
    Earlier,
    given_on=st.integers(1, 120).map(lambda back: TODAY - timedelta(days=back)),
    product=st.sampled_from(["botox", "dysport", "xeomin"]),
    units=st.decimals("1", "300", places=1),
)


def told(chosen: set[tuple[str, str]]) -> dict[str, object]:
    """The answers of somebody with these risks."""
    answers = dict(WELL)
    for code, each in sorted(chosen):
        held = answers[code]
        answers[code] = (*(one for one in held if one != "none"), each) if isinstance(held, tuple) else True
    return answers


def made(
    scheme: str,
    chosen: set[tuple[str, str]],
    born: date = ADULT,
    before: tuple[Earlier, ...] = (),
    place: str = "UK",
) -> Personal:
    known = KNOWN.protocols[scheme]
    return propose_plan(
        protocol=scheme,
        product=known.product,
        knowledge=KNOWN,
        patient=ForWhom(
            safety=PatientSafety(birth_date=born, facts=facts(**told(chosen))),  # type: ignore[arg-type]  # real answers
            jurisdiction=place,  # type: ignore[arg-type]  # one of the three
            today=TODAY,
            diagnosis=known.diagnoses[0],
            earlier=before,
        ),
        affected_side="left",
        include_optional=[part.site for part in known.sites],
        painful=[(part.site, side) for part in known.sites for side in SIDES],
    )


def doses(personal: Personal) -> dict[str, Decimal]:
    return {point.id: point.units or Decimal(0) for point in personal.points}


def stops(
    scheme: str, points: tuple[PlannedPoint, ...], chosen: set[tuple[str, str]], before: tuple[Earlier, ...]
) -> set[tuple[str, str]]:
    """What stops these points in somebody with these risks, whose candidacy is asked too."""
    known = KNOWN.protocols[scheme]
    answers = facts(**told(chosen))  # type: ignore[arg-type]  # real answers
    candidacy = assess_candidacy(
        condition=KNOWN.conditions[known.condition],
        knowledge=KNOWN,
        facts=answers,
        jurisdiction="UK",
        product=known.product,
        sites=sorted({point.site for point in points}),
    )
    plan = PlanDraft(
        product=known.product,
        presentation=KNOWN.products[known.product].presentations[0].key,
        protocol=scheme,
        condition=known.condition,
        diagnosis=known.diagnoses[0],
        points=points,
    )
    found = check_plan(
        plan=plan,
        patient=PatientSafety(birth_date=ADULT, facts=answers, candidacy=candidacy.findings),
        knowledge=KNOWN,
        jurisdiction="UK",
        today=TODAY,
        earlier=before,
    )
    return {(each.code, each.subject) for each in found if each.is_stop}


def is_no_more(more: Personal, less: Personal) -> bool:
    """No point that the first has is missing in the second, and none has a higher dose."""
    high, low = doses(more), doses(less)
    return set(low) <= set(high) and all(low[name] <= high[name] for name in low)


@given(st.sampled_from(SCHEMES), risks, risks, st.lists(treatments, max_size=2).map(tuple))
def test_further_risk_never_raises_a_dose_and_never_adds_a_point(
    scheme: str, some: set[tuple[str, str]], more: set[tuple[str, str]], before: tuple[Earlier, ...]
) -> None:
    assert is_no_more(made(scheme, some, before=before), made(scheme, some | more, before=before))


@given(st.sampled_from(SCHEMES), risks, risks, st.lists(treatments, max_size=2).map(tuple))
def test_further_risk_never_lifts_a_stop(
    scheme: str, some: set[tuple[str, str]], more: set[tuple[str, str]], before: tuple[Earlier, ...]
) -> None:
    points = made(scheme, set()).points

    assert stops(scheme, points, some, before) <= stops(scheme, points, some | more, before)


@given(st.sampled_from(SCHEMES), risks, st.sampled_from([OLD, YOUNG]))
def test_age_never_raises_a_dose_and_never_adds_a_point(
    scheme: str, some: set[tuple[str, str]], born: date
) -> None:
    assert is_no_more(made(scheme, some), made(scheme, some, born))


@given(st.sampled_from(SCHEMES), risks, st.sampled_from(RISKS))
def test_answer_that_is_not_known_never_lowers_more_than_the_risk_itself(
    scheme: str, some: set[tuple[str, str]], one: tuple[str, str]
) -> None:
    known = KNOWN.protocols[scheme]
    answers = {code: each for code, each in told(some).items() if code != one[0]}
    unknown = propose_plan(
        protocol=scheme,
        product=known.product,
        knowledge=KNOWN,
        patient=ForWhom(
            safety=PatientSafety(birth_date=ADULT, facts=facts(**answers)),  # type: ignore[arg-type]  # real answers
            jurisdiction="UK",
            today=TODAY,
            diagnosis=known.diagnoses[0],
        ),
        affected_side="left",
        include_optional=[part.site for part in known.sites],
        painful=[(part.site, side) for part in known.sites for side in SIDES],
    )

    assert is_no_more(unknown, made(scheme, some | {one}))


@given(
    st.lists(
        st.builds(
            limit,
            scope=st.sampled_from(["in_interval", "per_session", "per_site", "per_point", "per_side"]),
            units=st.decimals("1", "100", places=1),
        ),
        max_size=4,
    ),
    st.integers(0, 60),
)
def test_no_proposal_passes_a_ceiling(caps: list[Limit], before: int) -> None:
    limits = tuple(replace(cap, code=f"cap{n}") for n, cap in enumerate(caps))
    known = knowledge(
        products={"alfa": product(limits=limits)}, protocols={"scheme": protocol(start_with="high")}
    )
    given_before = (Earlier(given_on=TODAY - timedelta(days=30), product="alfa", units=Decimal(before)),)
    safety = PatientSafety(birth_date=ADULT, facts={})
    patient = ForWhom(safety=safety, jurisdiction="UK", today=TODAY, earlier=given_before)

    points = propose_plan(protocol="scheme", product="alfa", knowledge=known, patient=patient).points

    for cap in limits:
        sums: dict[str, Fraction] = {}
        for point in points:
            of = {"per_site": point.side, "per_side": point.side, "per_point": point.id}.get(cap.scope, "")
            sums[of] = sums.get(of, Fraction(0)) + Fraction(point.units or 0)
        earlier = before if cap.scope == "in_interval" else 0
        assert all(units + earlier <= cap.units for units in sums.values())


def test_every_shipped_adjustment_is_among_the_risks_of_these_laws() -> None:
    everything = facts(**told(set(RISKS)))  # type: ignore[arg-type]  # real answers
    aged = {"older-person", "young-person"}

    unmet = {each.code for each in KNOWN.adjustments if not evaluate(each.when, everything).is_met}

    assert unmet == aged


@given(st.sampled_from(SCHEMES), risks)
def test_check_never_asks_for_less_than_what_is_proposed(scheme: str, some: set[tuple[str, str]]) -> None:
    known, personal = KNOWN.protocols[scheme], made(scheme, some)
    draft = PlanDraft(
        product=known.product,
        presentation="",
        protocol=scheme,
        condition=known.condition,
        diagnosis=known.diagnoses[0],
        points=personal.points,
    )
    patient = PatientSafety(birth_date=ADULT, facts=facts(**told(some)))  # type: ignore[arg-type]  # real answers

    findings = check_plan(plan=draft, patient=patient, knowledge=KNOWN, jurisdiction="UK", today=TODAY)

    assert not {"point-at-risk", "dose-not-lowered"} & {each.code for each in findings}


MADE_UP = (
    rule("small", "keep_share", keep_percent=value(70, "percent")),
    rule("thin", "keep_share", keep_percent=value(25, "percent")),
    rule("frail"),
    rule("brow", "leave_out", points=("2",)),
)
risks_made_up = st.sets(st.sampled_from([each.code for each in MADE_UP]))


@given(risks_made_up, risks_made_up, st.integers(0, 100), st.integers(0, 60))
def test_further_risk_never_gives_more_where_several_lower_the_same_point(
    some: set[str], more: set[str], ceiling: int, before: int
) -> None:
    """Risks of one muscle that ask for different doses, under a ceiling that may ask for less than all."""
    made_of = known_with(*MADE_UP, products={"alfa": product(limits=(limit(units=Decimal(ceiling)),))})
    given_before = (
        Earlier(given_on=TODAY_OF_TESTS - timedelta(days=30), product="alfa", units=Decimal(before)),
    )

    first = proposed(made_of, before=given_before, **dict.fromkeys(some, True))
    second = proposed(made_of, before=given_before, **dict.fromkeys(some | more, True))

    assert is_no_more(first, second)
