"""What stands on a consent as paper: the very text that was signed, and the signature."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.models import Consent
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition
from masseter.knowledge.translations import LANGUAGES
from masseter.ui.languages.days import day_time_words, day_words
from masseter.ui.languages.lists import listed
from masseter.ui.languages.told import told
from masseter.ui.paper.letterhead import identity, letterhead

WITHOUT_DRAWING = gettext_noop("Signed with the typed name and a tick on the screen.")


def consent_paper(consent: Consent, clinic: Clinic) -> dict[str, object]:
    """The data of the consent's paper."""
    knowledge, patient, zone = load(), consent.patient, ZoneInfo(clinic.zone)
    signed = consent.signed_at.astimezone(zone)
    condition = knowledge.conditions[consent.case.condition]
    title = _("Consent: %(condition)s") % {"condition": _condition_words(condition)}
    product = knowledge.products[consent.product].brand if consent.product else _("decided with the plan")
    use = use_words(consent)
    named = condition.diagnoses
    diagnosis = next(
        (each.name for each in named if each.code == consent.diagnosis), _("any of this condition")
    )
    return {
        **letterhead(
            clinic,
            title,
            _("%(patient)s. Signed on %(day)s.") % {"patient": identity(patient), "day": day_words(signed)},
            version=_("Text version %(version)s, signed %(day)s.")
            % {"version": consent.text_version, "day": _at(signed, zone)},
            mark=_("Withdrawn") if consent.is_withdrawn else "",
        ),
        "facts": [
            [_("Patient"), identity(patient)],
            [_("Product"), product],
            [_("Diagnosis"), diagnosis],
            [_("Use"), use],
            [_("Text version"), consent.text_version],
        ],
        "sections": consent.body,
        "signature": consent.signature,
        "signed_without": _(WITHOUT_DRAWING),
        "told": {"withdrawn": _("Withdrawn"), "signature": _("Signature"), "drawn": _("Drawn signature")},
        "signed": [
            [_("Signed by"), consent.signer_name],
            [_("On"), _at(signed, zone)],
            *_where(consent, zone),
        ],
        "withdrawn": _withdrawal(consent, zone),
    }


def _condition_words(condition: Condition) -> str:
    """The clinic's name of it; in another language the patient's, which is translated."""
    return told(condition.plain_name) if get_language() in LANGUAGES else condition.name


def _at(moment: datetime, zone: ZoneInfo) -> str:
    with timezone.override(zone):
        return day_time_words(moment)


def _where(consent: Consent, zone: ZoneInfo) -> list[list[str]]:
    """Where it was signed; at home also how the person had shown who they are, and the visit's word."""
    if consent.release is None or consent.shown_at is None:
        return [[_("Where"), _("At the clinic")], [_("Taken by"), consent.taken_by_name]]
    confirmed = _("not yet")
    if consent.confirmed_at is not None:
        confirmed = f"{_at(consent.confirmed_at, zone)}, {consent.confirmed_by_name}"
    return [
        [_("Where"), _("At home, after signing in")],
        [_("Shown who they are"), _at(consent.shown_at, zone)],
        [
            _("Talk before"),
            _("%(day)s, released by %(name)s")
            % {"day": day_words(consent.release.talked_on), "name": consent.release.by_name},
        ],
        [_("Confirmed at the visit"), confirmed],
    ]


def use_words(consent: Consent) -> str:
    """What the signed text says of the licence."""
    if consent.licensed and consent.is_off_label:
        brands = listed(load().products[key].brand for key in consent.licensed if key in load().products)
        return _("licensed with %(brands)s, off-label with other products") % {"brands": brands}
    return _("off-label") if consent.is_off_label else _("licensed")


def _withdrawal(consent: Consent, zone: ZoneInfo) -> str:
    if consent.withdrawn_at is None:
        return ""
    return f"{_at(consent.withdrawn_at, zone)}, {consent.withdrawn_by_name}: {consent.withdrawn_reason}"
