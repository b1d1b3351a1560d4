"""Reading the code on a carton: GTIN, lot, expiry and serial, as the GS1 standard writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import biip
from biip.gs1_messages import GS1Message

from masseter.core.lots import normalise_lot
from masseter.journey.ground.refusals import Refused
from masseter.knowledge.model import Knowledge, Presentation, Product

SEPARATOR = "\x1d"
LONGEST = 200
MOST_CODES = 100
# How scanners that act as keyboards write the separator between fields.
_WRITTEN_SEPARATORS = ("<GS>", "{GS}", "\u241d", "^]")
_IN_BRACKETS = re.compile(r"\((\d{2,4})\)([^()]*)")


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
    message = _parse(_plain(text))
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
    # Not splitlines: it would cut at the separator between the fields of a code.
    lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip()]
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


def _plain(text: str) -> str:
    typed = text.strip().strip("\r\n")
    if not typed or len(typed) > LONGEST:
        raise UnreadableCode("Scan the square code on the carton, or type what stands beside it.")
    for written in _WRITTEN_SEPARATORS:
        typed = typed.replace(written, SEPARATOR)
    if typed.startswith("("):
        parts = _IN_BRACKETS.findall(typed.replace(" ", ""))
        typed = SEPARATOR.join(f"{name}{value}" for name, value in parts)
    return typed


def _parse(text: str) -> GS1Message:
    try:
        found = biip.parse(text)
    except biip.BiipException as error:
        raise UnreadableCode(
            "This is not the code of a medicine's carton. Scan the square code again, or type lot and expiry."
        ) from error
    if found.gs1_message is None:
        raise UnreadableCode(
            "The code holds no lot and expiry. Scan the square code, not the striped one, or type them."
        )
    return found.gs1_message


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
