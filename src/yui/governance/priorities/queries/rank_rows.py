"""A result as programs read it: for the API and ``yui priorities rank``."""

from typing import Any

from yui.governance.priorities.models import PrioritySet, Round
from yui.governance.priorities.queries.result import Result, result_of
from yui.kernel.policy import Actor


def last_round(actor: Actor, priority_set: PrioritySet) -> Round:
    """Return the newest round of a set."""
    found: Round = Round.objects.visible_to(actor).filter(priority_set=priority_set).latest("number")
    found.priority_set = priority_set
    return found


def rank_rows(actor: Actor, priority_set: PrioritySet) -> dict[str, Any]:
    """Return the newest round's result; without options while scores are missing."""
    round_ = last_round(actor, priority_set)
    found = result_of(actor, round_)
    head = {
        "set": priority_set.code,
        "title": priority_set.title,
        "state": priority_set.state,
        "round": round_.number,
        "is_illustrative": priority_set.is_illustrative,
    }
    empty: dict[str, Any] = {
        "weights": {},
        "options": [],
        "order_share": None,
        "flips": [],
        "kendall_w": None,
        "draws": 0,
    }
    return head | (_figures(found) if found else empty)


def _figures(found: Result) -> dict[str, Any]:
    codes = [each.code for each in found.table.criteria]
    first = found.first.option.code
    return {
        "weights": dict(zip(codes, found.weights, strict=True)),
        "options": [
            {
                "code": each.option.code,
                "title": each.option.title,
                "score": each.value,
                "rank": each.rank,
                "acceptability": list(each.acceptability),
            }
            for each in found.options
        ],
        "order_share": found.order_share,
        "flips": [
            {
                "first": first,
                "rival": option.code,
                "change": flip.change,
                "weights": dict(zip(codes, flip.weights, strict=True)),
            }
            for option, flip in found.flips
        ],
        "kendall_w": found.agreement,
        "draws": found.draws,
    }
