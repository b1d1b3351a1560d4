"""A scanner that types for one keyboard into a computer that is set to another: which two they are.

A scanner that acts as a keyboard sends the place of a key, not a character. Each layout below is written
as what the keys give, in the order of the US keyboard's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

_US = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
# Unshifted and shifted keys of each layout; a space stands for a key that gives no character of its own.
_LAYOUTS = {
    "French (AZERTY)": (
        "²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!",
        " 1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§",
    ),
    "Belgian (AZERTY)": (
        "²&é\"'(§è!çà)-azertyuiop^$µqsdfghjklmùwxcvbn,;:=",
        "³1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+",
    ),
    "German (QWERTZ)": (
        "^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-",
        "°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_",
    ),
    "Swiss (QWERTZ)": (
        "§1234567890'^qwertzuiopü¨$asdfghjklöäyxcvbnm,.-",
        '°+"*ç%&/()=?`QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_',
    ),
    "Czech (QWERTZ)": (
        ";+ěščřžýáíé=´qwertzuiopú)¨asdfghjklů§yxcvbnm,.-",
        "°1234567890%ˇQWERTZUIOP/('ASDFGHJKL\"!YXCVBNM?:_",
    ),
    "Hungarian (QWERTZ)": (
        "0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-",
        "§'\"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_",
    ),
    "Spanish": (
        "º1234567890'¡qwertyuiop`+çasdfghjklñ´zxcvbnm,.-",
        'ª!"·$%&/()=?¿QWERTYUIOP^*ÇASDFGHJKLÑ¨ZXCVBNM;:_',
    ),
    "Italian": (
        "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-",
        '|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_',
    ),
    "Swedish or Finnish": (
        "§1234567890+´qwertyuiopå¨'asdfghjklöäzxcvbnm,.-",
        '½!"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÖÄZXCVBNM;:_',
    ),
    "Turkish (Q)": (
        '"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.',
        "é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:",
    ),
    "Russian": (
        "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю.",
        'Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,',
    ),
    "Ukrainian": (
        "'1234567890-=йцукенгшщзхїґфівапролджєячсмитьбю.",
        'ʼ!"№;%:?*()_+ЙЦУКЕНГШЩЗХЇҐФІВАПРОЛДЖЄЯЧСМИТЬБЮ,',
    ),
    "Greek": (
        "`1234567890-=;ςερτυθιοπ[]\\ασδφγηξκλ΄'ζχψωβνμ,./",
        '~!@#$%^&*()_+:΅ΕΡΤΥΘΙΟΠ{}|ΑΣΔΦΓΗΞΚΛ¨"ΖΧΨΩΒΝΜ<>?',
    ),
    "Hebrew": (
        ";1234567890-=/'קראטוןםפ][\\שדגכעיחלךף,זסבהנמצתץ.",
        '~!@#$%^&*)(_+QWERTYUIOP}{|ASDFGHJKL:"ZXCVBNM><?',
    ),
}


@dataclass(frozen=True, kw_only=True)
class Scrambling:
    """A pair of settings that explains a text; `text` is what the scanner meant."""

    scanner: str
    computer: str
    text: str

    @property
    def sentence(self) -> str:
        """What happened and what to set."""
        return (
            f"The scanner types for a {self.scanner} keyboard and this computer is set to "
            f"{self.computer}, so the code arrives scrambled. Scan “{self.computer} keyboard” in the "
            "scanner’s manual, or set the computer’s keyboard to the scanner’s, and scan again. "
            "Nothing was taken from this scan."
        )


def unscramble(text: str, is_code: Callable[[str], bool]) -> Scrambling | None:
    """The first pair of a scanner's and a computer's keyboard by which the text becomes a code.

    `is_code` judges what the scanner would have meant. None where no pair explains it.
    """
    for scanner, computer, meant in _pairs():
        read = text.translate(meant)
        if read != text and is_code(read):
            return Scrambling(scanner=scanner, computer=computer, text=read)
    return None


@cache
def _pairs() -> tuple[tuple[str, str, dict[int, str]], ...]:
    return tuple(_all_pairs())


def _all_pairs() -> Iterator[tuple[str, str, dict[int, str]]]:
    for name, (plain, shifted) in _LAYOUTS.items():
        yield "US", name, _meant(typed=plain + shifted, wanted=_US)
    for name, (plain, shifted) in _LAYOUTS.items():
        yield name, "US", _meant(typed=_US, wanted=plain + shifted)


def _meant(*, typed: str, wanted: str) -> dict[int, str]:
    return {ord(seen): key for seen, key in zip(typed, wanted, strict=True) if seen != " "}
