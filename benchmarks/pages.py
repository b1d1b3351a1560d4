"""Server time and questions to the database of each page of the demo, beside a bare page."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.figure import Figure

if TYPE_CHECKING:
    from django.test import Client

ROLES = ("ines", "mei", "jonas", "sana", "alex", "lena")
RUNS = 3
MOST_PAGES, ALIKE = 200, 4
MOST_QUERIES = 25
MARKS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT", "ROLLBACK")
NO_PAGE = re.compile(r"^/account/|^/static/|\.pdf$|/pdf/|/paper/|^#|^https?:|^mailto:|^tel:")


def measure() -> list[Figure]:
    """Walk the demo as each role and as a visitor; the demo has to be loaded."""
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    times: list[float] = []
    asked: dict[str, int] = {}
    for client in (*_people(), _visitor()):
        for url, milliseconds, queries in _walk(client):
            times.append(milliseconds)
            asked[url] = max(queries, asked.get(url, 0))
    bare, most = _bare(), max(asked, key=lambda url: asked[url])
    cuts = statistics.quantiles(times, n=20)
    median, p95 = statistics.median(times), cuts[18]
    over = sum(count > MOST_QUERIES for count in asked.values())
    return [
        Figure("Pages of the demo walked", f"{len(times)}"),
        Figure("A bare page of the same process", f"{bare:.1f} ms"),
        Figure("Server time of a page, median", f"{median:.0f} ms", f"{median / bare:.0f} × bare"),
        Figure("Server time of a page, 95 of 100", f"{p95:.0f} ms", f"{p95 / bare:.0f} × bare"),
        Figure("Questions to the database, median", f"{statistics.median(asked.values()):.0f}"),
        Figure("Questions to the database, most", f"{asked[most]} ({_kind(most)})", f"limit {MOST_QUERIES}"),
        Figure("Pages over the limit of questions", f"{over}", "limit 0"),
    ]


def _walk(client: Client) -> Iterator[tuple[str, float, int]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    waiting, counts = ["/start/" if client.session.get("_auth_user_id") else "/"], dict[str, int]()
    found = set(waiting)
    while waiting and len(found) < MOST_PAGES * 10:
        url = waiting.pop(0)
        counts[_kind(url)] = counts.get(_kind(url), 0) + 1
        if counts[_kind(url)] > ALIKE:
            continue
        response = client.get(url, follow=True)
        if response.status_code != 200 or "text/html" not in response.headers.get("Content-Type", ""):
            continue
        url = response.request["PATH_INFO"]
        with CaptureQueriesContext(connection) as questions:
            client.get(url)
        count = sum(not one["sql"].startswith(MARKS) for one in questions.captured_queries)
        yield url, min(_timed(client, url) for _ in range(RUNS)), count
        for link in re.findall(r'<a[^>]+href="([^"]+)"', response.content.decode()):
            path = link.replace("&amp;", "&").partition("#")[0]
            if path.startswith("/") and path not in found and not NO_PAGE.search(path):
                found.add(path)
                waiting.append(path)


def _timed(client: Client, url: str) -> float:
    begun = time.perf_counter()
    client.get(url)
    return (time.perf_counter() - begun) * 1000


def _kind(url: str) -> str:
    return re.sub(r"\d+", "n", url.partition("?")[0])


def _people() -> Iterator[Client]:
    from django.test import Client

    from masseter.journey.accounts.models import User

    for name in ROLES:
        user = User.objects.filter(email=f"{name}@demo.example").first()
        if user is None:
            continue
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        yield client


def _visitor() -> Client:
    from django.test import Client

    return Client()


def _bare() -> float:
    """A page of one line through the same middleware, for a visitor."""
    from django.test import Client, override_settings

    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        client = Client()
        client.get("/")
        return min(_timed(client, "/") for _ in range(20))
