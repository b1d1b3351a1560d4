"""Changing what every paper of the clinic carries."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from masseter.journey.accounts.logo import remade_logo
from masseter.journey.accounts.models import Clinic, Letterhead
from masseter.journey.audit.trail import record
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right


@action(Right.KEEP_LETTERHEAD)
def change_letterhead(
    *,
    by: Actor,
    address: str,
    phone: str,
    email: str = "",
    logo: bytes | None = None,
    removes_logo: bool = False,
) -> Letterhead:
    """Change address, telephone, e-mail and logo as papers carry them; papers kept before stay as they are.

    Raises: Refused, naming the field at fault; for a logo that is no plain SVG or PNG.
    """
    clinic = Clinic.objects.select_for_update().get(pk=by.clinic_id)
    clinic.address, clinic.phone, clinic.email = address.strip(), phone.strip(), email.strip()
    try:
        clinic.full_clean()
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise Refused(sentences[0], field=field) from error
    clinic.save(update_fields=["address", "phone", "email"])
    head, _ = Letterhead.objects.get_or_create(clinic_id=by.clinic_id)
    if logo is not None:
        head.logo = remade_logo(logo)
    elif removes_logo:
        head.logo = ""
    head.changed_by_name = by.name
    head.save(update_fields=["logo", "changed_by_name"])
    told = {
        "address": clinic.address,
        "phone": clinic.phone,
        "email": clinic.email,
        "has_logo": bool(head.logo),
    }
    record(by=by, what="letterhead.changed", on=clinic, data=told)
    return head
