"""No page waits for the compiler: until the model is loaded, forecasts say that they are being prepared."""

from __future__ import annotations

import subprocess
import threading

import pytest

from masseter.journey.results import forecasts
from masseter.journey.results.forecasts import Kernels


def test_program_that_prepares_nothing_never_waits() -> None:
    assert Kernels().are_ready()


def test_server_is_ready_once_the_model_is_compiled_and_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, asked = threading.Event(), []

    def compile_elsewhere(command: list[str], **_options: object) -> None:
        asked.append(command[-1])
        assert compiled.wait(60)

    monkeypatch.setattr(subprocess, "run", compile_elsewhere)
    kernels = Kernels()

    thread = kernels.prepare()

    assert not kernels.are_ready()
    compiled.set()
    thread.join(120)
    assert kernels.are_ready()
    assert asked == ["masseter.response.ready"]


def test_nothing_is_forecast_while_it_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecasts.KERNELS, "are_ready", lambda: False)

    assert forecasts.wear_offs_of(by=None, cases=[], today=None) == {}  # type: ignore[arg-type]  # nothing is read
