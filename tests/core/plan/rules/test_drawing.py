"""Drawing up: dilutions, rounding bands, doses lost in rounding, vials that fall short."""

from __future__ import annotations

import pytest

from masseter.core.plan.types import VialSize
from masseter.knowledge.load import load
from masseter.knowledge.model import DeadSpace, FaceRounding
from tests.core.builders import EVIDENCE, D, value
from tests.core.plan.builders import knowledge, pair, plan, point, points, practice, product, site, size
from tests.core.plan.test_check import checked, codes


def test_dose_that_the_syringe_cannot_draw_stops() -> None:
    assert "nothing-drawn" in codes(checked(plan(point(units="0.2"))), "stop")


def test_vial_with_other_units_than_its_size_stops() -> None:
    assert "vial-size-wrong" in codes(checked(plan(label_units=D(200))), "stop")
    assert "vial-size-wrong" not in codes(checked(plan(label_units=None)))


def test_dilution_outside_the_label_is_a_caution() -> None:
    assert "dilution-outside-label" in codes(checked(plan(diluent_ml=D(3))), "caution")
    assert "dilution-outside-label" not in codes(checked(plan(diluent_ml=D("2.0"))))


def test_diluted_solution_is_a_caution() -> None:
    toxin = product(form="solution", presentations=(size("alfa-100", 100, "1"),))
    known = knowledge(products={"alfa": toxin})

    assert "solution-diluted" in codes(checked(plan(diluent_ml=D(1)), known=known), "caution")
    assert "solution-diluted" not in codes(checked(plan(diluent_ml=None), known=known))


@pytest.mark.parametrize(
    ("units", "code"),
    [
        ("10", None),
        ("5.25", None),
        ("5.3", "rounding-confirm"),
        ("2.8", "rounding-large"),
        ("4.5", "rounding-large"),
    ],
)
def test_rounding_bands(units: str, code: str | None) -> None:
    draft = plan(*points(units), diluent_ml=D(2), graduation_ml=D("0.1") if units == "4.5" else D("0.05"))
    if units == "5.25":
        draft = plan(*points(units), diluent_ml=D(2), graduation_ml=D("0.1"))
    found = {each for each in codes(checked(draft)) if each.startswith("rounding")}

    assert found == ({code} if code else set())


def test_label_pair_is_not_questioned() -> None:
    toxin = product(label_pairs=(pair(100, "2", "10", "0.25"),))

    found = codes(checked(plan(), known=knowledge(products={"alfa": toxin})))

    assert not {each for each in found if each.startswith("rounding")}


@pytest.mark.parametrize(("loss", "severity"), [("0.02", "note"), ("0.2", "caution")])
def test_vials_that_fall_short(loss: str, severity: str) -> None:
    stock = (VialSize(presentation="alfa-100", label_units=D(100), count=1),)
    draft = plan(*points("25"), dead_space_ml=D(loss))

    assert "vials-short" in codes(checked(draft, stock=stock), severity)


def test_vial_opened_only_for_the_loss_is_noted() -> None:
    assert "vial-for-loss" in codes(checked(plan(*points("25"), dead_space_ml=D("0.04"))), "note")
    assert "vial-for-loss" not in codes(checked(plan(*points("26"), dead_space_ml=D("0.04"))))
    assert "vial-for-loss" not in codes(checked(plan(dead_space_ml=D("0.04"))))


def test_only_vial_of_a_plan_is_not_called_opened_for_the_loss() -> None:
    nothing_given = checked(plan(*points("0"), dead_space_ml=D("0.04")))

    assert "dose-zero" in codes(nothing_given, "stop")
    assert "vial-for-loss" not in codes(nothing_given)


@pytest.mark.parametrize(
    ("region", "key", "units", "is_large"),
    [
        ("face", "alfa", "13.8", True),
        ("face", "alfa", "13.4", False),
        ("jaw", "alfa", "13.8", False),
        ("face", "beta", "13.8", False),
    ],
)
def test_a_unit_off_near_the_smile_asks_for_another_syringe(
    region: str, key: str, units: str, is_large: bool
) -> None:
    rule = FaceRounding(units=D(1), products=(key,), regions=("face",), evidence=EVIDENCE)
    known = knowledge(practice=practice(face_rounding=rule), sites={"masseter": site(region=region)})

    found = codes(checked(plan(*points(units), graduation_ml=D("0.05")), known=known), "caution")

    assert ("rounding-large" in found) is is_large


def test_vials_that_fall_short_name_the_syringe_that_keeps_least() -> None:
    stock = (VialSize(presentation="alfa-100", label_units=D(100), count=1),)
    spaces = tuple(
        DeadSpace(assembly=name, loss_ml=value(loss, "mL"))
        for name, loss in (("blunt", "0.07"), ("fine", "0.002"))
    )
    known = knowledge(practice=practice(dead_spaces=spaces))

    findings = checked(plan(*points("25"), dead_space_ml=D("0.2")), known=known, stock=stock)

    short = next(each for each in findings if each.code == "vials-short")
    assert "low-dead-space syringes (fine 0.002 mL)" in short.sentence


def test_shipped_losses_are_those_measured() -> None:
    spaces = {each.assembly: each.loss_ml.value for each in load().practice.dead_spaces}

    assert spaces["1 mL syringe with a 30G needle"] == load().practice.dead_space_ml.value
    assert spaces["1 mL syringe with an 18G needle"] == D("0.068")
