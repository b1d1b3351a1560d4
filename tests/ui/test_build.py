"""The bundle: no other host, small, and made again only when something changed."""

from __future__ import annotations

import gzip
import json
import re

from masseter.ui import build

LARGEST_FIRST_LOAD = 120_000


def test_lock_file_names_no_registry() -> None:
    lock = (build.FRONTEND / "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in lock
    assert all("integrity" in one for name, one in json.loads(lock)["packages"].items() if name)


def test_bundle_asks_no_other_host() -> None:
    build.bundle()
    css = (build.OUTPUT / "app.css").read_text(encoding="utf-8")

    addresses = re.findall(r"url\(\"?([^)\"]+)", css)

    assert all(not address.startswith(("http:", "https:", "//")) for address in addresses)
    assert "@import" not in css


def test_first_page_stays_light() -> None:
    build.bundle()
    texts = sum(len(gzip.compress((build.OUTPUT / name).read_bytes())) for name in ("app.css", "app.js"))
    font = (build.OUTPUT / "fonts" / "figtree-latin-wght-normal.woff2").stat().st_size

    assert texts + font < LARGEST_FIRST_LOAD


def test_second_build_does_nothing() -> None:
    build.bundle()

    assert build.bundle() is False


def test_digest_changes_with_the_inputs() -> None:
    one = build.FRONTEND / "package.json"
    two = build.FRONTEND / "icons.txt"

    assert build.digest([one]) != build.digest([one, two])
