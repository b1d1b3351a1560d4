"""What a person does at home with a released consent: read each risk, and sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from masseter.core.consult.at_home import ReleaseState, is_adult, is_fresh, risk_parts, unread_parts
from masseter.core.consult.consent import ConsentText, Section, version_of
from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Consent, ConsentRelease, PartRead
from masseter.journey.consult.releases import has_open_question, parts_read, standing_of, text_of
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right


@action(Right.OWN_CARE)
def read_part(*, by: Actor, release: ConsentRelease, title: str) -> None:
    """Note that the person opened a part that tells of risks and says to have read it; once for each.

    Raises: NotHere for a part that there is not; Refused where the release cannot be signed any more.
    """
    text = _open_text(by, release)
    if title not in risk_parts(text):
        raise NotHere("There is no such part.")
    PartRead.objects.get_or_create(
        clinic_id=by.clinic_id,
        release=release,
        title=title,
        defaults={"patient_id": release.patient_id, "read_at": clock.now()},
    )
    record(by=by, what="consent.part_read", on=release, data={"part": title})


@action(Right.OWN_CARE)
def sign_at_home(
    *,
    by: Actor,
    release: ConsentRelease,
    signer_name: str,
    shown: Sequence[Section],
    shown_version: str,
    shown_at: datetime | None,
    signature: str = "",
    has_read: bool = True,
    language: str = "en",
) -> Consent:
    """Sign a released consent at home, in the words that were shown.

    `shown` are the parts of the released text in the reader's language, `shown_version` their hash as the
    page was opened; `shown_at` is when the person last showed by a sign-in who they are.
    Raises: Refused where the release does not hold, a risk was not opened, a question is open, the sign-in
    is not fresh, the text has changed since, or nobody signs.
    """
    rows = ConsentRelease.objects.select_for_update(of=("self",)).select_related("case", "patient")
    locked = rows.get(pk=release.pk)
    text = _open_text(by, locked)
    _check_signing(by, locked, text, shown_at)
    if version_of(shown) != shown_version:
        raise Refused(_("The text has changed since this page was opened. Read it again before signing."))
    if not signer_name.strip():
        raise Refused(_("Enter your full name."), field="signer_name")
    if not has_read:
        raise Refused(_("Tick the box to say that you read the text and agree."), field="has_read")
    signed = _Signed(
        signer_name=signer_name.strip(),
        signature=signature,
        shown=tuple(shown),
        shown_at=shown_at,
        language=language,
    )
    return _keep(by, locked, text, signed)


@dataclass(frozen=True, kw_only=True)
class _Signed:
    """What was signed, and by whom."""

    signer_name: str
    signature: str
    shown: tuple[Section, ...]
    shown_at: datetime | None
    language: str


def _check_signing(by: Actor, release: ConsentRelease, text: ConsentText, shown_at: datetime | None) -> None:
    """Raises: Refused where somebody may not sign now, whatever was typed."""
    is_old_enough = is_adult(release.patient.birth_date, clock.today(by.zone))
    if by.patient_id != release.patient_id or not is_old_enough:
        raise Refused(_("Only an adult signs here, and only for themselves. Please sign at the clinic."))
    if unread_parts(text, parts_read(release)):
        raise Refused(_("Open each part about risks first."))
    if has_open_question(release.case):
        raise Refused(_("You asked something. Wait for the answer before you sign."))
    if not is_fresh(shown_at, clock.now()):
        raise Refused(_("Show once more that it is you: we send you a code."))


def _keep(by: Actor, release: ConsentRelease, text: ConsentText, signed: _Signed) -> Consent:
    """Write the consent and its event."""
    consent = Consent.objects.create(
        clinic_id=by.clinic_id,
        case=release.case,
        patient_id=release.patient_id,
        text_version=text.version,
        is_off_label=text.is_off_label,
        language=signed.language,
        product=release.product,
        diagnosis=release.diagnosis,
        licensed=list(text.licensed),
        body=[asdict(section) for section in signed.shown],
        signer_name=signed.signer_name,
        signature=signed.signature,
        signed_at=clock.now(),
        taken_by_name=release.by_name,
        release=release,
        shown_at=signed.shown_at,
    )
    data = {"text_version": text.version, "release": release.pk, "language": signed.language}
    data |= {"is_off_label": text.is_off_label, "product": release.product, "diagnosis": release.diagnosis}
    record(by=by, what="consent.signed_at_home", on=consent, data=data)
    return consent


def _open_text(by: Actor, release: ConsentRelease) -> ConsentText:
    """The text of a release that can still be signed.

    Raises: Refused.
    """
    text = text_of(by, release)
    if text is None or standing_of(by, release, text) is not ReleaseState.OPEN:
        raise Refused(_("This consent cannot be signed at home any more. Your clinic can tell you why."))
    return text
