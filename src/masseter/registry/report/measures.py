"""What data sets say, counted in the database: cycles, doses, sites, intervals, responses, effects, gaps.

Everything runs in one thread: sums in another order would differ in their last digits, and a report is the
same bytes for the same data.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from masseter.registry.report.rules import Rules
from masseter.registry.sources import Sources

LATER = 5  # cycles from here on stand in one line
WEEKS = 2  # of one bin of the course
LAST_WEEK = 26
GROUPS = 6  # so many doses at most stand apart in what was given first; beyond that, only products do
Line = tuple[object, ...]

PREPARE = """
CREATE TEMP TABLE cycles AS
SELECT patient, day AS begin, product, units, row_number() OVER w AS cycle, lead(day) OVER w AS next
FROM treatments WINDOW w AS (PARTITION BY patient ORDER BY day);
CREATE TEMP TABLE baselines AS
SELECT patient, arg_max(value, day) AS baseline FROM scores WHERE day <= 0 GROUP BY patient;
CREATE TEMP TABLE told AS
SELECT c.patient, c.cycle, s.day - c.begin AS since, s.value, b.baseline
FROM cycles c JOIN scores s ON s.patient = c.patient AND s.day > c.begin
    AND (c.next IS NULL OR s.day <= c.next)
LEFT JOIN baselines b ON b.patient = c.patient;
CREATE TEMP TABLE inside AS
SELECT patient, cycle, count(*) AS scores, count(*) FILTER (since BETWEEN $low AND $high) AS in_window,
    avg(value) FILTER (since BETWEEN $low AND $high) AS level
FROM told GROUP BY patient, cycle;
CREATE TEMP TABLE judged AS
SELECT c.patient, c.cycle, b.baseline, coalesce(i.scores, 0) AS scores,
    coalesce(i.in_window, 0) AS in_window, i.level,
    100 * (b.baseline - i.level) / nullif(b.baseline, 0) AS better
FROM cycles c LEFT JOIN inside i ON i.patient = c.patient AND i.cycle = c.cycle
LEFT JOIN baselines b ON b.patient = c.patient;
CREATE TEMP TABLE firsts AS
SELECT patient, product, CASE WHEN few.doses THEN units END AS units
FROM cycles, (SELECT count(DISTINCT (product, units)) <= $groups AS doses FROM cycles WHERE cycle = 1) few
WHERE cycle = 1;
"""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The lines of every table, as the queries below give them."""

    totals: Line
    doses: list[Line]
    sites: list[Line]
    intervals: list[Line]
    responses: list[Line]
    arms: list[Line]
    course: list[Line]
    arm_course: list[Line]
    worn_off: list[Line]
    effects: list[Line]
    serious: Line
    gaps: Line
    first_cycles: list[Line]


QUERIES = {
    "doses": """
        SELECT product, count(*), count(DISTINCT patient), quantile_cont(units, 0.25), median(units),
            quantile_cont(units, 0.75), min(units), max(units)
        FROM treatments GROUP BY product ORDER BY count(*) DESC, product""",
    "sites": """
        SELECT site, count(*), quantile_cont(units, 0.25), median(units), quantile_cont(units, 0.75)
        FROM (SELECT patient, day, site, sum(units) AS units FROM points GROUP BY ALL)
        GROUP BY site ORDER BY count(*) DESC, site""",
    "intervals": """
        SELECT least(cycle, $later), count(*), quantile_cont(next - begin, 0.25), median(next - begin),
            quantile_cont(next - begin, 0.75), count(*) FILTER (next - begin < $interval)
        FROM cycles WHERE next IS NOT NULL GROUP BY 1 ORDER BY 1""",
    "responses": """
        SELECT least(cycle, $later), count(*), count(better), avg(better),
            count(*) FILTER (better >= $percent), median(level)
        FROM judged GROUP BY 1 ORDER BY 1""",
    "arms": """
        SELECT f.product, f.units, count(*), count(better), avg(better),
            count(*) FILTER (better >= $percent), median(level)
        FROM judged j JOIN firsts f ON f.patient = j.patient WHERE j.cycle = 1
        GROUP BY 1, 2 ORDER BY f.product, f.units""",
    "arm_course": """
        SELECT f.product, f.units, $bin * floor(since / 7 / $bin) AS week, count(*),
            quantile_cont(value / baseline, 0.25), median(value / baseline),
            quantile_cont(value / baseline, 0.75)
        FROM told t JOIN firsts f ON f.patient = t.patient
        WHERE t.cycle = 1 AND baseline > 0 AND since < 7 * $last
        GROUP BY 1, 2, 3 ORDER BY f.product, f.units, week""",
    "course": """
        SELECT $bin * floor(since / 7 / $bin) AS week, count(*), quantile_cont(value / baseline, 0.25),
            median(value / baseline), quantile_cont(value / baseline, 0.75)
        FROM told WHERE baseline > 0 AND since < 7 * $last GROUP BY 1 ORDER BY 1""",
    "worn_off": """
        WITH best AS (
            SELECT patient, cycle, max(baseline - value) AS best, arg_max(since, baseline - value) AS at,
                any_value(baseline) AS baseline, max(since) AS last
            FROM told WHERE baseline > 0 GROUP BY patient, cycle
        ), lost AS (
            SELECT b.patient, b.cycle, b.last, min(t.since) AS lost
            FROM best b LEFT JOIN told t ON t.patient = b.patient AND t.cycle = b.cycle AND t.since > b.at
                AND t.baseline - t.value < b.best / 2
            WHERE 100 * b.best / b.baseline >= $percent GROUP BY b.patient, b.cycle, b.last
        )
        SELECT coalesce(lost, last) AS day, count(*), count(lost) FROM lost GROUP BY 1 ORDER BY 1""",
    "effects": """
        SELECT effect, count(DISTINCT (patient, after_day)), count(*),
            count(*) FILTER (severity = 'mild'), count(*) FILTER (severity = 'moderate'),
            count(*) FILTER (severity = 'severe'), count(*) FILTER (serious)
        FROM events GROUP BY effect ORDER BY 2 DESC, effect""",
    "first_cycles": """
        SELECT {clinic}, j.baseline, {sex}, {age}, j.better, j.better >= $percent
        FROM judged j JOIN patients p ON p.patient = j.patient
        WHERE j.cycle = 1 AND j.better IS NOT NULL ORDER BY j.patient""",
}
ONE_LINE = {
    "totals": """
        SELECT (SELECT count(*) FROM patients), (SELECT count(*) FROM treatments),
            (SELECT count(*) FROM scores), (SELECT count(*) FROM points), (SELECT count(*) FROM events)""",
    "serious": """
        SELECT count(DISTINCT (patient, after_day)), count(DISTINCT (patient, after_day)) FILTER (serious)
        FROM events""",
    "gaps": """
        SELECT (SELECT count(*) FROM patients WHERE patient NOT IN (SELECT patient FROM baselines)),
            count(*) FILTER (scores = 0), count(*) FILTER (in_window = 0), count(*),
            quantile_cont(scores, 0.25), median(scores), quantile_cont(scores, 0.75),
            (SELECT count(*) FROM scores WHERE observed_days < 28)
        FROM judged""",
}
ABOUT = {"clinic": "known_clinic", "sex": "known_sex", "age": "known_age_band"}


def measure(sources: Sources, rules: Rules) -> Measured:
    """Count everything that a report tells."""
    values = {
        "low": rules.window[0],
        "high": rules.window[1],
        "percent": rules.response_percent,
        "interval": rules.interval_days,
        "later": LATER,
        "bin": WEEKS,
        "last": LAST_WEEK,
        "groups": GROUPS,
    }
    with sources.connect() as connection:
        connection.execute("SET threads = 1")
        for statement in PREPARE.split(";")[:-1]:
            _run(connection, statement, values)
        have = {column for column, *_ in connection.execute("DESCRIBE patients").fetchall()}
        about = {name: f"p.{told}" if told in have else "''" for name, told in ABOUT.items()}
        many = {
            name: _run(connection, text.format(**about) if "{" in text else text, values)
            for name, text in QUERIES.items()
        }
        one = {name: _run(connection, text, values)[0] for name, text in ONE_LINE.items()}
    return Measured(**many, **one)  # type: ignore[arg-type]  # by name


def _run(connection: duckdb.DuckDBPyConnection, text: str, values: dict[str, float]) -> list[Line]:
    used = {name: value for name, value in values.items() if f"${name}" in text}
    return connection.execute(text, used or None).fetchall()
