"""A logo is made anew: what draws is kept, everything else is dropped or refused."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest

from masseter.journey.accounts.logo import MOST_BYTES, MOST_PIXELS, remade_logo
from masseter.journey.ground.refusals import Refused

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"'
PATH = '<path d="M1 1L9 9" fill="#0f6b6b"/>'


def svg(inside: str = PATH, head: str = HEAD) -> bytes:
    return f"{head}>{inside}</svg>".encode()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int = 2, height: int = 2, *, packed: bytes | None = None, more: bytes = b"", laced: int = 0
) -> bytes:
    rows = zlib.compress(b"\0" + b"\x10\x20\x30" * width) if height == 1 else None
    whole = zlib.compress((b"\0" + b"\x10\x20\x30" * width) * height) if packed is None else packed
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, laced))
    return b"\x89PNG\r\n\x1a\n" + header + more + chunk(b"IDAT", rows or whole) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "SVG or a PNG"),
        (b"\xff\xd8\xff\xe0JFIF", "SVG or a PNG"),
        (b" " * (MOST_BYTES + 1), "too large"),
        (svg("<path"), "can be read"),
        (b'<html xmlns="x"><svg/></html>', "can be read"),
        (svg("<script>alert(1)</script>"), "'script'"),
        (svg('<image href="http://elsewhere/x.png"/>'), "'image'"),
        (svg("<text>Words</text>"), "'text'"),
        (svg("<style>path{fill:red}</style>"), "'style'"),
        (svg('<use href="#a"/>'), "'use'"),
        (svg("<foreignObject><p>x</p></foreignObject>"), "'foreignObject'"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("<path d='&a;'/>"), "declares"),
        (b'<?x <!-- ?><!DOCTYPE svg [<!ENTITY a "b">]><?y --> ?>' + svg("<path d='&a;'/>"), "declares"),
        (svg("<path d='&a;'/>"), "can be read"),
        (svg().decode().encode("utf-16"), "SVG or a PNG"),
        (svg("<title>\xff</title>").decode().encode("latin-1"), "can be read"),
        (svg(PATH * 4000), "too many parts"),
        (svg("<g>" * 900 + "</g>" * 900), "too many parts"),
        (svg("<g>" * 2900 + "</g>" * 2900), "too many parts"),
        (svg(head='<svg xmlns="http://www.w3.org/2000/svg"'), "how large"),
        (svg(head='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 20"'), "how large"),
        (svg(head='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1.2.3 20"'), "how large"),
        (png()[:-20], "damaged"),
        (png().replace(b"IDAT", b"IDAX"), "damaged"),
        (png(packed=b"no zlib"), "damaged"),
        (png(packed=zlib.compress(b"\0" * 10_000_000)), "damaged"),
        (png(packed=zlib.compress(b"\0")), "damaged"),
        (png(MOST_PIXELS + 1, 1), "too large"),
        (png(laced=1), "interlacing"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
    ],
)
def test_file_that_is_no_plain_logo_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        remade_logo(content)

    assert refused.value.field == "logo"


def test_shapes_are_kept_and_everything_else_is_dropped() -> None:
    made = remade_logo(
        svg(
            "<title>Made by a program</title><metadata>secret</metadata><!-- a remark -->"
            '<g onclick="alert(1)" class="x" style="fill: red; behavior: url(x)">'
            '<path d="M1 1L9 9" fill="url(http://elsewhere)" stroke="url(#a)"/>'
            '<path d="M2 2" fill="url(other.svg#b)"/></g>'
            '<defs><linearGradient id="a"><stop offset="0" stop-color="#000"/></linearGradient></defs>'
        )
    )

    for kept in ('d="M1 1L9 9"', 'fill="red"', 'stroke="url(#a)"', "stop-color", 'viewBox="0 0 40 20"'):
        assert kept in made
    for gone in (
        "Made by",
        "secret",
        "remark",
        "onclick",
        "class",
        "behavior",
        "elsewhere",
        "other.svg",
        "style=",
    ):
        assert gone not in made


def test_size_is_taken_where_there_is_no_view_box() -> None:
    made = remade_logo(svg(head='<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20"'))

    assert 'viewBox="0 0 40 20"' in made
    assert "width=" not in made


def test_pixels_are_kept_and_what_was_hidden_beside_them_is_not() -> None:
    made = remade_logo(png(more=chunk(b"tEXt", b"Author\0Somebody") + chunk(b"eXIf", b"GPS 51.5")))

    inside = base64.b64decode(made.partition("base64,")[2].partition('"')[0])
    assert inside.startswith(b"\x89PNG")
    assert b"Somebody" not in inside
    assert b"GPS" not in inside
    assert 'viewBox="0 0 2 2"' in made
    assert remade_logo(inside) == made


def test_drawing_may_name_its_public_document_type() -> None:
    named = (
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    )

    assert "M1 1L9 9" in remade_logo(named + svg())
