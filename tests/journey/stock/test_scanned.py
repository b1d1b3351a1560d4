"""Finding the vial in the hand by its carton: refused unless every word of the code agrees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.people.models import Patient
from masseter.journey.stock.actions import (
    change_lot_state,
    discard_vial,
    open_vial,
    quarantine_vial,
    receive_lot,
)
from masseter.journey.stock.models import Lot, Vial
from masseter.journey.stock.scanned import vials_of_codes
from tests.conftest import ActorMaker
from tests.factories import make_patient
from tests.journey.given import DOCTOR, make_lot, vials_of

GS, FNC1 = "\x1d", "]d2"
BOTOX_100, BOTOX_200, XEOMIN_100 = "00300231145014", "00300233921029", "00302591610010"
LAST_OF_MARCH = date(2028, 3, 31)


def code(gtin: str = BOTOX_200, expiry: str = "280331", lot: str = "C1234C3", serial: str = "") -> str:
    """A carton's code as a scanner sends it: FNC1 first, a separator after each field of open length."""
    return f"{FNC1}01{gtin}17{expiry}10{lot}" + (f"{GS}21{serial}" if serial else "")


@pytest.fixture
def by(clinic: Clinic, actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def lot(by: Actor) -> Lot:
    """Two vials of 200 units without serial numbers."""
    return make_lot(by, expires_on=LAST_OF_MARCH)


Scan = Callable[..., tuple[Vial, ...]]


@pytest.fixture
def scan(by: Actor) -> Scan:
    patient = make_patient(by)

    def scan_them(*codes: str, for_: Patient | None = None, ticked: tuple[int, ...] = ()) -> tuple[Vial, ...]:
        return vials_of_codes(by, "\n".join(codes), product="botox", patient=for_ or patient, ticked=ticked)

    return scan_them


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("hello", "not the code of a medicine's carton"),
        (code(gtin="00300233921028"), "damaged"),
        (code(gtin=XEOMIN_100), "The plan is for Botox: stop and check"),
        (code(gtin=BOTOX_100), "code is of Botox, 100 units.*stock has lot C1234C3 with 200 units"),
        (code(gtin="09506000134352"), "09506000134352 is not in the formulary"),
        (code(expiry="280430"), "says 30 April 2028.*expiry 31 March 2028.*Stop and check"),
        (code(expiry="270331"), "says 31 March 2027"),
        (code(lot="C9999C9"), "No vial of lot C9999C9"),
        (f"01{BOTOX_200}10C1234C3", "does not say the expiry"),
        (f"01{BOTOX_200}17280331", "does not say the lot"),
        (f"10C1234C3{GS}17280331", "does not say the product"),
    ],
)
def test_code_that_differs_is_refused(lot: Lot, scan: Scan, wrong: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as problem:
        scan(wrong)

    assert problem.value.field == "vial_code"


@pytest.mark.parametrize(
    ("state", "words"), [("recalled", "is recalled"), ("quarantined", "is in quarantine")]
)
def test_lot_that_is_blocked_is_refused(by: Actor, lot: Lot, scan: Scan, state: str, words: str) -> None:
    change_lot_state(by=by, lot=lot, state=state, reason="Letter of the maker.")

    with pytest.raises(Refused, match=f"{words}: Letter of the maker"):
        scan(code())


def test_expired_lot_is_refused(lot: Lot, scan: Scan) -> None:
    with (
        clock.travel(clock.now().replace(year=2028, month=4, day=2)),
        pytest.raises(Refused, match="expired on"),
    ):
        scan(code())


def test_vial_of_another_patient_is_refused(by: Actor, scan: Scan) -> None:
    vial = _serial_lot(by, "S1")
    open_vial(by=by, vial=vial, patient=make_patient(by), opened_at=clock.now(), diluent_ml=None)

    with pytest.raises(Refused, match="another patient"):
        scan(code(serial="S1"))


def test_vial_in_quarantine_or_thrown_away_is_refused(by: Actor, scan: Scan) -> None:
    first, second = _serial_lot(by, "S1", "S2"), Vial.objects.get(serial="S2")
    quarantine_vial(by=by, vial=first, reason="Stood in the warm.")
    discard_vial(by=by, vial=second, reason="Broken.")

    with pytest.raises(Refused, match="in quarantine: Stood in the warm"):
        scan(code(serial="S1"))
    with pytest.raises(Refused, match="discarded: Broken"):
        scan(code(serial="S2"))


def test_serial_that_is_not_in_stock_is_refused(by: Actor, scan: Scan) -> None:
    _serial_lot(by, "S1")

    with pytest.raises(Refused, match="with serial S9"):
        scan(code(serial="S9"))


def test_one_vial_scanned_twice_is_refused_with_its_line(by: Actor, scan: Scan) -> None:
    _serial_lot(by, "S1", "S2")

    with pytest.raises(Refused, match=r"Code 3: .*scanned twice"):
        scan(code(serial="S1"), code(serial="S2"), code(serial="S1"))


def test_more_codes_than_vials_are_refused(lot: Lot, scan: Scan) -> None:
    with pytest.raises(Refused, match="Code 3: There is no vial"):
        scan(code(), code(), code())


@pytest.mark.parametrize(
    "right",
    [
        code(),
        code(expiry="280300"),
        code(lot="c1234-c3"),
        code().replace(FNC1, ""),
        f"{FNC1}01{BOTOX_200}10C1234C3{GS}17280331",
        f"(01){BOTOX_200}(17)280300(10)C1234C3",
        f"  {code()}\r",
    ],
)
def test_code_that_agrees_finds_the_vial(lot: Lot, scan: Scan, right: str) -> None:
    assert scan(right)[0].lot == lot


def test_number_that_was_compared_at_receipt_is_known_again(by: Actor, scan: Scan) -> None:
    number = "09506000134352"
    strange = code(gtin=number)
    lot = receive_lot(
        by=by,
        product="botox",
        presentation="botox-200",
        number="C1234C3",
        expires_on=LAST_OF_MARCH,
        count=1,
        code=strange,
    )

    assert scan(strange)[0].lot == lot


def test_two_codes_of_one_lot_are_two_vials_and_ticked_ones_first(lot: Lot, scan: Scan) -> None:
    first, second = vials_of(lot)

    assert scan(code(), code()) == (first, second)
    assert scan(code(), ticked=(second.pk,)) == (second,)


def test_size_tells_two_lots_of_one_number_apart(by: Actor, lot: Lot, scan: Scan) -> None:
    small = make_lot(by, presentation="botox-100", expires_on=LAST_OF_MARCH, count=1)

    assert [vial.lot for vial in scan(code(), code(gtin=BOTOX_100))] == [lot, small]


def _serial_lot(by: Actor, *serials: str) -> Vial:
    lot = receive_lot(
        by=by,
        product="botox",
        presentation="botox-200",
        number="C1234C3",
        expires_on=LAST_OF_MARCH,
        count=len(serials),
        serials=serials,
    )
    return vials_of(lot)[0]
