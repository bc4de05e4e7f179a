"""Freeze how many proposals a ward had in the baseline year."""

from yui.kernel.calendar_jp import FiscalYear, now, today
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.people.practices.models import BaselineSource, Proposal, ProposalBaseline, ProposalKind
from yui.people.practices.operations.proposals.errors import (
    BaselineFrozen,
    NothingToCount,
    SourceNeeded,
    YearNotClosed,
)

DEFINITION = "受付番号が付いた提案の数。取下げと、ほかの提案に統合したものは数えない。"


@operation("practices.baseline.freeze")
def freeze_baseline(
    actor: Actor,
    *,
    ward: Organisation,
    kind: str,
    fiscal_year: FiscalYear,
    count: int | None = None,
    source_note: str = "",
    definition: str = "",
) -> ProposalBaseline:
    """Freeze the ward's number of proposals of one kind in a closed fiscal year.

    Without a ``count`` it is counted from the ward's records of that year; a stated one carries its source
    and is marked 申告. A figure that stands is replaced only by one with a new definition, as the next
    version.

    Args:
        definition: what counts, where it is not the usual definition; it makes a new version.

    Raises:
        PermissionRefused: when the actor does not administer the ward.
        YearNotClosed: when the fiscal year is not over.
        NothingToCount: when the ward has no record of the year.
        SourceNeeded: for a stated figure without a source.
        BaselineFrozen: when there is one already and no new definition is given.
    """
    require(actor, Verb.ADMINISTER, ward)
    if fiscal_year.end >= today():
        raise YearNotClosed(fiscal_year.label)
    version = _next_version(ward, kind, definition.strip())
    if count is None:
        counted, source = _count(ward, kind, fiscal_year), BaselineSource.COUNTED
    elif source_note.strip():
        counted, source = count, BaselineSource.STATED
    else:
        raise SourceNeeded
    baseline = ProposalBaseline(
        organisation=ward,
        visibility=Visibility.WARDS,
        fiscal_year=fiscal_year.year,
        kind=kind,
        version=version,
        definition=definition.strip() or DEFINITION,
        count=counted,
        source=source,
        source_note=source_note.strip(),
        frozen_at=now(),
        frozen_by_id=actor.user_id,
    )
    save_checked(baseline)
    record(
        ward,
        subject=urn("practices.baseline", baseline.pk),
        summary=f"提案件数の基準値({baseline.get_kind_display()}、{fiscal_year.year}年度)を固定しました。",
        data={"count": counted, "source": source.value, "version": version, "note": source_note},
        visibility=Visibility.WARDS,
    )
    return baseline


def _next_version(ward: Organisation, kind: str, definition: str) -> int:
    """Return the version of a new figure; the ward's row is locked, so that versions follow each other."""
    Organisation.objects.select_for_update(no_key=True).get(pk=ward.pk)
    newest = ProposalBaseline.objects.owned_by(ward).filter(kind=kind).order_by("-version").first()
    if newest is None:
        return 1
    if not definition or definition == newest.definition:
        raise BaselineFrozen(str(ProposalKind(kind).label), newest.version)
    return int(newest.version) + 1


def _count(ward: Organisation, kind: str, fiscal_year: FiscalYear) -> int:
    """Return the number on record; none at all is no figure but an absence of records."""
    records = Proposal.objects.owned_by(ward).filter(fiscal_year=fiscal_year.year, kind=kind)
    found: int = records.counted().count()
    if not found:
        raise NothingToCount(fiscal_year.label)
    return found
