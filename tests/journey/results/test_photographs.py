"""Photographs: only under a consent, only as pixels, only for the right row; and where each stands."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db.utils import DatabaseError
from PIL import Image

from masseter.core.consult.photographs import photograph_consent_version
from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.actions import take_photograph_consent, withdraw_photograph_consent
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock, vault
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.results.models import Photograph
from masseter.journey.results.photographs import cleaning, queries
from masseter.journey.results.photographs.actions import keep_photograph, take_out_photograph
from masseter.journey.results.photographs.checking import check_photographs, clean_up, rekey_photographs
from tests.conftest import ActorMaker, make_actor
from tests.days import days_back
from tests.factories import drawn_picture, make_case, make_photograph, make_photograph_consent
from tests.journey.given import make_treatment
from tests.journey.ground.test_raw_sql import run

LONDON = (51.0, 30.0, 26.0)
ORIENTATION, GPS = 0x0112, 0x8825


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)


@pytest.fixture
def case(by: Actor) -> Case:
    found = make_case(by)
    make_photograph_consent(by, found.patient)
    return found


def kept(by: Actor, case: Case, content: bytes) -> Image.Image:
    """What came to lie in the vault of what was sent."""
    return Image.open(
        io.BytesIO(queries.picture_of(keep_photograph(by=by, case=case, pose="rest", content=content)))
    )


def telling_picture() -> bytes:
    """A picture as a phone makes it: on its side, with the place, the phone's name and a comment."""
    picture = Image.new("RGB", (480, 360), "#c58f78")
    picture.paste("#0000ff", (0, 0, 480, 40))  # the top as the sensor saw it
    told = Image.Exif()
    told[ORIENTATION], told[0x010F] = 6, "A phone"
    told.get_ifd(GPS)[2] = LONDON
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=told, comment=b"in the kitchen", quality=95)
    return written.getvalue()


def test_nothing_is_kept_without_a_consent(by: Actor) -> None:
    case = make_case(by)

    with pytest.raises(Refused, match="has not consented to photographs"):
        make_photograph(by, case)

    assert not Photograph.objects.exists()


def test_withdrawn_consent_hides_what_was_taken_and_a_new_one_does_not_bring_it_back(
    by: Actor, case: Case
) -> None:
    photograph = make_photograph(by, case)
    withdraw_photograph_consent(by=by, photograph_consent=photograph.consent, reason="Changed her mind.")

    with pytest.raises(Refused, match="withdrawn"):
        make_photograph(by, case)
    with pytest.raises(NotHere):
        queries.photograph_of(by, photograph.pk)
    make_photograph_consent(by, case.patient)
    newer = make_photograph(by, case)
    assert queries.photographs_of(case) == [newer]
    assert queries.hidden_count(case) == 1
    assert queries.picture_of(photograph)  # kept, as the law asks of a record


def test_consent_is_signed_once_by_somebody_who_read_this_text(by: Actor, case: Case) -> None:
    other = make_case(by).patient
    ask: dict[str, Any] = {"by": by, "signer_name": "Ada", "text_version": "0" * 16}

    with pytest.raises(Refused, match="in force already"):
        make_photograph_consent(by, case.patient)
    with pytest.raises(Refused, match="has changed since"):
        take_photograph_consent(patient=other, **ask)
    ask["text_version"] = photograph_consent_version()
    with pytest.raises(Refused, match="name of the person who signs"):
        take_photograph_consent(patient=other, **{**ask, "signer_name": " "})
    with pytest.raises(Refused, match="Tick the box"):
        take_photograph_consent(patient=other, has_read=False, **ask)


def test_role_without_the_right_keeps_and_takes_out_nothing(by: Actor, case: Case, actor: ActorMaker) -> None:
    photograph = make_photograph(by, case)

    for role in (Role.FRONT_DESK, Role.MANAGER, Role.ADMINISTRATOR, Role.RESEARCHER):
        with pytest.raises(NotPermitted):
            make_photograph(actor(role), case)
        with pytest.raises(NotPermitted):
            take_out_photograph(by=actor(role), photograph=photograph, reason="Because.")


def test_place_phone_and_comment_are_gone_and_the_picture_stands_upright(by: Actor, case: Case) -> None:
    sent = telling_picture()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS)[2] == LONDON

    picture = kept(by, case, sent)

    assert dict(picture.getexif()) == {}
    assert dict(picture.getexif().get_ifd(GPS)) == {}
    assert {"comment", "exif", "icc_profile", "xmp"} & set(picture.info) == set()
    assert picture.size == (360, 480)
    red, _, blue = picture.getpixel((350, 240))  # type: ignore[misc]  # three numbers in RGB
    assert blue > 200 > 60 > red, "the sensor's top is the right side once the phone is held upright"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_formats_of_cameras_come_out_as_jpeg(by: Actor, case: Case, kind: str) -> None:
    assert kept(by, case, drawn_picture(format=kind)).format == "JPEG"


def test_large_picture_is_made_smaller(by: Actor, case: Case) -> None:
    assert kept(by, case, drawn_picture(3000, 4000)).size == (1536, 2048)


def bomb(side: int) -> bytes:
    """The head of a small file that says how many pixels it would unpack to."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)), (b"IDAT", b""), (b"IEND", b"")]
    told = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7 not a picture", "no picture that can be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture that can be read"),
        (drawn_picture(format="GIF"), "no picture that can be read"),
        (drawn_picture()[:700], "no picture that can be read"),
        (drawn_picture(200, 480), "smaller than 320 pixels"),
        (bomb(8_000), "more than 60 megapixels"),
        (bomb(60_000), "no picture that can be read"),
        (b"\xff" * (cleaning.LARGEST_BYTES + 1), "larger than 15 MB"),
    ],
    ids=["empty", "pdf", "svg", "gif", "cut", "small", "bomb", "huge bomb", "large"],
)
def test_file_that_is_no_fitting_picture_is_refused(
    by: Actor, case: Case, content: bytes, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        keep_photograph(by=by, case=case, pose="rest", content=content)

    assert refused.value.field == "image"
    assert not Photograph.objects.exists()


def test_photograph_counts_from_the_treatment_before_it(by: Actor) -> None:
    with clock.travel(days_back(30)):
        treatment = make_treatment(by)
    make_photograph_consent(by, treatment.case.patient)
    untreated = make_case(by)
    make_photograph_consent(by, untreated.patient)

    after, before = make_photograph(by, treatment.case), make_photograph(by, untreated)

    assert (after.cycle, after.days_after) == (1, 30)
    assert (before.cycle, before.days_after) == (0, None)


def test_unknown_pose_is_refused(by: Actor, case: Case) -> None:
    with pytest.raises(Refused, match="one of the four poses"):
        make_photograph(by, case, pose="profile")


def test_photograph_taken_out_is_shown_to_nobody_and_stays_so(by: Actor, case: Case) -> None:
    photograph = make_photograph(by, case)
    with pytest.raises(Refused, match="Write why"):
        take_out_photograph(by=by, photograph=photograph, reason=" ")

    take_out_photograph(by=by, photograph=photograph, reason="Of another person.")

    assert queries.photographs_of(case) == []
    with pytest.raises(Refused, match="already"):
        take_out_photograph(by=by, photograph=photograph, reason="Again.")
    for change in ("withdrawn_at = NULL, withdrawn_by_name = '', withdrawn_reason = ''", "file = 'other'"):
        with pytest.raises(DatabaseError, match=r"set once|never changes"):
            run(f"UPDATE results_photograph SET {change} WHERE id = %s", photograph.pk)


def test_files_of_two_photographs_that_were_exchanged_do_not_open(by: Actor, case: Case) -> None:
    one, two = make_photograph(by, case), make_photograph(by, case, colour="#8fc578")
    folder = Path(configured.PHOTOGRAPHS)
    content = (folder / one.file).read_bytes()
    (folder / two.file).write_bytes(content)

    with pytest.raises(vault.WillNotOpen, match="another record"):
        queries.picture_of(two)


@pytest.fixture
def of_its_own(tmp_path: Path, settings: Any) -> Iterator[Any]:
    settings.PHOTOGRAPHS = tmp_path
    settings.PHOTOGRAPH_KEYS = {"first": bytes(32)}
    return settings


def test_refusal_after_the_file_was_written_leaves_no_file(
    committed: Clinic, of_its_own: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = make_actor(committed, Role.INJECTOR)
    with clinic_scope(committed.pk):
        case = make_case(by)
        make_photograph_consent(by, case.patient)
    monkeypatch.setattr(Photograph, "save", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError), clinic_scope(committed.pk):
        make_photograph(by, case)

    assert list(vault.names()) == []


@pytest.mark.usefixtures("own_photographs_alone")
def test_check_names_what_is_missing_changed_and_left_over(by: Actor, case: Case, of_its_own: Any) -> None:
    whole, gone, changed = (make_photograph(by, case) for _ in range(3))
    folder: Path = of_its_own.PHOTOGRAPHS
    (folder / gone.file).unlink()
    (folder / changed.file).write_bytes((folder / whole.file).read_bytes())
    (folder / "left.sealed").write_bytes(b"nobody's")

    found = check_photographs()

    assert found.whole == 1
    assert all(
        f"photograph {one.pk}:" in fault for one, fault in zip((gone, changed), found.faults, strict=True)
    )
    assert found.left_over == ("left.sealed",)


@pytest.mark.usefixtures("own_photographs_alone")
def test_only_an_old_file_that_nobody_names_is_removed(by: Actor, case: Case, of_its_own: Any) -> None:
    photograph = make_photograph(by, case)
    folder: Path = of_its_own.PHOTOGRAPHS
    (folder / "left.sealed").write_bytes(b"nobody's")

    at_once = clean_up()
    with clock.travel(clock.now() + timedelta(hours=2)):
        later = clean_up()

    assert (at_once, later) == (0, 1)
    assert list(vault.names()) == [photograph.file]


@pytest.mark.usefixtures("own_photographs_alone")
def test_new_key_takes_over_every_photograph_also_hidden_ones(by: Actor, case: Case, of_its_own: Any) -> None:
    photograph, out = make_photograph(by, case), make_photograph(by, case)
    take_out_photograph(by=by, photograph=out, reason="Blurred.")
    of_its_own.PHOTOGRAPH_KEYS = {"second": bytes([1]) * 32, "first": bytes(32)}

    assert (rekey_photographs().sealed, rekey_photographs().sealed) == (2, 0)

    of_its_own.PHOTOGRAPH_KEYS = {"second": bytes([1]) * 32}
    assert all(queries.picture_of(one) for one in (photograph, out))


@pytest.mark.usefixtures("own_photographs_alone")
def test_new_key_passes_over_what_does_not_open_and_tells_it(by: Actor, case: Case, of_its_own: Any) -> None:
    gone, whole = make_photograph(by, case), make_photograph(by, case)
    (of_its_own.PHOTOGRAPHS / gone.file).unlink()
    of_its_own.PHOTOGRAPH_KEYS = {"second": bytes([1]) * 32, "first": bytes(32)}

    done = rekey_photographs()

    assert (done.sealed, len(done.faults)) == (1, 1)
    assert f"photograph {gone.pk}:" in done.faults[0]
    of_its_own.PHOTOGRAPH_KEYS = {"second": bytes([1]) * 32}
    assert queries.picture_of(whole)


@pytest.mark.usefixtures("own_photographs_alone")
def test_photograph_kept_while_others_are_opened_is_not_left_over(
    by: Actor, case: Case, of_its_own: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_photograph(by, case)

    def open_slowly(row: Photograph) -> bytes:
        make_photograph(by, case)
        return queries.picture_of(row)

    monkeypatch.setattr("masseter.journey.results.photographs.checking.picture_of", open_slowly)

    assert check_photographs().left_over == ()
