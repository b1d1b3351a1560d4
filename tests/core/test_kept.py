"""What is kept for the next time never grows without end."""

from __future__ import annotations

from masseter.core.kept import Kept


def test_kept_gives_back_what_it_holds() -> None:
    kept: Kept[str, int] = Kept(2)

    assert kept.keep("a", 1) == 1
    assert kept == {"a": 1}


def test_kept_forgets_everything_before_it_would_hold_too_much() -> None:
    kept: Kept[str, int] = Kept(2)
    for number, key in enumerate("ab"):
        kept.keep(key, number)

    kept.keep("c", 2)

    assert kept == {"c": 2}
