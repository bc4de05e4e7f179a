"""The only door for other rooms: the options that are put in order, and how one of them stands."""

from dataclasses import dataclass

from yui.governance.priorities.models import Option
from yui.governance.priorities.queries.rank_rows import last_round
from yui.governance.priorities.queries.result import result_of
from yui.governance.priorities.queries.sets import sets_for
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

__all__ = ["OptionChoice", "OptionStanding", "option_choices", "option_standing"]


@dataclass(frozen=True)
class OptionChoice:
    """An option by the codes of its set and its own."""

    set_code: str
    code: str
    title: str
    set_title: str


@dataclass(frozen=True)
class OptionStanding:
    """How an option stands in the newest round of its set, under the weights between the wards'.

    Attributes:
        rank: its place from 1; None while scores are missing.
        of: how many options there are.
        first_share: share (0 to 1) of all weights that put it first; None while scores are missing.
        is_illustrative: whether the scores are made up (架空).
        url: the page of the result.
    """

    set_code: str
    code: str
    title: str
    set_title: str
    rank: int | None
    of: int
    first_share: float | None
    is_illustrative: bool
    url: str


def option_choices(actor: Actor) -> tuple[OptionChoice, ...]:
    """Return the options of all sets that the actor may see, joint sets first: one query.

    Where two organisations keep sets of one code, the first of them counts, as in ``option_standing``.
    """
    rows = Option.objects.visible_to(actor).select_related("priority_set__organisation")
    found: dict[tuple[str, str], OptionChoice] = {}
    keeper: dict[str, int] = {}
    for each in sorted(rows, key=lambda row: _before(row.priority_set.organisation)):
        of = each.priority_set
        if keeper.setdefault(of.code, of.pk) == of.pk:
            found[of.code, each.code] = OptionChoice(of.code, each.code, each.title, of.title)
    return tuple(found.values())


def option_standing(actor: Actor, set_code: str, option_code: str) -> OptionStanding | None:
    """Return how an option stands; None where the actor sees no such set, or the set has no such option."""
    sets = sorted(sets_for(actor).filter(code=set_code), key=lambda each: _before(each.organisation))
    if not sets:
        return None
    of = sets[0]
    options = Option.objects.visible_to(actor).filter(priority_set=of)
    own = next((each for each in options if each.code == option_code), None)
    if own is None:
        return None
    result = result_of(actor, last_round(actor, of))
    standing = next((each for each in result.options if each.option.pk == own.pk), None) if result else None
    return OptionStanding(
        set_code=of.code,
        code=own.code,
        title=own.title,
        set_title=of.title,
        rank=standing.rank if standing else None,
        of=len(options),
        first_share=standing.first_share if standing else None,
        is_illustrative=of.is_illustrative,
        url=of.get_absolute_url(),
    )


def _before(organisation: Organisation) -> tuple[bool, int]:
    """Return a key that puts joint bodies before wards, and wards in official order."""
    return organisation.is_ward, organisation.sort_order
