"""The label of an opened vial: what it says, that it fits, and that its code is read back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import zxingcpp

from masseter.clinic.stock.vial_label import vial_label
from masseter.journey.ground.refusals import Refused
from masseter.journey.people.models import Patient
from masseter.journey.stock.models import Lot, Vial
from masseter.ui.paper.code import qr_svg
from masseter.ui.paper.typst import render
from tests.ui.paper.reading import grey_picture, is_accessible, pages_of, words_of_pictures

DPI = 203  # a common label printer


def opened(state: str = "opened", patient: Patient | None = None, **more: object) -> Vial:
    lot = Lot(
        product="botox",
        presentation="botox-200",
        number="C1234C3",
        expires_on=date(2027, 9, 30),
        state="available",
    )
    vial = Vial(
        pk=4711,
        lot=lot,
        place=1,
        label_units=Decimal(200),
        state=state,
        opened_at=datetime(2026, 3, 2, 9, 15, tzinfo=UTC),
        opened_by_name="Ines Injector",
        diluent_ml=Decimal(4),
        diluent="saline",
        patient=patient,
    )
    for name, value in more.items():
        setattr(vial, name, value)
    return vial


def someone(family: str = "Sample", given: str = "Ada") -> Patient:
    return Patient(
        pk=7, number="M-000007", family_name=family, given_names=given, birth_date=date(1980, 5, 17)
    )


def label(vial: Vial, *, may_see_patient: bool = True) -> tuple[dict[str, object], str]:
    return vial_label(vial, "North Clinic", "Europe/London", may_see_patient=may_see_patient)


@pytest.mark.parametrize(
    "vial",
    [
        opened("sealed", opened_at=None),
        opened("used"),
        opened("discarded"),
        opened("quarantined"),
    ],
    ids=lambda vial: vial.state,
)
def test_vial_that_is_not_open_has_no_label(vial: Vial) -> None:
    with pytest.raises(Refused, match="open"):
        label(vial)


def test_label_says_what_is_in_the_vial_and_until_when() -> None:
    data, code = label(opened(patient=someone()))

    pdf = render("label", data, {"code": qr_svg(code)})

    (page,) = pages_of(pdf)
    for words in (
        "Botox, 200 units",
        "C1234C3",
        "30 Sep 2027",
        "5 units Botox in 0.1 mL",
        "in 4 mL Sodium chloride",
        "02 Mar 2026, 09:15, Ines Injector",
        "Use by 03 Mar 2026, 09:15",
        "M-000007",
        "17 May 1980",
    ):
        assert words in page
    assert is_accessible(pdf)
    assert words_of_pictures(pdf) == [f"Code of the vial: {code}"]


def test_unbound_vial_says_so() -> None:
    assert label(opened())[0]["patient"] == "not bound to a patient"


def test_patient_stays_unnamed_for_those_who_may_not_see_people() -> None:
    data, code = label(opened(patient=someone()), may_see_patient=False)

    assert data["patient"] == ""
    assert "Sample" not in code


@pytest.mark.parametrize("family", ["Sample", "Wolfeschlegelsteinhausenbergerdorff" * 3, "Щербакова " * 9])
def test_label_is_one_label_however_long_the_names(family: str) -> None:
    data, code = label(opened(patient=someone(family), opened_by_name="Nurse " * 30))

    assert len(pages_of(render("label", data, {"code": qr_svg(code)}))) == 1


def test_code_is_read_back_from_the_printed_label() -> None:
    data, code = label(opened(patient=someone()))

    picture = grey_picture("label", json.dumps({**data, "pictures": {"code": qr_svg(code)}}), DPI)

    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [code]
    assert code == "MASSETER-VIAL:4711|botox|C1234C3|2027-09-30|2026-03-03T09:15Z"
