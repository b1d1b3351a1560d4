"""The mutants that may live: each is of a function that there is, and has its reason; few enough live."""

from __future__ import annotations

from pathlib import Path
from pkgutil import resolve_name

import pytest

from tests.mutants.listed import Mutant, read_listed
from tests.mutants.run import Run
from tests.mutants.verdict import judge, report

LISTS = sorted((Path(__file__).resolve().parents[1] / "mutants").glob("*.yaml"))
ONE = Mutant(function="inject.case.TreatmentCase.vial", change="- a\n+ b")


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_listed_mutant_is_of_a_function_that_there_is(path: Path) -> None:
    for mutant in read_listed(path):
        assert mutant.function.split(".")[0] == path.stem
        assert callable(resolve_name(f"masseter.core.{mutant.function}"))


def test_mutant_without_a_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "inject.yaml"
    path.write_text("- function: inject.case.f\n  change: '- a'\n  reason:\n")

    with pytest.raises(ValueError, match="has no reason"):
        read_listed(path)


def test_five_of_a_hundred_may_live_when_they_are_listed() -> None:
    run = Run(counts={"killed": 90, "timeout": 5, "survived": 5}, alive=(ONE,) * 5)

    assert judge(run, {ONE: "No one could see it."}).is_good


def test_six_of_a_hundred_are_too_many() -> None:
    verdict = judge(Run(counts={"killed": 94, "survived": 6}, alive=(ONE,) * 6), {ONE: "Unseen."})

    assert not verdict.is_good
    assert "Fewer than 95 of 100 died." in report("inject", verdict)


def test_one_that_is_not_listed_is_too_many_and_is_printed_for_the_list() -> None:
    verdict = judge(Run(counts={"killed": 99, "survived": 1}, alive=(ONE,)), {})

    assert not verdict.is_good
    assert "- function: inject.case.TreatmentCase.vial\n  change: |-\n    - a\n    + b" in report(
        "inject", verdict
    )


def test_listed_one_that_died_is_to_be_taken_off() -> None:
    verdict = judge(Run(counts={"killed": 100}, alive=()), {ONE: "Unseen."})

    assert verdict.is_good
    assert "No longer alive, take it off inject.yaml" in report("inject", verdict)


def test_nothing_tried_is_not_good() -> None:
    assert not judge(Run(counts={}, alive=()), {}).is_good
