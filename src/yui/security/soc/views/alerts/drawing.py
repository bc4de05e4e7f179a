"""How groups look in lists: one line of words for each, worked out here because templates cost more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import now
from yui.security.soc.models import AlertGroup, AlertState, Level

SIGNS = {Level.CRITICAL: "▲", Level.HIGH: "◆", Level.MEDIUM: "●", Level.LOW: "○", Level.INFORMATIONAL: "・"}
"""Levels are told apart by shape and word, not by colour alone."""


@dataclass(frozen=True)
class GroupRow:
    """A group as a list shows it."""

    key: int
    url: str
    current: bool
    title: str
    level: int
    sign: str
    level_word: str
    ward: str
    where: str
    count: str
    held: str
    seen: str
    state: str
    state_word: str
    waits: str
    confidentiality: int | None


def row_of(
    group: AlertGroup,
    *,
    url: str,
    current: bool = False,
    moment: datetime | None = None,
    words: "ChoiceWords | None" = None,
) -> GroupRow:
    """Return a group, read with its ward and assignee, as a list shows it."""
    words = words or ChoiceWords.here()
    waiting = group.state == AlertState.NEW
    return GroupRow(
        key=group.pk,
        url=url,
        current=current,
        title=group.title,
        level=group.level,
        sign=SIGNS[Level(group.level)],
        level_word=words.levels[group.level],
        ward=group.organisation.name,
        where="・".join(filter(None, (group.host, group.user))),
        count=f"{group.count:,}",
        held=f"{group.held:,}" if group.held else "",
        seen=clock(group.last_event_at),
        state=group.state,
        state_word=_state_word(group, words),
        waits=span((moment or now()) - group.detected_at) if waiting else "",
        confidentiality=group.confidentiality,
    )


@dataclass(frozen=True)
class ChoiceWords:
    """Labels of choices in the reader's language, looked up once per page."""

    levels: dict[int, str]
    states: dict[str, str]

    @classmethod
    def here(cls) -> "ChoiceWords":
        """Return the labels for the reader of the moment."""
        return cls(
            {level.value: str(level.label) for level in Level},
            {state.value: str(state.label) for state in AlertState},
        )


def _state_word(group: AlertGroup, words: ChoiceWords) -> str:
    if group.state == AlertState.WORKING and group.assignee:
        return str(group.assignee)
    return words.states[group.state]


@dataclass(frozen=True)
class RowWords:
    """The sentences of a row in the reader's language, looked up once per page."""

    secrecy: str
    held: str
    waits: str
    choose: str

    @classmethod
    def here(cls) -> "RowWords":
        """Return the sentences for the reader of the moment."""
        return cls(
            _("機密性%(grade)s"),
            _("ほか%(count)s件は数だけ"),
            _("%(waits)s待ち"),
            escape(_("「%(title)s」を選ぶ")),
        )


def draw_row(row: GroupRow, words: RowWords) -> str:
    """Return a row of the queue as HTML, each value escaped: a template costs five times as much."""
    title, here = escape(row.title), ' aria-current="true"' if row.current else ""
    facts = [f"<span>{escape(row.ward)}</span>"]
    if row.where:
        facts.append(f'<span class="soc-row-where">{escape(row.where)}</span>')
    facts.append(f"<span>{row.seen}</span>")
    if row.held:
        facts.append(f"<span>{words.held % {'count': row.held}}</span>")
    if row.confidentiality:
        facts.append(f"<span>{words.secrecy % {'grade': row.confidentiality}}</span>")
    choose = words.choose % {"title": title}
    state = words.waits % {"waits": row.waits} if row.waits else row.state_word
    return (
        f'<li data-alert="{row.key}" data-state="{row.state}">'
        f'<input type="checkbox" name="alert" value="{row.key}" aria-label="{choose}">'
        f'<a href="{escape(row.url)}"{here}><span class="soc-row-head"><span class="soc-level" '
        f'data-weight="{row.level}"><span aria-hidden="true">{row.sign}</span>{escape(row.level_word)}</span>'
        f'<span class="soc-row-title">{title}</span>{_times(row.count)}</span>'
        f'<span class="soc-row-facts">{"".join(facts)}'
        f'<span class="soc-row-state">{escape(state)}</span></span></a></li>'
    )


def draw_rows(rows: Iterable[GroupRow]) -> SafeString:
    """Return the rows of the queue as HTML."""
    words = RowWords.here()
    return mark_safe("".join(draw_row(row, words) for row in rows))  # noqa: S308 - draw_row escapes each value


def _times(count: str) -> str:
    return "" if count == "1" else f'<span class="count">×{count}</span>'


def clock(moment: datetime) -> str:
    """Return month, day and time in Tokyo, as a list shows them."""
    return f"{localtime(moment):%m/%d %H:%M}"


def span(length: timedelta) -> str:
    """Return a length of time in its largest unit: 45秒, 12分, 3時間, 2日."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 60:
        return _("%(count)s秒") % {"count": seconds}
    if seconds < 3_600:
        return _("%(count)s分") % {"count": seconds // 60}
    if seconds < 86_400:
        return _("%(count)s時間") % {"count": seconds // 3_600}
    return _("%(count)s日") % {"count": f"{seconds // 86_400:,}"}


def level_facts(level: int) -> dict[str, Any]:
    """Return sign and word of a level, for templates."""
    return {"level": level, "sign": SIGNS[Level(level)], "word": Level(level).label}
