"""Every page in a real browser: nothing that axe finds, nothing off the screen, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIResponse, Page
from pytest_django import DjangoDbBlocker

from masseter.journey.ground.rights import OUTSIDE, Right, Role
from masseter.journey.people.models import Proxy
from tests.addresses import Address, pages
from tests.conftest import make_actor, make_clinic
from tests.stories.accessibility import violations
from tests.stories.conftest import Person
from tests.stories.site import Site
from tests.world import World, build_world

OFF_SCREEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STAFF = tuple(role for role in Role if role not in OUTSIDE)
# Addresses that answer with something else than a page of their own.
NO_PAGE = {
    "plan_check": "a part of the plan's page, put in as one types",
    "photograph_picture": "a picture, shown by the pages of photographs",
    "my_photograph_picture": "a picture, shown by the patient's page of photographs",
    "my_identity_code": "leads to the page that sends a code, until one was sent",
    "my_medicine_hits": "names for the page's own script",
    "my_record_bundle": "a file to keep, for another program",
    "my_visit_file": "a file for one's own calendar",
    "appointment_file": "the same, handed out by the clinic",
}
# Without a scroller of its own around it, what reaches past the edge cannot be read.
CUT_OFF = """() => {
  const wide = document.documentElement.clientWidth + 1;
  const isOwn = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX);
  const scrolls = (one) => one && (isOwn(one) || scrolls(one.parentElement));
  const isPast = ({width, left, right}) => width > 1 && (right > wide || left < -1);
  const words = "a, button, input, select, textarea, summary, p, h1, h2, h3, li, td, label";
  return [...document.querySelectorAll(words)]
    .filter((one) => isPast(one.getBoundingClientRect()) && one.checkVisibility({visibilityProperty: true}))
    .filter((one) => !one.closest(".m-skip, .visually-hidden, [aria-hidden=true]"))
    .filter((one) => !scrolls(one.parentElement))
    .slice(0, 3).map((one) => `${one.tagName} ${one.className} ${one.innerText?.slice(0, 30)}`);
}"""
# Words that lie over other words: a box that is lower than what stands in it.
OVER = """() => {
  const cuts = (one) => one !== document.body && /auto|scroll|hidden/.test(getComputedStyle(one).overflowY);
  const flies = (one) => /fixed|sticky|absolute/.test(getComputedStyle(one).position);
  const isHeld = (one) => one && one !== document.documentElement &&
    (cuts(one) || flies(one) || isHeld(one.parentElement));
  const all = [...document.querySelectorAll("main :is(p, h1, h2, h3, h4, li, dt, dd, summary, legend)")]
    .filter((one) => one.innerText?.trim() && one.checkVisibility({visibilityProperty: true}) && !isHeld(one))
    .filter((one) => !one.closest("svg, .visually-hidden, [aria-hidden=true]"))
    .filter((one) => !one.querySelector("p, li, dl, ol, ul, h2, h3"))
    .map((one) => [one, one.getBoundingClientRect()]);
  const shared = (a, b, from, to) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]);
  const meets = (a, b) => shared(a, b, "left", "right") > 20 && shared(a, b, "top", "bottom") > 6;
  const told = [];
  all.forEach(([one, box], at) => all.slice(at + 1).forEach(([other, its]) => {
    if (!meets(box, its) || one.contains(other)) return;
    told.push(`${one.innerText.slice(0, 30)} | ${other.innerText.slice(0, 30)}`);
  }));
  return told.slice(0, 3);
}"""
# What moves by itself or on a touch for longer than this, although the reader asked for no motion.
LONGEST_MOTION_S = 0.01
MOVES = """(longest) => {
  const found = new Set();
  for (const one of document.querySelectorAll("*"))
    for (const part of [null, "::before", "::after"]) {
      const look = getComputedStyle(one, part);
      const isLong = (times) => times.split(",").some((time) => parseFloat(time) > longest);
      const isLively = look.animationName !== "none" && isLong(look.animationDuration);
      if (isLively || isLong(look.transitionDuration))
        found.add(`${one.tagName} ${one.getAttribute("class")}`);
    }
  return [...found].slice(0, 3);
}"""
# 320 CSS pixels are a page of 1280 at 400 %.
ENLARGED = 320
# On a phone in the light and on a desk in the dark: every size and every scheme, each once.
VIEWS = ((390, "light"), (1280, "dark"))
Windows = Callable[..., Page]
LOOKED_AT: set[tuple[str, str]] = set()  # person and address, without faults then or told then


@pytest.fixture(scope="session")
def world(site: Site, django_db_blocker: DjangoDbBlocker) -> World:
    """One of everything, in a clinic of its own beside that of the stories."""
    with django_db_blocker.unblock():
        return build_world(make_clinic("walk"))


@pytest.fixture
def walker(world: World, committing: None) -> Callable[..., Person]:
    """Makes somebody of the world's clinic who is signed in: staff with these roles, or its patient."""

    def make(*roles: Role) -> Person:
        if Role.PATIENT in roles:
            return known(world.patient.user_id, world.patient.name, "")
        if Role.INVITED in roles:
            proxy = world.rows["proxy"]
            assert isinstance(proxy, Proxy)
            return known(proxy.user_id, "the one who is invited", "")
        address = f"{'-'.join(role[:4] for role in roles)}@walk.example"
        by = make_actor(world.clinic, *roles, email=address)
        return known(by.user_id, by.name, "a second factor")

    return make


def known(user_id: int | None, name: str, secret: str) -> Person:
    from allauth.mfa.models import Authenticator

    assert user_id is not None
    if secret:
        kind = Authenticator.Type.TOTP
        Authenticator.objects.get_or_create(user_id=user_id, type=kind, defaults={"data": {"secret": "x"}})
    return Person(user_id=user_id, email="", name=name, secret=secret)


@dataclass
class Watch:
    """What goes wrong in a window while it is open."""

    page: Page
    site: Site
    who: str = ""
    is_patients: bool = False  # a page of the patient's side, which also has to hold at 400 %
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on(
            "console", lambda said: said.type == "error" and self.faults.append(f"console: {said.text}")
        )
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", lambda asked: self.host(asked.url))

    def host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != urlsplit(self.site.url).netloc:
            self.faults.append(f"asks another host: {url}")

    def look(self, url: str) -> list[str]:
        """Open a page on a phone and on a desk, and tell everything that is wrong with it."""
        if self.is_paper(url) or self.is_list(url):
            return []
        answer = self.page.goto(url)
        status = answer.status if answer is not None else 0
        if status == 405:  # an address for forms alone; the browser tells that in its console
            self.faults.clear()
            return []
        if status != 200:
            return [f"{url}: {status}"]
        # Some addresses lead on to a page that another led to before: it is the same for the same person.
        if self.who and (self.who, self.page.url) in LOOKED_AT:
            return [f"{url}: {fault}" for fault in self.faults]
        LOOKED_AT.add((self.who, self.page.url))
        for width, scheme in VIEWS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.faults += self.shape(width)
            self.faults += violations(self.page, (scheme,))
        if self.is_patients:
            self.faults += self.enlarged()
        return [f"{url}: {fault}" for fault in self.faults]

    def enlarged(self) -> Iterator[str]:
        """What is lost at 400 %, and what moves although no motion was asked for."""
        self.page.set_viewport_size({"width": ENLARGED, "height": 256})
        yield from self.shape(ENLARGED)
        yield from (f"cut off at {ENLARGED}: {one}" for one in self.page.evaluate(CUT_OFF))
        yield from (f"moves: {one}" for one in self.page.evaluate(MOVES, LONGEST_MOTION_S))

    def is_paper(self, url: str) -> bool:
        """Whether the address gives a paper, which then is one; a browser loads that down."""
        return url.rstrip("/").endswith("pdf") and is_pdf(self.page.request.get(url))

    def is_list(self, url: str) -> bool:
        """Whether the address gives a list for other programs, which a browser loads down as well."""
        if not url.endswith(".csv"):
            return False
        answer = self.page.request.get(url)
        is_kept_away = "no-store" in answer.headers.get("cache-control", "")
        return answer.headers.get("content-type", "").startswith("text/csv") and is_kept_away

    def shape(self, width: int) -> Iterator[str]:
        off = self.page.evaluate(OFF_SCREEN)
        if off > 0:
            yield f"{off} px off the screen at {width}"
        yield from (f"one over the other at {width}: {both}" for both in self.page.evaluate(OVER))
        headings = self.page.locator("h1").count()
        if headings != 1:
            yield f"{headings} first headings"
        if not self.page.title().strip() or not self.page.locator("html").get_attribute("lang"):
            yield "no title or no language"


def is_own(address: Address) -> bool:
    return address.page is not None and Right.OWN_CARE in address.page.rights()


def is_public(address: Address) -> bool:
    return address.page is not None and Right.ASK in address.page.rights()


def is_invited(address: Address) -> bool:
    return address.page is not None and Right.SHOW_CODE in address.page.rights()


def is_pdf(answer: APIResponse) -> bool:
    """Whether the address gives a paper, which then is one."""
    if not answer.headers.get("content-type", "").startswith("application/pdf"):
        return False
    return answer.body().startswith(b"%PDF-")


@pytest.mark.parametrize(
    "address", [one for one in pages() if one.name not in NO_PAGE], ids=lambda one: one.name
)
def test_page_is_whole(
    site: Site, world: World, walker: Callable[..., Person], window: Windows, address: Address
) -> None:
    roles = (Role.PATIENT,) if is_own(address) else (Role.INVITED,) if is_invited(address) else STAFF
    who = None if is_public(address) else walker(*roles)
    is_patients = who is None or roles is not STAFF
    watch = Watch(page=window(who), site=site, who=who.name if who else "", is_patients=is_patients)
    # A plan looks different on its way; the other pages are the same for every record.
    fillings = world.fillings() if "plan" in address.names else [world.filling()]

    for url in dict.fromkeys(address.url(filling) for filling in fillings):
        assert watch.look(url) == []


def test_fault_is_found(window: Windows) -> None:
    page = window(None)
    page.set_content("<main><h1>A picture without words</h1><img src='data:,'></main>")

    assert [fault for fault in violations(page, ("dark",)) if "image-alt at img" in fault]


def test_motion_and_what_is_cut_off_are_found(site: Site, window: Windows) -> None:
    page = window(None)
    page.set_content(
        "<style>main {overflow: hidden} p {width: 900px} b {transition: color 1s}</style>"
        "<main><h1>Wide</h1><p>and <b>moving</b></p></main>"
    )

    assert list(Watch(page=page, site=site).enlarged())[-2:] == [
        "cut off at 320: P  and moving",
        "moves: B null",
    ]


@pytest.mark.parametrize("role", STAFF)
def test_home_of_each_role_is_whole(
    site: Site, world: World, walker: Callable[..., Person], window: Windows, role: Role
) -> None:
    watch = Watch(page=window(walker(role)), site=site)

    assert watch.look("/start/") == []


@pytest.mark.parametrize("path", ["login", "code", "password/reset", "2fa", "2fa/totp/activate", "password"])
def test_sign_in_page_is_whole(site: Site, walker: Callable[..., Person], window: Windows, path: str) -> None:
    who = walker(Role.INJECTOR) if path.startswith(("2fa", "password")) and "reset" not in path else None
    watch = Watch(page=window(who), site=site, is_patients=True)

    assert watch.look(f"/account/{path}/") == []


@pytest.mark.parametrize("url", ["/no-such-page/", "/clinic/patients/999999999/"])
def test_page_that_is_not_there_says_so_well(
    site: Site, walker: Callable[..., Person], window: Windows, url: str
) -> None:
    page = window(walker(*STAFF))

    answer = page.goto(url)

    assert answer is not None
    assert answer.status == 404
    assert page.locator("h1").count() == 1
    assert violations(page) == []
