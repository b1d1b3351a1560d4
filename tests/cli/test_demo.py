"""The demo clinic, whose passwords and codes everybody knows."""

from __future__ import annotations

from typing import Any

import pytest

from masseter.cli.demo import play
from masseter.cli.serve import demo
from masseter.cli.service import NotReady


def test_demo_is_refused_in_production(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.IS_PRODUCTION = True
    asked: list[str] = []
    for name in ("is_loaded", "load"):
        monkeypatch.setattr(play, name, lambda name=name: asked.append(name))

    with pytest.raises(NotReady, match="not loaded in production"):
        demo()

    assert asked == []


def test_demo_is_loaded_elsewhere(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.IS_PRODUCTION = False
    asked: list[str] = []
    monkeypatch.setattr(play, "is_loaded", lambda: False)
    monkeypatch.setattr(play, "load", lambda: asked.append("load"))
    monkeypatch.setattr(play, "print_sign_ins", lambda console: asked.append("print"))

    demo()

    assert asked == ["load", "print"]
