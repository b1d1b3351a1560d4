"""A clinic's logo, made anew from the file that was sent: nothing of it is kept but shapes or pixels."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from xml.etree import ElementTree
from xml.parsers import expat

from masseter.journey.ground.refusals import Refused

MOST_BYTES = 300_000
MOST_ELEMENTS = 3000
MOST_DEPTH = 100
MOST_PIXELS = 2000  # of a side
SVG = "http://www.w3.org/2000/svg"
_PNG = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_KEPT_CHUNKS = (b"PLTE", b"tRNS")
_SHAPES = frozenset(
    re.findall(
        r"\w+",
        "svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop "
        "clipPath",
    )
)
_WORDS = frozenset({"title", "desc", "metadata"})  # dropped: the paper says whose logo it is
_ATTRIBUTES = frozenset(
    re.findall(
        r"[\w\-]+",
        "d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points transform fill fill-rule fill-opacity "
        "stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray "
        "stroke-dashoffset "
        "stroke-opacity opacity viewBox preserveAspectRatio id offset stop-color stop-opacity gradientUnits "
        "gradientTransform spreadMethod clip-path clip-rule clipPathUnits color",
    )
)
_VALUE = re.compile(r"[\w\s.,#%()+:\-]*", re.ASCII)
_LINK = re.compile(r"url\(\s*(?!#[\w\-]+\s*\))", re.IGNORECASE)
_BOX = re.compile(r"\s*-?[\d.]+[\s,]+-?[\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px|pt|mm|cm|in)?\s*")


def remade_logo(content: bytes) -> str:
    """The logo as SVG: shapes of an SVG, or the pixels of a PNG set into one.

    Raises: Refused, with what is wrong in a sentence for the field `logo`.
    """
    if len(content) > MOST_BYTES:
        raise _refused(f"The file is too large: at most {MOST_BYTES // 1000} kB.")
    if content.startswith(_PNG):
        return _framed(*_remade_png(content))
    if b"<svg" in content[:4000]:
        return _remade_svg(content)
    raise _refused("Send an SVG or a PNG file.")


def _refused(sentence: str) -> Refused:
    return Refused(sentence, field="logo")


def _remade_svg(content: bytes) -> str:
    root = _parsed(content)
    if root.tag != f"{{{SVG}}}svg":
        raise _refused("The file is no SVG that can be read.")
    made = _copied(root)
    made.set("viewBox", _view_box(root))
    for name in ("width", "height"):
        made.attrib.pop(name, None)
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(made, encoding="unicode")


def _parsed(content: bytes) -> ElementTree.Element:
    """The drawing as a tree that is neither deep nor large, and declares nothing of its own."""
    builder, parser = ElementTree.TreeBuilder(), expat.ParserCreate("utf-8", "}")
    depth = count = 0

    def begin(name: str, given: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MOST_DEPTH or count > MOST_ELEMENTS:
            raise _refused("The drawing has too many parts: simplify it.")
        builder.start(_spaced(name), {_spaced(key): value for key, value in given.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_spaced(name))

    def declare(name: str, system: str | None, public: str | None, has_own: bool) -> None:
        if has_own:
            raise _refused("The drawing declares things of its own. Save it as plain SVG.")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = declare
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise _refused("The file is no SVG that can be read.") from error
    return builder.close()


def _spaced(name: str) -> str:
    """A name of the parser as the tree writes it."""
    return f"{{{name}" if "}" in name else name


def _copied(element: ElementTree.Element) -> ElementTree.Element:
    made = ElementTree.Element(element.tag)
    styled = (part.partition(":") for part in element.get("style", "").split(";"))
    given = {**element.attrib, **{name.strip(): value.strip() for name, _, value in styled}}
    for name, value in given.items():
        if name in _ATTRIBUTES and _VALUE.fullmatch(value) and not _LINK.search(value):
            made.set(name, value)
    for child in element:
        space, _, name = str(child.tag).rpartition("}")
        if space != f"{{{SVG}" or name in _WORDS:
            continue
        if name not in _SHAPES:
            raise _refused(f"The drawing has a part of kind {name[:20]!r}. Turn everything into plain paths.")
        made.append(_copied(child))
    return made


def _view_box(root: ElementTree.Element) -> str:
    box = root.get("viewBox", "")
    found = _BOX.fullmatch(box)
    if found and _number(found[1]) > 0 and _number(found[2]) > 0:
        return box.strip()
    width, height = (_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height"))
    if width and height and float(width[1]) > 0 and float(height[1]) > 0:
        return f"0 0 {width[1]} {height[1]}"
    raise _refused("The drawing says not how large it is: save it with a view box.")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0


def _remade_png(content: bytes) -> tuple[bytes, int, int]:
    """The same pixels written anew, without anything else that stood in the file."""
    header, kept, packed = b"", b"", b""
    for kind, body in _chunks(content):
        if kind == b"IHDR":
            header = body
        elif kind == b"IDAT":
            packed += body
        elif kind in _KEPT_CHUNKS and len(body) <= 3 * 256:
            kept += _chunk(kind, body)
    width, height, raw = _sized(header)
    unpacker = zlib.decompressobj()
    try:
        pixels = unpacker.decompress(packed, raw + 1)
    except zlib.error as error:
        raise _refused("The picture is damaged.") from error
    if len(pixels) != raw:
        raise _refused("The picture is damaged.")
    again = (
        _PNG
        + _chunk(b"IHDR", header)
        + kept
        + _chunk(b"IDAT", zlib.compress(pixels, 9))
        + _chunk(b"IEND", b"")
    )
    return again, width, height


def _sized(header: bytes) -> tuple[int, int, int]:
    """Width, height, and how many bytes its pixels are."""
    if len(header) != 13:
        raise _refused("The picture is damaged.")
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise _refused(f"The picture is too large: at most {MOST_PIXELS} pixels a side.")
    if depth not in _DEPTHS.get(colour, ()) or packing or filtering:
        raise _refused("The picture is damaged.")
    if interlaced:
        raise _refused("Save the picture without interlacing.")
    line = (width * depth * _CHANNELS[colour] + 7) // 8
    return width, height, height * (line + 1)


def _chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], len(_PNG)
    while at + 12 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        body, check = content[at + 8 : at + 8 + size], content[at + 8 + size : at + 12 + size]
        if len(body) != size or check != struct.pack(">I", zlib.crc32(kind + body)):
            raise _refused("The picture is damaged.")
        found.append((kind, body))
        at += size + 12
    return found


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _framed(png: bytes, width: int, height: int) -> str:
    coded = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="{SVG}" viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'href="data:image/png;base64,{coded}"/></svg>'
    )
