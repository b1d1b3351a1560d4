"""Reading the code on a carton: GTIN, lot, expiry and serial, as the GS1 standard writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import biip
from biip.gs1_messages import GS1Message

from masseter.core.lots import normalise_lot
from masseter.journey.ground.refusals import Refused
from masseter.journey.stock.layouts import unscramble
from masseter.journey.stock.written import lines_of, plain_code, why_not_gs1
from masseter.knowledge.model import Knowledge, Presentation, Product

LONGEST = 200
MOST_CODES = 100
# A variable field is at most so long; a longer one has swallowed the next.
_LONGEST_FIELD = 20
_TOO_LONG = re.compile(r"^01\d{14}.*(?:10|21)[!-z]{21}")
_DATE_INSIDE = re.compile(r"17\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:10|21|$)")
_RUN_TOGETHER = (
    "The fields of the code run into each other: the scanner leaves out the separator between them. "
    "Set it to send the character GS (ASCII 29), or type lot and expiry."
)


class UnreadableCode(Refused):
    """The text is no code of a medicine's carton; its sentence says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="code")


@dataclass(frozen=True, kw_only=True)
class Carton:
    """What a carton's code says; empty where it says nothing. `presentation` is None for an unknown GTIN."""

    gtin: str = ""
    lot: str = ""
    expires_on: date | None = None
    serial: str = ""
    product: Product | None = None
    presentation: Presentation | None = None

    @property
    def is_known(self) -> bool:
        """The GTIN belongs to a vial size that we know."""
        return self.presentation is not None


def read_carton(text: str, knowledge: Knowledge) -> Carton:
    """What the code says. An expiry day of 00 means the last day of the month.

    Raises: UnreadableCode.
    """
    message = _parse(_checked(text))
    _check_fields(message)
    gtin = _gtin(message)
    expiry = message.element_strings.get(ai="17")
    product, presentation = find_gtin(gtin, knowledge)
    return Carton(
        gtin=gtin,
        lot=_value(message, "10"),
        expires_on=expiry.date if expiry else None,
        serial=_value(message, "21"),
        product=product,
        presentation=presentation,
    )


def read_cartons(text: str, knowledge: Knowledge) -> tuple[Carton, ...]:
    """What several cartons say, one code a line; all must be of one product, lot and expiry.

    Raises: UnreadableCode, naming the line that differs.
    """
    lines = lines_of(text)
    if len(lines) > MOST_CODES:
        raise UnreadableCode(f"Scan at most {MOST_CODES} cartons at once.")
    cartons = tuple(read_carton(line, knowledge) for line in lines)
    for place, carton in enumerate(cartons, start=1):
        if _lot_of(carton) != _lot_of(cartons[0]):
            raise UnreadableCode(f"Code {place} is of another product, lot or expiry. Take it in by itself.")
    return cartons


def find_gtin(gtin: str, knowledge: Knowledge) -> tuple[Product, Presentation] | tuple[None, None]:
    """The vial size that a GTIN names, if we know it."""
    wanted = gtin.rjust(14, "0")
    for product in knowledge.products.values():
        for presentation in product.presentations:
            if gtin and wanted in presentation.gtins:
                return product, presentation
    return None, None


def _lot_of(carton: Carton) -> tuple[str, str, date | None]:
    return carton.gtin, normalise_lot(carton.lot), carton.expires_on


def _checked(text: str) -> str:
    typed = text.strip()
    if not typed or len(typed) > LONGEST:
        raise UnreadableCode("Scan the square code on the carton, or type what stands beside it.")
    other = why_not_gs1(typed)
    if other:
        raise UnreadableCode(f"{other} Scan the square code beside lot and expiry, or type them.")
    return typed


def _parse(text: str) -> GS1Message:
    code = plain_code(text)
    message = _message(code)
    if message is not None:
        return message
    if _TOO_LONG.match(code):
        raise UnreadableCode(_RUN_TOGETHER)
    scrambled = unscramble(text, _is_carton)
    if scrambled is not None:
        raise UnreadableCode(scrambled.sentence)
    if re.fullmatch(r"\d{8}|\d{12,14}", code):
        raise UnreadableCode(
            "The code holds no lot and expiry. Scan the square code, not the striped one, or type them."
        )
    raise UnreadableCode(
        "This is not the code of a medicine's carton. Scan the square code again, or type lot and expiry."
    )


def _message(text: str) -> GS1Message | None:
    try:
        return biip.parse(text).gs1_message
    except biip.BiipException:
        return None


def _is_carton(text: str) -> bool:
    """The text carries a product number whose check digit agrees, and a lot or an expiry."""
    found = _message(plain_code(text))
    number = found.element_strings.get(ai="01") if found else None
    if found is None or number is None or number.gtin is None:
        return False
    return any(found.element_strings.get(ai=name) for name in ("10", "17"))


def _check_fields(message: GS1Message) -> None:
    """Raises: UnreadableCode where a field is there twice and differs, or has swallowed the next one."""
    seen: dict[str, str] = {}
    for element in message.element_strings:
        name = element.ai.ai
        if seen.setdefault(name, element.value) != element.value:
            raise UnreadableCode("The code says the same thing twice and differently. Do not use the pack.")
    for name in ("10", "21"):
        value = seen.get(name, "")
        is_swallowing = "17" not in seen and _DATE_INSIDE.search(value)
        if len(value) > _LONGEST_FIELD or is_swallowing:
            raise UnreadableCode(_RUN_TOGETHER)


def _gtin(message: GS1Message) -> str:
    element = message.element_strings.get(ai="01")
    if element is None:
        return ""
    if element.gtin is None:
        raise UnreadableCode("The product number in the code is damaged. Scan it again.")
    return str(element.value)


def _value(message: GS1Message, name: str) -> str:
    element = message.element_strings.get(ai=name)
    return str(element.value) if element else ""
