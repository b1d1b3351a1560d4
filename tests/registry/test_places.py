"""Where a command cannot write it says so before long work, and leaves what is there alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from masseter.registry.dataset import check_new, new_folder
from masseter.registry.journal import Remembering
from masseter.registry.problems import CannotTake
from masseter.response.likelihood import Sums
from masseter.response.parameters import Parameters

ABOUT = {"data": "1", "code": "2"}


class Nobody:
    """A crowd that is never asked."""

    patients, names = 0, ("one",)

    def sums(self, patients: int, parameters: Parameters, *, single: bool = False) -> Sums:
        return Sums(patients=0, log=0.0, slopes=np.zeros(1), outer=np.zeros((1, 1)))


def test_a_folder_that_cannot_be_is_said_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    with pytest.raises(CannotTake, match="file/out' cannot be written"):
        check_new(tmp_path / "file" / "out")
    with pytest.raises(CannotTake, match="'file' exists already"):
        check_new(tmp_path / "file")
    check_new(tmp_path / "new")

    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    def write() -> None:
        with new_folder(tmp_path / "out") as work:
            (work / "one.parquet").write_text("half")
            Path("/dev/full").write_text("more")

    with pytest.raises(CannotTake, match="'out' cannot be written: No space left on device"):
        write()

    assert not list(tmp_path.iterdir())


def test_two_fits_do_not_write_one_journal(tmp_path: Path) -> None:
    first = Remembering(Nobody(), tmp_path / "journal", ABOUT)

    with pytest.raises(CannotTake, match="another fit is writing 'journal'"):
        Remembering(Nobody(), tmp_path / "journal", ABOUT)
    first.close()

    Remembering(Nobody(), tmp_path / "journal", ABOUT).close()


def test_a_file_that_is_no_journal_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis").write_text("one line without an end")

    with pytest.raises(CannotTake, match="'thesis' is no journal of a fit"):
        Remembering(Nobody(), tmp_path / "thesis", ABOUT)
    with pytest.raises(CannotTake, match="cannot be written: Is a directory"):
        Remembering(Nobody(), tmp_path, ABOUT)

    assert (tmp_path / "thesis").read_text() == "one line without an end"


def test_a_journal_cut_off_in_its_first_line_begins_anew(tmp_path: Path) -> None:
    Remembering(Nobody(), tmp_path / "journal", ABOUT).close()
    whole = (tmp_path / "journal").read_bytes()
    (tmp_path / "journal").write_bytes(whole[:9])

    Remembering(Nobody(), tmp_path / "journal", ABOUT).close()

    assert (tmp_path / "journal").read_bytes() == whole
