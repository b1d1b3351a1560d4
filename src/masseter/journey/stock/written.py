"""How a scanner writes a code: its prefix, and the separator between the fields in all its disguises."""

from __future__ import annotations

import re

SEPARATOR = "\x1d"
# What stands for the separator (FNC1, ASCII 29) when a scanner types it, or a page or a mail carries it.
_DISGUISES = re.compile(
    r"<GS>|\{GS\}|\[GS\]|<FNC1>|\{FNC1\}|\[FNC1\]|<F8>|\{F8\}|\[F8\]|<0x1D>|\[0x1D\]|"
    r"\\x1d|\\u001d|\\035|%1D|&#0*29;|&#x0*1D;|~d029|"
    r"[<{\[](?:CTRL|CONTROL|STRG)[+ -]?\][>}\]]|\^\]|[\u241d\t\u001c\u001e\u001f]",
    re.IGNORECASE,
)
# The prefixes of codes that carry GS1 fields, and of those that look alike and do not.
_GS1 = re.compile(r"^\](?:d2|C1|Q3|e0|J1)", re.IGNORECASE)
_NOT_GS1 = {
    "]d1": "The square code is none of the GS1 kind.",
    "]c0": "The striped code is none of the GS1 kind.",
    "]q1": "This is a QR code for reading on a telephone.",
}
# The bare codeword of FNC1, 232, which is a letter of some languages: meant only behind a product number.
_CODEWORD = re.compile(r"^(\u00e8?01\d{14}.*)$", re.DOTALL)
_IN_BRACKETS = re.compile(r"\((\d{2,4})\)([^()]*)")
_STARTS_CODE = re.compile(r"\t(?=\](?:d2|C1)|01\d{14}|\(01\))", re.IGNORECASE)


def lines_of(text: str) -> list[str]:
    """The codes of a field, one for each line; a scanner ends a code by Enter or by Tab.

    Not splitlines: it would cut at the separator between the fields of a code.
    """
    whole = _STARTS_CODE.sub("\n", text.replace("\r", "\n"))
    return [line for line in whole.split("\n") if line.strip()]


def plain_code(text: str) -> str:
    """The fields of a code without the scanner's prefix, each separator written as ASCII 29."""
    bare = _GS1.sub("", text.strip(" \t\r\n\x00\x02\x03"))
    if _CODEWORD.match(bare):
        bare = bare.replace("\u00e8", SEPARATOR)
    code = _DISGUISES.sub(SEPARATOR, bare).strip(" " + SEPARATOR)
    if code.startswith("("):
        parts = _IN_BRACKETS.findall(code.replace(" ", ""))
        code = SEPARATOR.join(f"{name}{value}" for name, value in parts)
    return code


def why_not_gs1(text: str) -> str:
    """What the prefix or the envelope says of a code of another kind; empty where it says nothing."""
    typed = text.strip()
    if typed.startswith("[)>"):
        return "The code is of the German pharmacy kind (PPN), which is not read here."
    return _NOT_GS1.get(typed[:3].lower(), "")
