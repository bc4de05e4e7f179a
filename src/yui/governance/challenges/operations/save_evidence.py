"""Put evidence behind a challenge or an initiative, change it, or take it away."""

from dataclasses import asdict

from yui.governance.challenges.areas import is_area
from yui.governance.challenges.errors import (
    OtherKeeper,
    TooMuchEvidence,
    UnknownArea,
    UnknownSeriesCode,
)
from yui.governance.challenges.facts import MOST_EVIDENCE, EvidenceFacts
from yui.governance.challenges.models import Challenge, ChallengeEvidence, Initiative, InitiativeEvidence
from yui.governance.challenges.operations.records import Record, locked, urn_of
from yui.governance.statistics.public import SeriesUnknown, read_series
from yui.kernel.operations import field_values, operation, record, record_nothing
from yui.kernel.operations.saving import changes_to, save_values
from yui.kernel.policy import Actor, Verb, require

Evidence = ChallengeEvidence | InitiativeEvidence


@operation("challenges.evidence.save")
def save_evidence(
    actor: Actor, *, of: Record, facts: EvidenceFacts, evidence: Evidence | None = None
) -> Evidence:
    """Add evidence to a challenge or an initiative, or change the one given.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation that keeps the record.
        OtherKeeper: when the evidence belongs to another record.
        UnknownSeriesCode, UnknownArea: when it names a series or an area that does not exist.
        TooMuchEvidence: beyond ``MOST_EVIDENCE``.
        ValidationError: naming each fact that breaks a rule.
    """
    require(actor, Verb.EDIT, of.organisation)
    record_ = locked(of)
    if evidence is not None and _owner(evidence) != record_:
        raise OtherKeeper
    stored = evidence or _fresh(record_)
    values = asdict(facts)
    changes = changes_to(stored, values)
    if not changes:
        record_nothing("the evidence is as it was")
        return stored
    _demand_figures(actor, facts)
    save_values(stored, values)
    record(
        record_.organisation,
        subject=urn_of(record_),
        summary=f"「{record_.title}」の根拠「{stored.title}」を保存しました。",
        changes=changes,
        visibility=record_.visibility,
    )
    return stored


@operation("challenges.evidence.remove")
def remove_evidence(actor: Actor, *, evidence: Evidence) -> None:
    """Take a piece of evidence away; the ledger keeps what it said.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation that keeps its record.
    """
    record_ = _owner(evidence)
    require(actor, Verb.EDIT, record_.organisation)
    said = field_values(evidence, list(EvidenceFacts.__dataclass_fields__))
    evidence.delete()
    record(
        record_.organisation,
        subject=urn_of(record_),
        summary=f"「{record_.title}」の根拠「{said['title']}」を消しました。",
        changes={name: [value, None] for name, value in said.items() if value},
        visibility=record_.visibility,
    )


def _owner(evidence: Evidence) -> Challenge | Initiative:
    """Return what the evidence stands behind."""
    return evidence.challenge if isinstance(evidence, ChallengeEvidence) else evidence.initiative


def _fresh(record_: Record) -> Evidence:
    """Return new evidence of a record, where there is room for more."""
    if record_.evidence.owned_by(record_.organisation).count() >= MOST_EVIDENCE:
        raise TooMuchEvidence(MOST_EVIDENCE)
    if isinstance(record_, Challenge):
        return ChallengeEvidence(challenge=record_)
    return InitiativeEvidence(initiative=record_)


def _demand_figures(actor: Actor, facts: EvidenceFacts) -> None:
    """Refuse a series or an area that does not exist."""
    if facts.series_code:
        try:
            read_series(actor, facts.series_code)
        except SeriesUnknown:
            raise UnknownSeriesCode(facts.series_code) from None
    if facts.area_code and not is_area(facts.area_code):
        raise UnknownArea(facts.area_code)
