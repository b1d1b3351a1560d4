"""Square codes for paper, as SVG."""

from __future__ import annotations

from io import BytesIO

import segno


def qr_svg(text: str) -> str:
    """A QR code of a text as SVG, black on white with its quiet zone; a lost quarter can still be read."""
    out = BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, nl=False, omitsize=True
    )
    return out.getvalue().decode()
