"""From whatever a camera gives to a plain picture: turned upright, made smaller, and nothing but pixels."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageCms, ImageOps

from masseter.journey.ground.refusals import Refused

FIELD = "image"
FORMATS: Final = ("JPEG", "PNG", "WEBP")
LARGEST_MB = 15
LARGEST_BYTES = LARGEST_MB * 1024 * 1024
MOST_MEGAPIXELS = 60
SMALLEST_SIDE = 320
LONGEST_SIDE = 2048
QUALITY = 88
# Pillow's readers raise what their formats bring: a file from outside may meet any of these.
_UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    MemoryError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
UNREADABLE = "This file is no picture that can be read. Take a JPEG, PNG or WebP picture."


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A cleaned picture: JPEG bytes without any metadata."""

    content: bytes
    width: int
    height: int


def clean(content: bytes) -> Picture:
    """Read, turn upright, shrink to 2048 pixels and write anew, so that only the pixels go on.

    Raises: Refused at `image` for a file that is too large, too small, no picture, or made to harm.
    """
    if not content:
        raise Refused("The file is empty. Take the picture again.", field=FIELD)
    if len(content) > LARGEST_BYTES:
        raise Refused(f"The file is larger than {LARGEST_MB} MB. Take a smaller picture.", field=FIELD)
    try:
        with _opened(content) as opened:
            picture = _upright(opened)
    except Refused:
        raise
    except _UNREADABLE as error:
        raise Refused(UNREADABLE, field=FIELD) from error
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True)
    return Picture(content=written.getvalue(), width=plain.width, height=plain.height)


def _opened(content: bytes) -> Image.Image:
    """Raises: Refused by the size that the head of the file tells, before a pixel is unpacked."""
    picture = Image.open(io.BytesIO(content), formats=FORMATS)
    width, height = picture.size
    if width * height > MOST_MEGAPIXELS * 1_000_000:
        raise Refused(
            f"The picture has more than {MOST_MEGAPIXELS} megapixels. Take a smaller one.", field=FIELD
        )
    if min(width, height) < SMALLEST_SIDE:
        raise Refused(
            f"The picture is smaller than {SMALLEST_SIDE} pixels at its shorter side. Take a larger one.",
            field=FIELD,
        )
    return picture


def _upright(opened: Image.Image) -> Image.Image:
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is unpacked at a fraction of its size
    turned = ImageOps.exif_transpose(opened)
    plain = _in_srgb(turned)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return plain


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The colours as every screen shows them: the profile goes with the rest of the metadata."""
    profile = picture.info.get("icc_profile")
    flat = picture.convert("RGB")
    if not profile or picture.mode != "RGB":
        return flat
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(flat, own, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return flat
    return changed or flat
