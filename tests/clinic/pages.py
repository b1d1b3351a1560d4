"""Sending forms as a browser does: the hidden fields of the page go with the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

HIDDEN = re.compile(
    r'<input type="hidden" name="(form_key|form_version|form_owner|text_version|shown_version)"'
    r' value="([^"]*)"'
)
ROW = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def hidden_fields(page: HttpResponse) -> dict[str, str]:
    """The hidden fields of a page's last form: its key, its owner, the version that was read."""
    return dict(HIDDEN.findall(page.content.decode()))


def send(
    client: Client, url: str, data: Mapping[str, object], page: HttpResponse | None = None
) -> HttpResponse:
    """Open the page, fill in the form and send it; `page` is one that was opened before."""
    opened = page if page is not None else client.get(url)
    return client.post(url, {**hidden_fields(opened), **data})  # type: ignore[return-value]  # the test client's answer


def queries_of(client: Client, url: str) -> int:
    """How many statements a page sends that read or write a table."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    tables = re.compile(r' (FROM|INTO|UPDATE) "|^UPDATE "')
    return sum(bool(tables.search(query["sql"])) for query in captured.captured_queries)


def words(response: HttpResponse) -> str:
    """The text of a page, without tags."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&#x27;", "'").split())
