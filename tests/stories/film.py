"""A film for the browser's camera: a carton's code on a grey wall."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

# A GS1 DataMatrix as ZXing writes it, a module a sign. It says what TEXT says.
CODE = """
........................
.#.#.#.#.#.#.#.#.#.#.#..
.##..#.#..#.###....#.##.
.#...#....#...##..#..#..
.#.##...#...#...##...##.
.###.#....#.#.#..###....
.#.#..#.##...#..#####.#.
.##.##.##..##.#.#.###...
.####.##.##.#.#.###.###.
.##..#.##.#..#.#..###...
.##..###.#####.#...#..#.
.#.###....###.....####..
.####..##.##.######.#.#.
.##.##.....#...##....#..
.#.....#..#####..###.##.
.###...#...###...#......
.#...##.#.###..#...##.#.
.##..#.#.##.#.#.###.....
.#.#...###.###.###.##.#.
.#..#...####..#...#.#...
.##.#.#.#.......#.##..#.
.#.#...#...#.#.#.#..#...
.######################.
........................
"""
TEXT = "]d201003002339210291728123121CAM1\x1d10CAMLOT"
SIZE = (640, 480)
MODULE = 8


def write_film(path: Path) -> Path:
    """Two pictures as an uncompressed film (Y4M), which Chromium shows over and over."""
    frame = _wall().convert("YCbCr")
    light, blue, red = frame.split()
    half = (SIZE[0] // 2, SIZE[1] // 2)
    planes = light.tobytes() + b"".join(each.resize(half).tobytes() for each in (blue, red))
    head = f"YUV4MPEG2 W{SIZE[0]} H{SIZE[1]} F10:1 Ip A1:1 C420\n".encode()
    path.write_bytes(head + 2 * (b"FRAME\n" + planes))
    return path


def _wall() -> Image.Image:
    rows = CODE.split()
    code = Image.new("RGB", (len(rows[0]), len(rows)), "white")
    for y, row in enumerate(rows):
        for x, sign in enumerate(row):
            if sign == "#":
                code.putpixel((x, y), (0, 0, 0))
    code = code.resize((code.width * MODULE, code.height * MODULE), Image.Resampling.NEAREST)
    wall = Image.new("RGB", SIZE, "#9a9a9a")
    wall.paste(code, ((SIZE[0] - code.width) // 2, (SIZE[1] - code.height) // 2))
    return wall
