"""Carton and vial must agree: the product number may be of another level, lot and expiry may not differ."""

from __future__ import annotations

import pytest

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.refusals import Refused
from masseter.journey.stock.actions import receive_lot
from masseter.journey.stock.models import Lot
from masseter.journey.stock.scanned import check_both
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, vials_of

CARTON = "0100300231145014" + "17280331" + "10C1234C3\x1d21S1"
# Another level of packing: a number that we do not know, with a right check digit.
VIAL = "0109506000134352" + "17280331" + "10C1234C3"


def receive(by: object, label_code: str) -> Lot:
    from datetime import date

    return receive_lot(
        by=by,  # type: ignore[arg-type]  # an actor
        product="botox",
        presentation="botox-100",
        number="C1234C3",
        expires_on=date(2028, 3, 31),
        count=1,
        code=CARTON,
        label_code=label_code,
    )


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (VIAL.replace("C1234C3", "C3121C3"), "carton is of lot C1234C3 and the vial of lot C3121C3"),
        (
            VIAL.replace("280331", "271231"),
            "carton expires on 31 March 2028 and the vial on 31 December 2027",
        ),
        (f"{VIAL}\n{VIAL.replace('C1234C3', 'D9')}", "Vial 2: The carton is of lot"),
        ("010950600013435210C1234C3", "does not say the expiry"),
        ("010950600013435217280331", "does not say the lot"),
        ("01003002591610010" + "17280331", "damaged|does not say|not the code"),
        ("0100302591610010" + "17280331" + "10C1234C3", "do not belong together"),
    ],
)
def test_vial_that_does_not_agree_with_its_carton_is_refused(
    clinic: Clinic, actor: ActorMaker, label: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        receive(actor(*DOCTOR), label)

    assert refusal.value.field == "label_code"
    assert not Lot.objects.exists()


def test_vial_of_another_packing_level_with_the_same_lot_and_expiry_is_taken_in(
    clinic: Clinic, actor: ActorMaker
) -> None:
    assert receive(actor(*DOCTOR), VIAL).vials.count() == 1


@pytest.mark.parametrize(
    ("carton", "label", "field"),
    [
        (CARTON.replace("C1234C3", "C3016C3"), "", "carton_code"),
        ("", VIAL.replace("C1234C3", "C3121C3"), "label_code"),
        (CARTON, VIAL.replace("280331", "270331"), "label_code"),
        (CARTON.replace("21S1", "21S2"), "", "carton_code"),
    ],
)
def test_opening_compares_carton_and_vial_with_the_stock(
    clinic: Clinic, actor: ActorMaker, carton: str, label: str, field: str
) -> None:
    by = actor(*DOCTOR)
    vial = vials_of(receive(by, VIAL))[0]
    vial.serial = "S1"

    check_both(vial, carton_code=CARTON, label_code=VIAL)
    check_both(vial, carton_code="", label_code="")
    with pytest.raises(Refused) as refusal:
        check_both(vial, carton_code=carton, label_code=label)

    assert refusal.value.field == field


def test_unknown_product_number_at_opening_is_said_not_to_be_in_the_formulary(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    vial = vials_of(receive(by, VIAL))[0]

    with pytest.raises(Refused, match="09506000134352 is not in the formulary"):
        check_both(vial, carton_code=VIAL, label_code="")
