"""The claim of a treatment in words, for page, paper and table."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal

from masseter.clinic.inject.record import day_words
from masseter.clinic.plan.words import plain
from masseter.clinic.stock.presenters import size_name
from masseter.core.inject.claims import (
    Claim,
    LineChange,
    VialShare,
    claim_changes,
    claim_rules,
    make_claim,
    procedure_notes,
)
from masseter.core.plan.lookup import find_diagnosis
from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment, VialUse
from masseter.journey.inject.queries import elsewhere_of_vials
from masseter.knowledge.load import load
from masseter.knowledge.model import BillingNote, Code, Jurisdiction, Sureness
from masseter.ui.paper.letterhead import identity, letterhead

SURE: dict[Sureness, str] = {
    "verified": "read at the source",
    "from_memory": "from memory: confirm with the payer",
    "design": "our choice",
}
NO_CODE = "No billing code is known for this product here. Ask the payer; none is guessed."
NO_PLACE = "No billing codes are on record for this clinic's place. The units of each vial are below."
NO_PROCEDURE = "No code of the procedure is known for this treatment. Ask the payer; none is guessed."


@dataclass(frozen=True, kw_only=True)
class ShareRow:
    """One vial: its label, what was given and discarded here, what was not."""

    name: str
    size: str
    expiry: str
    label: str
    given: str
    discarded: str
    not_here: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """One line of the claim."""

    code: str
    modifier: str
    billing_units: str
    units: str
    words: str


@dataclass(frozen=True, kw_only=True)
class NoteRow:
    """One thing that the curated table says, and how sure it is."""

    title: str
    text: str
    sure: str


@dataclass(frozen=True, kw_only=True)
class ClaimWords:
    """Everything that the billing papers of a treatment say."""

    day: str
    product: str
    unit_label: str
    code: str
    code_sure: str
    lines: list[LineRow]
    no_code: str
    unbilled: str
    shares: list[ShareRow]
    sums: dict[str, str]
    changes: list[LineChange]
    procedures: list[NoteRow]
    no_procedure: str
    diagnoses: list[NoteRow]
    rules: list[NoteRow]
    is_us: bool


def claim_of(treatment: Treatment, jurisdiction: Jurisdiction) -> Claim:
    """The claim of a treatment by its record."""
    shares = [
        VialShare(
            vial=str(use.vial),
            label_units=use.vial.label_units,
            given=use.given_units,
            discarded=use.discarded_units,
        )
        for use in treatment.vial_uses.all()
    ]
    return make_claim(treatment.product, shares, knowledge=load(), jurisdiction=jurisdiction)


def claim_words(by: Actor, treatment: Treatment, before: Treatment | None) -> ClaimWords:
    """The claim in words. `before` is the version that the newest one corrected."""
    known, here = load(), by.jurisdiction
    product, claim = known.products[treatment.product], claim_of(treatment, here)
    code, sites = claim.code, {row.site for row in treatment.points.all()}
    elsewhere = elsewhere_of_vials(by, treatment) if claim.not_here else {}
    has_codes = any(each.jurisdiction == here for each in known.billing)
    procedures = procedure_notes(treatment.case.condition, sites, knowledge=known, jurisdiction=here)
    return ClaimWords(
        day=day_words(treatment.given_at, by.zone),
        product=product.brand,
        unit_label=product.unit_label,
        code=f"{code.system} {code.code}: {_each(code.units, product.unit_label)}" if code else "",
        code_sure=SURE[code.evidence.sure] if code else "",
        lines=_lines(claim),
        no_code="" if code else NO_CODE if has_codes else NO_PLACE,
        unbilled=_unbilled(claim, product.unit_label),
        shares=[_share(use, elsewhere.get(use.vial_id)) for use in treatment.vial_uses.all()],
        sums={
            "label": plain(claim.label_units),
            "given": plain(claim.given),
            "discarded": plain(claim.discarded),
            "not_here": plain(claim.not_here),
        },
        changes=list(claim_changes(claim_of(before, here), claim)) if before else [],
        procedures=[_note(note) for note in procedures],
        no_procedure="" if procedures or not has_codes else NO_PROCEDURE,
        diagnoses=_diagnoses(treatment, here),
        rules=[_note(note) for note in claim_rules(known, here)],
        is_us=has_codes,
    )


def _each(units: Decimal, label: str) -> str:
    """How much toxin one billing unit is."""
    return f"{plain(units)} {label if units != 1 else label.replace('units', 'unit', 1)} each"


def _lines(claim: Claim) -> list[LineRow]:
    words = {"": "given", "JZ": "given, nothing discarded", "JW": "discarded"}
    return [
        LineRow(
            code=line.code,
            modifier=line.modifier,
            billing_units=str(line.billing_units),
            units=plain(line.units),
            words=words[line.modifier],
        )
        for line in claim.lines
    ]


def _unbilled(claim: Claim, unit_label: str) -> str:
    if claim.code is None or not claim.unbilled:
        return ""
    if claim.unbilled > 0:
        return f"{plain(claim.unbilled)} {unit_label} are less than what can be billed and stand on no line."
    return (
        f"Rounding up bills {plain(-claim.unbilled)} {unit_label} more than was drawn for this treatment: "
        "others drew from the same vial. Confirm with the payer."
    )


def _share(use: VialUse, elsewhere: Decimal | None) -> ShareRow:
    vial = use.vial
    not_here = vial.label_units - use.given_units - use.discarded_units
    remarks = []
    if elsewhere:
        remarks.append(f"{plain(elsewhere)} in another treatment")
    if not_here - (elsewhere or 0) > 0:
        remarks.append(f"{plain(not_here - (elsewhere or 0))} not drawn in any treatment")
    return ShareRow(
        name=str(vial),
        size=size_name(vial.lot.product, vial.lot.presentation),
        expiry=f"{vial.lot.expires_on:%-d %b %Y}",
        label=plain(vial.label_units),
        given=plain(use.given_units),
        discarded=plain(use.discarded_units),
        not_here=plain(not_here),
        remark=", ".join(remarks),
    )


def _note(note: BillingNote) -> NoteRow:
    return NoteRow(title=note.title, text=note.text, sure=SURE[note.evidence.sure])


def _diagnoses(treatment: Treatment, here: Jurisdiction) -> list[NoteRow]:
    """The codes of the plan's diagnosis in the place's own system."""
    condition = load().conditions[treatment.case.condition]
    made = find_diagnosis(condition, treatment.plan.diagnosis)
    codes: tuple[Code, ...] = made.codes if made else ()
    system = "ICD-10-CM" if here == "US" else "ICD-10"
    return [
        NoteRow(title=f"{each.system} {each.code}", text=each.display, sure=SURE[each.evidence.sure])
        for each in codes
        if each.system == system
    ]


def claim_paper(told: ClaimWords, treatment: Treatment, clinic: Clinic, versions: int) -> dict[str, object]:
    """The data of the billing paper."""
    patient = treatment.case.patient
    version = f"From version {versions} of the record, signed by {treatment.signed_by_name}."
    foot = f"{identity(patient)}. Treatment of {told.day}."
    return {
        **letterhead(clinic, "Billing of a treatment", foot, version=version),
        **asdict(told),
        "facts": [
            ["Patient", identity(patient)],
            ["Treatment", told.day],
            ["Given by", treatment.injector_name],
            ["Product", told.product],
            *([["Code", f"{told.code} ({told.code_sure})"]] if told.code else []),
        ],
    }
