"""Notifications: sealed by the standard, sent once to each device, and a device that is gone forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import LazySettings

from masseter.journey.accounts.languages import keep_language
from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.messaging import handing
from masseter.journey.messaging.actions.choosing import choose_channels
from masseter.journey.messaging.actions.devices import turn_off_device, turn_on_device
from masseter.journey.messaging.devices import devices_of, label_of
from masseter.journey.messaging.handing import MOST_PUSHES, hand_over_due
from masseter.journey.messaging.models import Channel, Device, HandOver, Message
from masseter.journey.messaging.providers.push import PushProvider
from masseter.journey.messaging.push.encrypt import encrypt
from masseter.journey.messaging.push.endpoints import NoPushService, check_endpoint
from masseter.journey.messaging.push.vapid import public_key
from masseter.journey.people.models import Patient
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient, make_portal_patient
from tests.journey.messaging.test_handing import NOON, Died, Told, written
from tests.push_service import Browser, PushService, coded, plain, push_service

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"
)


@pytest.fixture(scope="module")
def running() -> Iterator[PushService]:
    with push_service() as service:
        yield service


@pytest.fixture
def service(running: PushService, settings: LazySettings) -> PushService:
    settings.PUSH_TEST_SERVICE = running.address
    running.key = plain(public_key())
    running.strangers.clear()
    return running


@pytest.fixture
def patient(actor: ActorMaker) -> Patient:
    return make_portal_patient(actor(Role.FRONT_DESK))


def turned_on(patient: Patient, browser: Browser) -> Device:
    by = actor_of_patient(patient)
    return turn_on_device(by=by, patient=patient, label=label_of(IPHONE), **browser.given)


def send(clinic: Clinic, mail: Told, *, minutes: int = 0) -> int:
    """One pass of a worker that has mail and notifications."""
    carried = {Channel.EMAIL: mail, Channel.PUSH: PushProvider()}
    with clock.travel(NOON + timedelta(minutes=minutes)):
        return hand_over_due(clinic, carried, lambda by, message: "")


def state(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.channel


def test_seals_as_the_standards_own_example_does() -> None:
    """RFC 8291, 5: the same keys and salt give the same bytes."""
    private = plain("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
    sealed = encrypt(
        b"When I grow up, I want to be a watermelon",
        plain("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        plain("BTBZMqHH6r4Tts7J_aSIgg"),
        passing=ec.derive_private_key(int.from_bytes(private), ec.SECP256R1()),
        salt=plain("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert coded(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w"
        "EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_each_device_gets_one_and_no_mail_goes(
    clinic: Clinic, patient: Patient, service: PushService
) -> None:
    phone, desk = service.browser("phone"), service.browser("desk")
    assert patient.user is not None
    turned_on(patient, phone), turned_on(patient, desk)
    message, mail = written(clinic, patient, language="ar"), Told()

    assert (send(clinic, mail), send(clinic, mail)) == (1, 0)

    assert (service.strangers, mail.taken) == ([], [])
    assert state(message) == ("handed", "push")
    assert [len(phone.shown), len(desk.shown)] == [1, 1]
    told = phone.shown[0]
    assert (told["title"], told["url"]) == (clinic.name, f"/my/messages/{message.pk}/")
    assert (told["lang"], told["dir"], told["tag"]) == ("ar", "rtl", message.provider_key)
    assert "There is something" not in told["body"], "the words are the person's"
    assert HandOver.objects.filter(message=message, outcome="accepted").count() == 2


def test_worker_that_dies_between_two_devices_goes_on_with_the_other(
    clinic: Clinic, patient: Patient, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is not asked again; the second gets the same mark, under which a device shows one alone."""
    browsers = [service.browser("first"), service.browser("second")]
    for one in browsers:
        turned_on(patient, one)
    message, mail, kept = written(clinic, patient), Told(), handing._journal
    ended: list[str] = []

    def die_at_the_second(*args: object) -> None:
        ended.append("one")
        if len(ended) == 2:
            raise Died
        kept(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(handing, "_journal", die_at_the_second)
        with pytest.raises(Died):
            send(clinic, mail)
    assert state(message) == ("waiting", "push")
    send(clinic, mail)

    assert state(message) == ("handed", "push")
    assert [len(one.shown) for one in browsers] == [1, 2]
    assert len(set(browsers[1].tags)) == 1
    assert {one["tag"] for one in browsers[1].shown} == {message.provider_key}


@pytest.mark.parametrize("status", [404, 410])
def test_device_that_is_gone_is_forgotten_and_mail_takes_its_place(
    clinic: Clinic, patient: Patient, service: PushService, status: int
) -> None:
    device = turned_on(patient, service.browser("gone", status))
    message, mail = written(clinic, patient), Told()

    send(clinic, mail)

    assert state(message) == ("handed", "email")
    assert mail.keys == [message.provider_key]
    device.refresh_from_db()
    assert (devices_of(patient), bytes(device.sealed)) == ([], b"")
    assert str(status) in device.ended_reason


@pytest.mark.parametrize("status", [429, 500])
def test_service_that_is_busy_is_asked_again_and_then_mail_goes(
    clinic: Clinic, patient: Patient, service: PushService, status: int
) -> None:
    browser = service.browser("busy", status)
    turned_on(patient, browser)
    first, mail = written(clinic, patient, about="first"), Told()
    send(clinic, mail)
    assert state(first) == ("waiting", "push")
    send(clinic, mail, minutes=5)
    assert (state(first), len(browser.shown)) == (("handed", "push"), 1)

    browser.answers = [status] * MOST_PUSHES
    second = written(clinic, patient, about="second")
    for minutes in (10, 20, 30):
        send(clinic, mail, minutes=minutes)

    assert (state(second), mail.keys) == (("handed", "email"), [second.provider_key])


def test_desk_is_told_where_no_device_and_nothing_else_takes_it(
    clinic: Clinic, patient: Patient, service: PushService
) -> None:
    turned_on(patient, service.browser("odd", 400))
    choose_channels(by=actor_of_patient(patient), patient=patient, email=False, text=False)
    message, mail = written(clinic, patient), Told()

    send(clinic, mail)

    assert (state(message), mail.taken) == (("failed", "push"), [])
    assert "HTTP 400" in message.reason


def test_who_wishes_none_gets_none_and_the_order_is_the_patients(
    clinic: Clinic, patient: Patient, service: PushService
) -> None:
    browser, mail, by = service.browser("phone"), Told(), actor_of_patient(patient)
    turned_on(patient, browser)
    choose_channels(by=by, patient=patient, email=True, text=True, push=True, first="email")
    by_mail = written(clinic, patient, about="mail")
    send(clinic, mail)
    choose_channels(by=by, patient=patient, email=False, text=True, push=False)
    nothing = written(clinic, patient, about="nothing")
    send(clinic, mail)

    assert state(by_mail) == ("handed", "email")
    assert (state(nothing)[0], browser.shown) == ("withdrawn", [])
    with pytest.raises(Refused, match="switched on"):
        choose_channels(by=by, patient=patient, email=False, text=True, first="email")


def test_notifications_speak_the_persons_language_and_say_nothing_of_the_cause(
    clinic: Clinic, patient: Patient, service: PushService
) -> None:
    browser = service.browser("phone")
    turned_on(patient, browser)
    assert patient.user is not None
    keep_language(patient.user, "de")
    for kind in ("visit", "diary", "consent"):
        written(clinic, patient, kind=kind, about=kind, language="de", starts_at=NOON)

    send(clinic, Told())

    assert len(browser.shown) == 3
    assert len({(one["title"], one["body"]) for one in browser.shown}) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest/",
        "https://2130706433/x",
        "https://localhost/x",
        "https://evil.example/fcm.googleapis.com",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilpush.apple.com/x",
        "https://push.apple.com.evil.example/x",
        "https://fcm.googleapis.com/\r\nHost: inside",
        "https://ｆcm.googleapis.com/x",
        "file:///etc/passwd",
        "//fcm.googleapis.com/x",
        "",
        "https://web.push.apple.com/" + "a" * 1000,
    ],
)
def test_no_address_but_a_push_services_is_written_to(url: str) -> None:
    with pytest.raises(NoPushService):
        check_endpoint(url)


@pytest.mark.parametrize("host", ["fcm.googleapis.com", "web.push.apple.com", "wns2-am3p.notify.windows.com"])
def test_the_services_of_the_browsers_are_written_to(host: str) -> None:
    check_endpoint(f"https://{host}/wpush/v2/abc")
    check_endpoint(f"https://{host}:443/wpush/v2/abc")


def test_device_is_the_persons_own_and_bad_keys_are_refused(
    clinic: Clinic, actor: ActorMaker, patient: Patient, service: PushService
) -> None:
    other = make_portal_patient(actor(Role.FRONT_DESK), "other@patients.example")
    browser = service.browser("shared")
    first = turned_on(patient, browser)
    again = turned_on(patient, browser)
    assert (devices_of(patient), first.pk == again.pk) == ([again], False)

    theirs: Actor = actor_of_patient(other)
    with pytest.raises(NotHere):
        turn_off_device(by=theirs, device=again)
    turned_on(other, browser)
    assert devices_of(patient) == [], "a browser belongs to whoever turned it on last"
    given = browser.given
    for wrong in (
        {"point": coded(b"\x04" + bytes(64))},
        {"secret": "AAAA"},
        {"point": "é"},
        {"endpoint": "x"},
    ):
        with pytest.raises(Refused):
            turn_on_device(by=theirs, patient=other, label="x", **{**given, **wrong})
    turn_off_device(by=theirs, device=devices_of(other)[0])
    assert not Device.objects.exclude(sealed=b"").exists()


def test_new_keys_of_the_installation_leave_old_devices_out(
    clinic: Clinic, patient: Patient, service: PushService, settings: LazySettings
) -> None:
    browser = service.browser("phone")
    turned_on(patient, browser)
    settings.PUSH_KEY = "another"
    message, mail = written(clinic, patient), Told()

    send(clinic, mail)

    assert (state(message), browser.shown) == (("handed", "email"), [])


def test_browser_has_a_name_that_people_know() -> None:
    assert label_of(IPHONE) == "Safari, iPhone"
    assert label_of("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36") == "Chrome, Android"
    assert label_of("<script>") == "Browser"
