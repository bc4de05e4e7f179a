"""The state of the watch as figures, words and the map of the wards."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yui.kernel.charts.engine.tiles import LEVELS, Tile, TileMap
from yui.security.soc.models import Level
from yui.security.soc.queries.overview.state import GOAL, IncidentClock, WardState, WatchState
from yui.security.soc.views.alerts.drawing import SIGNS, clock, span

HOURS = 3_600


def hours(length: timedelta) -> str:
    """Return a length of time as hours and minutes, as a clock on a wall shows it: 26:05."""
    seconds = max(0, int(length.total_seconds()))
    return f"{seconds // HOURS:d}:{seconds % HOURS // 60:02d}"


def address(name: str) -> str:
    """Return the address called ``name``, or nothing where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def clock_facts(each: IncidentClock) -> dict[str, Any]:
    """Return what a page shows of an incident's clock."""
    return {
        "incident": each.incident,
        "taken": hours(each.taken),
        "contained": each.contained,
        "late": each.is_late,
        "share": min(100, round(100 * each.taken / GOAL)),
        "duty": each.next_duty,
        "due": clock(each.next_duty.due_at) if each.next_duty and each.next_duty.due_at else "",
    }


def level_counts(state: WatchState) -> list[dict[str, Any]]:
    """Return how many groups are open at each level, the heaviest first."""
    queue = reverse("soc:alerts")
    return [
        {
            "level": level.value,
            "sign": SIGNS[level],
            "word": level.label,
            "count": counted(count),
            "url": f"{queue}?level={level.value}",
        }
        for level, count in state.open_by_level
    ]


def counted(number: int) -> str:
    """Return a number that was counted to 1,000 only."""
    return "1,000+" if number > 1_000 else f"{number:,}"


def map_of(state: WatchState) -> TileMap:
    """Return the wards with their open groups; the heaviest open level gives the colour."""
    queue = reverse("soc:alerts")
    return TileMap(
        title=_("区ごとの未完了の検知"),
        finding=_finding(state.wards),
        unit=_("件"),
        tiles=tuple(_tile(each, f"{queue}?ward={each.ward.code}") for each in state.wards),
        value_label=_("未完了(うち高・重大)"),
        level_texts=tuple(str(level.label) for level in Level),
    )


def _tile(each: WardState, url: str) -> Tile:
    text = f"{each.open:,} ({each.grave:,})" if each.grave else f"{each.open:,}"
    heaviest = None if each.heaviest is None else min(int(each.heaviest), LEVELS - 1)
    return Tile(
        each.ward.code,
        each.ward.name,
        text,
        heaviest if heaviest is not None else 0,
        url=url,
    )


def _finding(wards: tuple[WardState, ...]) -> str:
    grave = [each for each in wards if each.grave]
    if not wards:
        return _("監視している区がありません。")
    if not grave:
        return _("高・重大の検知が残っている区はありません。")
    most = max(grave, key=lambda each: (each.grave, -each.ward.sort_order))
    return ngettext(
        "高・重大の検知が残っているのは%(count)s区で、最も多いのは%(ward)s(%(number)s件)です。",
        "高・重大の検知が残っているのは%(count)s区で、最も多いのは%(ward)s(%(number)s件)です。",
        len(grave),
    ) % {"count": len(grave), "ward": most.ward.name, "number": f"{most.grave:,}"}


def waited(state: WatchState) -> str:
    """Return how long the oldest alert waits that nobody took; empty where none does."""
    return span(state.at - state.oldest.detected_at) if state.oldest else ""


def silent_for(state: WatchState) -> list[dict[str, Any]]:
    """Return the silent senders with how long they have been silent."""
    return [
        {"sender": sender, "silent": span(state.at - _heard(sender.last_seen_at, state.at))}
        for sender in state.silent
    ]


def _heard(moment: datetime | None, otherwise: datetime) -> datetime:
    return moment or otherwise
