"""Whose address is kept when a proxy stands in front."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from masseter.config.proxies import told_by, visitors_address


@pytest.mark.parametrize(
    ("header", "proxies", "expected"),
    [
        ("", 1, ""),
        ("203.0.113.7", 0, ""),
        ("203.0.113.7", 2, ""),
        ("not-an-address", 1, ""),
        ("198.51.100.9, 203.0.113.7", 1, "203.0.113.7"),
        ("198.51.100.9, 203.0.113.7, 10.0.0.2", 2, "203.0.113.7"),
        ("2001:db8::1", 1, "2001:db8::1"),
    ],
)
def test_address_comes_from_our_own_proxies_only(header: str, proxies: int, expected: str) -> None:
    assert told_by(header, proxies) == expected


def test_address_that_a_visitor_makes_up_is_not_kept() -> None:
    kept: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        kept.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    made_up = RequestFactory().get("/", headers={"X-Forwarded-For": "192.0.2.1, 203.0.113.7"})

    with override_settings(PROXIES=1):
        visitors_address(page)(made_up)

    assert kept == ["203.0.113.7"]
