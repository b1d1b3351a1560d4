"""Vials that are not what they were, and units that do not add up."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from masseter.core.plan.reconstitute import in_use_until
from tests.adversary.ground import GIVEN, KNOWN, ask, stopped, tampered, treatment

VIAL = """\
    - id: v2
      product: botox
      presentation: botox-200
      lot: C1234
      expires_on: 2027-01-31
      units_left: 200
      diluent_ml: 4
      reconstituted_at: 2026-11-25T09:00+00:00
      discarded: 195
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("expires_on: 2027-01-31", "expires_on: 2026-11-24", "vial-expired"),
        ("expires_on: 2027-01-31", "expires_on: null", "expiry-missing"),
        ("lot: C1234", "lot: C1234\n      status: recalled", "vial-recalled"),
        ("lot: C1234", "lot: C1234\n      status: quarantined", "vial-quarantined"),
        ("lot: C1234", "lot: C1234\n      status: discarded", "vial-finished"),
        ("lot: C1234", "lot: ' '", "lot-missing"),
        ("lot: C1234", "lot: C1234\n      used_for_other_patient: true", "vial-of-other-patient"),
    ],
)
def test_vial_that_may_not_be_used(old: str, new: str, code: str, tmp_path: Path) -> None:
    """A vial that is expired, recalled, in quarantine, thrown away, without lot, or another patient's.

    Stops; on the last day of its expiry it does not.
    """
    assert code in tampered(tmp_path, old, new)
    assert "vial-expired" not in tampered(tmp_path, "2027-01-31", "2026-11-25")


def test_more_than_the_vial_holds(tmp_path: Path) -> None:
    """More given from a vial than it holds, counting on overfill, or a vial that held more than its label.

    Stops.
    """
    assert "vial-overdrawn" in tampered(tmp_path, "units_left: 200", "units_left: 9.99")
    assert "vial-overfull" in tampered(tmp_path, "units_left: 200", "units_left: 200.01")
    assert "vial-sum-wrong" in tampered(tmp_path, "discarded: 190", "discarded: 189.99")


def test_dose_split_over_vials(tmp_path: Path) -> None:
    """One point given twice from two vials, so that each vial's list looks right.

    Stops: the point is there twice, and both count.
    """
    text = treatment().replace("  given:\n", VIAL + "  given:\n")
    text = text.replace(GIVEN, GIVEN + GIVEN.replace("v1", "v2"))
    assert {"duplicate-point"} <= stopped("check", tmp_path, text)


def test_vial_that_is_not_listed(tmp_path: Path) -> None:
    """Units from a vial that is not recorded, or a vial that is recorded twice.

    Stops.
    """
    assert "vial-missing" in tampered(tmp_path, GIVEN, GIVEN.replace("v1", "v9"))
    text = treatment().replace("  given:\n", VIAL.replace("v2", "v1") + "  given:\n")
    assert "vial-twice" in stopped("check", tmp_path, text)


def test_second_product_in_a_second_vial(tmp_path: Path) -> None:
    """A vial of another brand opened when the first is empty, Vistabel beside Botox.

    Stops: one treatment, one product.
    """
    other = VIAL.replace("product: botox", "product: vistabel").replace("botox-200", "vistabel-100")
    text = treatment().replace("  given:\n", other + "  given:\n")
    assert "vial-other-product" in stopped("check", tmp_path, text)


def test_vial_of_another_strength(tmp_path: Path) -> None:
    """A vial with more or less diluent than planned: every volume on the paper is then another dose.

    Stops.
    """
    vial = "diluent_ml: 4\n      reconstituted"
    assert "concentration-differs" in tampered(tmp_path, vial, vial.replace("4", "2"))
    assert "diluent-missing" in tampered(tmp_path, vial, vial.replace("4", "null"))


def test_vial_past_its_time(tmp_path: Path) -> None:
    """A vial opened yesterday, one minute past its time; or one opened after it was used.

    Stops; at the very minute it does not.
    """
    opened = "reconstituted_at: 2026-11-25T09:00+00:00"
    for moment, code in (
        ("2026-11-24T09:59+00:00", "vial-past-use"),
        ("2026-11-25T10:01+00:00", "reconstituted-in-future"),
        ("2026-11-25T11:30+05:30", None),
        ("2026-11-24T10:00+00:00", None),
        ("2026-11-24T11:59+02:00", "vial-past-use"),
    ):
        stops = tampered(tmp_path, opened, f"reconstituted_at: {moment}")
        assert stops == ({code} if code else set())


def test_hour_that_the_clocks_go_back() -> None:
    """A vial opened at noon before the clocks go back, used at noon of the next day: 24 hours by the wall.

    The hours are real ones: its time is over an hour earlier.
    """
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    until = in_use_until(datetime(2026, 10, 24, 12, 0, tzinfo=summer), KNOWN.products["botox"])

    assert until == datetime(2026, 10, 25, 11, 0, tzinfo=winter)
    assert until < datetime(2026, 10, 25, 12, 0, tzinfo=winter)
    with pytest.raises(ValueError, match="zone"):
        in_use_until(datetime(2026, 10, 24, 12, 0), KNOWN.products["botox"])  # the way itself


def test_moment_without_a_zone(tmp_path: Path) -> None:
    """A moment without its zone, around midnight or in the hour that comes twice.

    Refused.
    """
    text = treatment().replace("ended: 2026-11-25T10:00+00:00", "ended: 2026-11-25T10:00")
    assert "zone" in ask("check", tmp_path, text)["problems"][0]["sentence"]


@pytest.mark.parametrize("lot", ["C3709C3", "c3709c3", "C-3709 C3", "c3709 c3."])
def test_lot_of_a_fake(lot: str, tmp_path: Path) -> None:
    """A lot that an authority has named in an alert, written with other letters, blanks or dashes.

    A caution with what is told of it.
    """
    text = treatment().replace("lot: C1234", f"lot: {lot}")
    assert "lot-on-alert" in {each["code"] for each in ask("check", tmp_path, text)["findings"]}
