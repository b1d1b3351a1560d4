"""One world for all walks of a file: building it takes longer than most. A file imports what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.scope import clinic_scope
from tests.conftest import make_clinic
from tests.world import World, build_world


@dataclass(frozen=True)
class Worlds:
    """Two clinics with one of everything."""

    here: World
    elsewhere: World


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Worlds]:
    """Built once; every test works in a transaction of its own within this one, which is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Worlds(
            here=build_world(make_clinic("north")), elsewhere=build_world(make_clinic("south", "US"))
        )
        transaction.set_rollback(True)


@pytest.fixture
def clinic(worlds: Worlds, db: None) -> Iterator[Clinic]:
    """The clinic of the world, with the database bound to it."""
    found = Clinic.objects.get(pk=worlds.here.clinic.pk)
    with clinic_scope(found.pk):
        yield found


@pytest.fixture
def other_clinic(worlds: Worlds, clinic: Clinic) -> Clinic:
    return Clinic.objects.get(pk=worlds.elsewhere.clinic.pk)


@pytest.fixture
def world(worlds: Worlds, clinic: Clinic) -> World:
    """The records as they were built: what a test does to them is its own."""
    return deepcopy(worlds.here)


@pytest.fixture
def other_world(worlds: Worlds, clinic: Clinic) -> World:
    return deepcopy(worlds.elsewhere)
