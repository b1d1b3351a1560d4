"""The report: counted right, the same bytes each time, readable by everybody, honest about what it lacks."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pypdf import PdfReader
from typer.testing import CliRunner

from masseter.cli.main import app
from masseter.registry.problems import CannotTake
from masseter.registry.report.document import Grid, Report, Words, middle, number, percent
from masseter.registry.report.making import make_report
from masseter.registry.report.measures import measure
from masseter.registry.report.rules import rules_for
from masseter.registry.report.writing import TURNED_ABOUT, errors_of
from masseter.registry.sources import open_datasets
from masseter.registry.taking import look_at, take
from tests.registry.rich import rich_release
from tests.registry.tables import GOOD, MAPPING, written


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("rich") / "set"
    rich_release(found)
    return found


@pytest.fixture(scope="module")
def made(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    out = tmp_path_factory.mktemp("report") / "one"
    return make_report(out, [folder], None), out


def rows(report: Report, title: str) -> dict[str, tuple[str, ...]]:
    """The lines of a table by their first cell."""
    grids = [one for part in report.sections for one in part.blocks if isinstance(one, Grid)]
    return {row[0]: row[1:] for one in grids if one.title == title for row in one.rows}


def test_a_small_table_is_counted_by_hand(tmp_path: Path) -> None:
    """Patient a: 70 before; 40 after 14 days, 60 on day 84 of the first cycle. b: 80 before; 35 after 28."""
    take(look_at(*written(tmp_path, *GOOD, "a,120,35,,,F")), tmp_path / "set", leave_out_refused=False)
    sources = open_datasets([tmp_path / "set"])
    rules = rules_for("bruxism", "vas")

    found = measure(sources, rules)

    assert found.totals == (2, 3, 6, 0, 0)
    assert [line[:3] for line in found.doses] == [
        ("onabotulinumtoxinA", 2, 1),
        ("incobotulinumtoxinA", 1, 1),
    ]
    assert found.intervals == [(1, 1, 84.0, 84.0, 84.0, 0)] or found.intervals[0][1] == 1
    by_cycle = {line[0]: line for line in found.responses}
    assert rules.window[0] <= 14
    first, second = by_cycle[1], by_cycle[2]
    assert first[1:3] == (2, 2)
    assert second[1:3] == (1, 1)
    assert second[3] == pytest.approx(100 * (70 - 35) / 70)
    assert second[4] == 1


def test_every_section_is_there_with_its_numbers(made: tuple[Report, Path]) -> None:
    report, _out = made

    assert [one.title for one in report.sections] == [
        "Who and how much",
        "Sites",
        "Intervals",
        "Response by cycle",
        "Wear-off",
        "Unwanted effects",
        "Clinics beside each other",
        "What is missing",
    ]
    effects = rows(report, "Unwanted effects per 1,000 treatments")
    treatments = int(rows(report, "In all")["Treatments"][0].replace(",", ""))
    any_effect = effects["Any"]
    assert float(any_effect[1]) == pytest.approx(1000 * int(any_effect[0]) / treatments, abs=0.05)
    assert "Other, or told in free words" in effects
    clinics = rows(report, "First cycles that fell by 30 percent or more")
    assert len(clinics) == 6
    assert sum(one[-1] == "beyond 99.8 %" for one in clinics.values()) >= 1
    assert dict(report.marks)["Data set"] == "rich, 240 patients, made by extract, data until 2026-06-30"


def test_the_same_inputs_give_the_same_bytes(folder: Path, made: tuple[Report, Path], tmp_path: Path) -> None:
    make_report(tmp_path / "two", [folder], None)

    for name in ("report.html", "report.pdf"):
        assert (tmp_path / "two" / name).read_bytes() == (made[1] / name).read_bytes()


def test_the_page_stands_alone_and_axe_finds_nothing(made: tuple[Report, Path], browser: Browser) -> None:
    text = (made[1] / "report.html").read_text()
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=True)
    page = context.new_page()
    page.goto((made[1] / "report.html").as_uri())

    found = Axe().run(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert found.violations_count == 0, found.generate_report()
    assert width <= 390
    assert "<script" not in text
    assert "http://" not in text.replace("http://www.w3.org/", "")
    assert "https://" not in text


def test_the_paper_is_tagged_and_says_the_same(made: tuple[Report, Path]) -> None:
    reader = PdfReader(io.BytesIO((made[1] / "report.pdf").read_bytes()))
    told = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Registry report: Temporomandibular disorder"
    assert "Unwanted effects per 1,000 treatments" in told
    assert made[0].sections[3].blocks[1].rows[0][4] in told  # type: ignore[union-attr]  # a table


def test_the_arms_of_a_trial_stand_beside_each_other(tmp_path: Path) -> None:
    """Toxin: 70 to 35 and 80 to 60, falls of 50 and 25 percent. Placebo: 50 to 45, a fall of 10."""
    lines = (
        *("a,0,70,50,onabotulinumtoxinA,F", "a,28,35,,,F", "b,0,80,50,onabotulinumtoxinA,F", "b,28,60,,,F"),
        *("c,0,50,0,placebo,F", "c,28,45,,,F", "c,60,50,50,incobotulinumtoxinA,F", "c,80,5,,,F"),
    )
    take(look_at(*written(tmp_path, *lines)), tmp_path / "set", leave_out_refused=False)

    report = make_report(tmp_path / "told", [tmp_path / "set"], None)

    opening = report.sections[3].blocks[0]
    assert isinstance(opening, Words)
    assert "those given placebo too" in opening.text
    name = rules_for("bruxism", "vas").measure
    arms = rows(report, f"{name}: first cycles by what was given")
    assert arms["onabotulinumtoxinA, 50 units"][:4] == ("2", "2", "37.5 %", "1 (50.0 %)")
    assert arms["placebo"][:4] == ("1", "1", "10.0 %", "0 (0.0 %)")
    course = rows(report, "First cycles by what was given, percent of the baseline")
    assert course["placebo"] == ("8", "1", "100 (100 to 100)")
    assert course["onabotulinumtoxinA, 50 units"] == ("4", "2", "62 (56 to 69)")


def test_shares_of_a_score_that_was_turned_about_are_not_to_be_read(tmp_path: Path) -> None:
    for name, more in (("plain", ""), ("turned", ", higher_is_better: true")):
        mapping = MAPPING.replace("step: 1", f"step: 1{more}")
        take(look_at(*written(tmp_path, *GOOD, mapping=mapping)), tmp_path / name, leave_out_refused=False)

    plain, turned = (
        {
            part.title: part.blocks[0]
            for part in make_report(tmp_path / f"r-{name}", [tmp_path / name], None).sections
        }
        for name in ("plain", "turned")
    )

    warned = [name for name, first in turned.items() if first == Words(text=TURNED_ABOUT)]
    assert warned == ["Response by cycle", "Wear-off", "Clinics beside each other"]
    assert Words(text=TURNED_ABOUT) not in plain.values()


def test_where_nothing_is_known_it_says_so(tmp_path: Path) -> None:
    lines = ("a,0,70,50,onabotulinumtoxinA,F",)
    take(look_at(*written(tmp_path, *lines)), tmp_path / "set", leave_out_refused=False)

    words = ["registry", "report", str(tmp_path / "set"), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, words)
    again = CliRunner().invoke(app, words)

    text = (tmp_path / "out" / "report.html").read_text()
    assert done.exit_code == 0, done.output
    assert "Written" in done.output
    for said in (
        "Nobody was treated twice",
        "do not say where was injected",
        "hold no unwanted effect",
        "do not name two clinics",
        "0 (none)" if "0 (none)" in text else "none",
    ):
        assert said in text
    assert "exists already" in again.output


def test_a_fit_of_other_data_is_refused(folder: Path, tmp_path: Path) -> None:
    fit = tmp_path / "fit"
    fit.mkdir()
    (fit / "fit.json").write_text('{"format": 1, "data_hash": "another"}')

    with pytest.raises(CannotTake, match="'fit' is the fit of other data"):
        make_report(tmp_path / "out", [folder], fit)
    with pytest.raises(CannotTake, match="is no fit"):
        make_report(tmp_path / "out", [folder], tmp_path)
    assert not (tmp_path / "out").exists()


def test_forecasts_are_told_by_how_much_was_seen_and_a_date_that_nobody_told_is_said() -> None:
    of_all = {"name": ["all", "all"], "people": 600, "forecasts": 36000, "error": 1.07, "bias": -0.035}
    few = {**of_all, "name": ["scores seen", "0 to 2"], "error": 1.643, "bias": 0.0885}
    groups = [{**each, "stretched": [50, 80, 95.1]} for each in (few, {**of_all, "name": ["dose", "usual"]})]
    judged = {"overall": {**of_all, "stretched": [50.2, 80, 95]}, "groups": groups}

    table, words = errors_of({"scores": judged, "wear_off": None})

    assert isinstance(table, Grid)
    assert table.rows == (
        ("Scores, points", "all", "600", "36,000", "1.07", "-0.04", "50, 80, 95"),
        ("Scores, points", "0 to 2 scores seen", "600", "36,000", "1.64", "+0.09", "50, 80, 95"),
    )
    assert isinstance(words, Words)
    assert "is not known" in words.text


def test_numbers_are_written_plainly() -> None:
    assert (number(1234.5), number(None), number(-0.2)) == ("1,234", "none", "0")
    assert (middle(1, 2, 3), middle(None, None, None)) == ("2 (1 to 3)", "none")
    assert (percent(1, 3), percent(0, 0)) == ("33.3 %", "none")
