"""Hypothesis without a deadline: no test asserts a time, so none fails on a busy machine for taking long."""

from __future__ import annotations

import hypothesis

hypothesis.settings.register_profile("masseter", deadline=None)
hypothesis.settings.load_profile("masseter")
