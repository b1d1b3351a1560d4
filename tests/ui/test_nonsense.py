"""Every page with nonsense in its address: an answer, never a broken page."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.test import Client

from masseter.journey.accounts.models import User
from tests.addresses import pages
from tests.conftest import sign_in
from tests.world import World
from tests.worlds import clinic, world, worlds

__all__ = ["clinic", "world", "worlds"]
# One process builds the world for all of them.
NAMES = (
    *("q", "page", "day", "week", "patient", "case", "condition", "effect", "subject", "measure"),
    *("product", "show", "with", "key", "month", "instrument", "plan", "who", "what", "start", "kind"),
)
VALUES = ("\x00", "9" * 25, "9999-12-31", "\ud83e" + "a" * 3000)
NUMBERS = (2**31, 10**30)


def clients(world: World) -> list[Client]:
    found = []
    for user_id in (world.doctor.user_id, world.patient.user_id):
        client = Client(raise_request_exception=False)
        user = User.objects.get(pk=user_id)
        if user_id == world.doctor.user_id:
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
        sign_in(client, user)
        found.append(client)
    return found


def test_nonsense_in_the_query_breaks_no_page(world: World) -> None:
    broken = set()
    everybody = clients(world)

    for address in pages():
        bare = address.url(world.filling()).partition("?")[0]
        for value in VALUES:
            url = f"{bare}?{urlencode(dict.fromkeys(NAMES, value.encode('utf-8', 'replace')))}"
            if any(client.get(url).status_code >= 500 for client in everybody):
                broken.add((address.name, value[:20]))

    assert sorted(broken) == []


def test_number_that_no_record_can_have_is_not_there(world: World) -> None:
    broken = set()
    everybody = clients(world)
    numbered = [one for one in pages() if any(isinstance(world.filling()[name], int) for name in one.names)]

    for address in numbered:
        for number in NUMBERS:
            filling = {
                key: number if isinstance(value, int) else value for key, value in world.filling().items()
            }
            statuses = {client.get(address.url(filling)).status_code for client in everybody}
            if not statuses <= {302, 403, 404, 405}:
                broken.add((address.name, number, tuple(sorted(statuses))))

    assert sorted(broken) == []


def test_words_that_nothing_has_are_not_there(world: World) -> None:
    broken = set()
    everybody = clients(world)

    for address in (one for one in pages() if set(one.names) & set(world.words)):
        filling = world.filling() | dict.fromkeys(world.words, "no\x00such")
        statuses = {client.get(address.url(filling)).status_code for client in everybody}
        if not statuses <= {302, 403, 404, 405}:
            broken.add((address.name, tuple(sorted(statuses))))

    assert sorted(broken) == []
