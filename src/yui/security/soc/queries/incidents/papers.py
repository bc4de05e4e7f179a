"""The papers of an incident with their rules, states and drafts."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from yui.security.soc.engine.duties import TITLES, DutyCode, DutyFact, Nature, duties_of
from yui.security.soc.models import Duty, DutyState, Incident, PaperDraft
from yui.security.soc.queries.incidents.duty_case import duty_case
from yui.security.soc.queries.incidents.moments import WHY, Standing

OPEN_STATES = frozenset({DutyState.PENDING, DutyState.DRAFTED})


@dataclass(frozen=True)
class PaperRow:
    """One paper as its page shows it; ``basis`` and ``why`` are those of the facts as they stand now."""

    duty: Duty
    title: str
    authority: str
    basis: str
    why: str
    nature: Nature
    still_applies: bool
    is_open: bool
    is_late: bool
    is_near: bool
    drafts: tuple[PaperDraft, ...]


@dataclass(frozen=True)
class NotDue:
    """A paper that the facts do not call for, and why."""

    title: str
    why: str


def paper_rows(incident: Incident, standing: Standing, at: datetime) -> tuple[list[PaperRow], list[NotDue]]:
    """Return the papers that were ever called for, open ones by date first, and those that are not due."""
    language = get_language() or "ja"
    facts = {fact.code: fact for fact in duties_of(duty_case(incident, standing))}
    drafts: dict[int, list[PaperDraft]] = {}
    for draft in PaperDraft.objects.unscoped(WHY).filter(duty__incident=incident).select_related("made_by"):
        drafts.setdefault(draft.duty_id, []).append(draft)
    duties = Duty.objects.unscoped(WHY).filter(incident=incident).select_related("sent_by", "waived_by")
    rows = [
        _row(duty, facts[DutyCode(duty.code)], language, at, tuple(drafts.get(duty.pk, ())))
        for duty in duties
    ]
    last = datetime.max.replace(tzinfo=at.tzinfo)
    rows.sort(key=lambda row: (not row.is_open, row.duty.due_at or last, row.duty.pk))
    known = {row.duty.code for row in rows if row.duty.round == incident.round}
    others = [
        NotDue(TITLES[code].in_language(language), fact.why.in_language(language))
        for code, fact in facts.items()
        if code not in known
    ]
    return rows, others


def _row(duty: Duty, fact: DutyFact, language: str, at: datetime, drafts: tuple[PaperDraft, ...]) -> PaperRow:
    is_open = duty.state in OPEN_STATES
    return PaperRow(
        duty=duty,
        title=fact.title.in_language(language),
        authority=fact.authority.in_language(language),
        basis=fact.basis.in_language(language),
        why=fact.why.in_language(language),
        nature=fact.nature,
        still_applies=fact.applies,
        is_open=is_open,
        is_late=is_open and duty.due_at is not None and duty.due_at <= at,
        is_near=is_open and fact.warn_at is not None and fact.warn_at <= at,
        drafts=drafts,
    )


def title_of(code: str) -> str:
    """Return what a paper is called, in the reader's language."""
    return TITLES[DutyCode(code)].in_language(get_language() or "ja")
