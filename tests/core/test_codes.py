"""Every code that the checks of plan and treatment give has its sentence in the list, and no other has."""

from __future__ import annotations

import re
from pathlib import Path

import masseter.core.consult.allergies
import masseter.core.inject
import masseter.core.plan
from masseter.core.inject.codes import TREATMENT_CODES
from masseter.core.plan.codes import PLAN_CODES


def test_every_code_of_the_checks_is_documented() -> None:
    written: set[str] = set()
    packages = (masseter.core.plan, masseter.core.inject)
    files = [file for each in packages for file in Path(each.__path__[0]).rglob("*.py")]
    for file in [*files, Path(masseter.core.consult.allergies.__file__)]:
        source = file.read_text(encoding="utf-8")
        written |= set(re.findall(r'(?:rule_finding\(\s*|code=)"([a-z-]+)"', source))
    documented = set(PLAN_CODES) | set(TREATMENT_CODES)

    assert written == documented
    assert not set(PLAN_CODES) & set(TREATMENT_CODES)
