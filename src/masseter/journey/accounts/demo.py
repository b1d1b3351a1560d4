"""The people of the demo clinic. Nobody of them is real, and none of them exists elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from masseter.journey.accounts.models import User
from masseter.journey.ground.rights import ROLE_NAMES, Role

PASSWORD = "demo-masseter-demo"


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """One sign-in of the demo. The secret of the second factor is public on purpose."""

    name: str
    email: str
    roles: frozenset[Role]
    secret: str

    @property
    def role(self) -> str:
        roles = " and ".join(ROLE_NAMES[role] for role in sorted(self.roles))
        return f"{roles}, clinic in the US" if self in US_STAFF else roles


def _person(name: str, email: str, secret: str, *roles: Role) -> DemoPerson:
    return DemoPerson(name=name, email=f"{email}@demo.example", roles=frozenset(roles), secret=secret)


DEMO_STAFF = (
    _person("Dr Ines Okafor", "ines", "MFRGGZDFMZTWQ2LK", Role.INJECTOR, Role.PRESCRIBER),
    _person("Nurse Tom Lindqvist", "tom", "NBSWY3DPEBLW64TM", Role.INJECTOR),
    _person("Dr Rada Petrova", "rada", "ONXW2ZLXNBQXIICT", Role.PRESCRIBER),
    _person("Mei Castellano", "mei", "MRSW233OMZQWG2LB", Role.FRONT_DESK),
    _person("Jonas Adeyemi", "jonas", "NVQW4YLHMVZGC3TE", Role.MANAGER),
    _person("Dr Sana Whitlock", "sana", "OJSXGZLBOJRWQZLS", Role.RESEARCHER),
    _person("Alex Moreau", "alex", "MFSG22LONFZXI4TB", Role.ADMINISTRATOR),
)
US_STAFF = (
    _person("Dr Maya Brennan", "maya", "KRUGS4ZANFZSA3LF", Role.INJECTOR, Role.PRESCRIBER),
    _person("Owen Castillo", "owen", "MFZGKIDUNBSSA33O", Role.MANAGER, Role.FRONT_DESK),
)
ALL_STAFF = (*DEMO_STAFF, *US_STAFF)
DEMO_PATIENTS = ("lena@demo.example", "beatriz@demo.example", "fiona@demo.example")


def give_sign_in(user: User, person: DemoPerson) -> None:
    """Set the demo's known password and second factor for a demo user."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        totp.TOTP.activate(user, person.secret)


def code_now(secret: str) -> str:
    """The six digits that an app would show now."""
    counter = list(totp.yield_hotp_counters_from_time())
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter[len(counter) // 2])))
