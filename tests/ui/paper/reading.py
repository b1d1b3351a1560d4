"""Reading a PDF back: its words, its tags, its pictures."""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any  # Any: what a PDF holds

import typst
from pypdf import PageObject, PdfReader

from masseter.ui.paper.typst import TEMPLATES

_DRAWN = 100_000  # bytes: a page full of curves, whose few words would take seconds to find


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, in one line each; pages full of drawings are left out."""
    pages = [page for page in PdfReader(BytesIO(pdf)).pages if _length(page) < _DRAWN]
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


def _length(page: PageObject) -> int:
    content = page.get_contents()
    return len(content.get_data()) if content is not None else 0


def _nodes(node: Any) -> Iterator[Any]:
    found = node.get_object()
    if isinstance(found, list):
        for child in found:
            yield from _nodes(child)
    elif hasattr(found, "get"):
        if found.get("/S"):
            yield found
        if found.get("/K") is not None and not isinstance(found.get("/K"), int):
            yield from _nodes(found["/K"])


def tags_of(pdf: bytes) -> Counter[str]:
    """How many there are of each tag: H1, Table, TH, Figure …"""
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]  # a dictionary
    return Counter(str(node["/S"]).lstrip("/") for node in _nodes(root["/K"]))


def words_of_pictures(pdf: bytes) -> list[str]:
    """What is said instead of each picture."""
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]  # a dictionary
    return [str(node.get("/Alt", "")) for node in _nodes(root["/K"]) if node["/S"] == "/Figure"]


def is_accessible(pdf: bytes, language: str = "en-GB") -> bool:
    """It says that it is PDF/UA-1, is marked as tagged, has a language, and shows its title."""
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    says = root["/Metadata"].get_data().decode()  # type: ignore[index]  # a dictionary of the PDF
    return (
        "pdfuaid:part" in says
        and bool(root["/MarkInfo"]["/Marked"])  # type: ignore[index]  # a dictionary of the PDF
        and root["/Lang"] == language  # type: ignore[index]  # a dictionary of the PDF
        and bool(root["/ViewerPreferences"]["/DisplayDocTitle"])  # type: ignore[index]  # as above
    )


def raster_images(pdf: bytes) -> int:
    """How many pictures are made of pixels, and so would blur in print."""
    return len(re.findall(rb"/Subtype\s*/Image\b", pdf))


def grey_picture(template: str, told: str, ppi: float) -> memoryview:
    """A one-page paper as printed in grey: rows of bytes, 0 black to 255 white."""
    png = typst.compile(
        TEMPLATES / f"{template}.typ", root=TEMPLATES, format="png", ppi=ppi, sys_inputs={"data": told}
    )
    width, height, content, at = 0, 0, b"", 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert (depth, colour) == (8, 6)  # red, green, blue, opacity
        content += body if kind == b"IDAT" else b""
        at += size + 12
    return _grey(zlib.decompress(content), width, height)


def _grey(content: bytes, width: int, height: int) -> memoryview:
    stride, before, rows = width * 4, bytearray(width * 4), []
    for start in range(0, height * (stride + 1), stride + 1):
        way, row = content[start], bytearray(content[start + 1 : start + 1 + stride])
        for i in range(stride):
            left, up, corner = (row[i - 4] if i >= 4 else 0), before[i], (before[i - 4] if i >= 4 else 0)
            row[i] = (row[i] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[way]) & 255
        rows.append(bytes(sum(row[i : i + 3]) // 3 for i in range(0, stride, 4)))
        before = row
    return memoryview(b"".join(rows)).cast("B", shape=[height, width])


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
