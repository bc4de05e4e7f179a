"""What the address of a hunt asks: words, time, ward."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import TOKYO, now
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.hunting.errors import HuntNotUnderstood
from yui.security.soc.engine.hunting.parsing import parse_hunt
from yui.security.soc.engine.hunting.tree import Hunt
from yui.security.soc.event_store.clocks import microseconds
from yui.security.soc.event_store.reading import Span
from yui.security.soc.models import HuntSpan, SavedHunt
from yui.security.soc.policies import readable_wards
from yui.security.soc.queries.hunting.spans import LENGTHS

USUAL_SPAN = HuntSpan.DAY
LONGEST = timedelta(days=400)
PRECISION = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Question:
    """A hunt as the address has it.

    Attributes:
        text: the words as they were written.
        hunt: what they mean; None where nothing was asked yet or it was not understood.
        problem: why not, for people.
        span_name: the chosen span, empty where ``start`` and ``end`` say it.
        start, end: the span as the fields show it, in Japanese time.
        ward: code of the chosen ward, empty for all.
        wards: whom the reader may ask.
        saved: key of the saved hunt from which it began; None for none.
    """

    text: str
    hunt: Hunt | None
    problem: str
    span: Span
    span_name: str
    start: str
    end: str
    ward: str
    wards: tuple[Organisation, ...]
    saved: int | None = None

    @property
    def codes(self) -> list[str] | None:
        """The wards to search, None for all within reach."""
        return [self.ward] if self.ward else None

    def address(self, **changes: str) -> str:
        """Return the question as the query of an address, with some of it changed."""
        start, end = ("", "") if self.span_name else (self.start, self.end)
        asked = {"q": self.text, "span": self.span_name, "start": start, "end": end, "ward": self.ward}
        return address_of(**(asked | changes))


def address_of(
    *, q: str, span: str = "", start: str = "", end: str = "", ward: str = "", **further: str
) -> str:
    """Return a question as the query of an address; times in Japanese time, as the fields have them.

    Args:
        further: parameters beside the question, for the page that the address leads to.
    """
    asked = {"q": q, "span": span, "from": start, "to": end, "ward": ward, **further}
    return urlencode({name: value for name, value in asked.items() if value or name == "q"})


def question_of_hunt(hunt: SavedHunt) -> str:
    """Return the query of the address that asks a saved hunt."""
    return address_of(q=hunt.text, span=hunt.span, saved=str(hunt.pk))


def question_of_day(hunt: SavedHunt, day: date) -> str:
    """Return the query of the address that asks a saved hunt of one day's events."""
    return address_of(q=hunt.text, start=f"{day}T00:00", end=f"{day}T23:59")


def question_of(request: HttpRequest, actor: Actor) -> Question:
    """Return what the address asks; what it says wrongly is told in ``problem``."""
    given = request.GET
    wards = tuple(readable_wards(actor))
    ward = given.get("ward", "")
    text = given.get("q", "")
    span_name, start, end, problem = _span(given.get("span", ""), given.get("from", ""), given.get("to", ""))
    hunt = None
    if "q" in given and not problem:
        try:
            hunt = parse_hunt(text)
        except HuntNotUnderstood as error:
            problem = str(error)
    return Question(
        text=text,
        hunt=hunt,
        problem=problem,
        span=Span(microseconds(start), microseconds(end)),
        span_name=span_name,
        start=f"{start.astimezone(TOKYO):{PRECISION}}",
        end=f"{end.astimezone(TOKYO):{PRECISION}}",
        ward=ward if any(each.code == ward for each in wards) else "",
        wards=wards,
        saved=_key(given.get("saved", "")),
    )


def _span(name: str, first: str, last: str) -> tuple[str, datetime, datetime, str]:
    """Return name, start and end of the span asked for, and what is wrong with it."""
    moment = now()
    if not first and not last:
        name = name if name in HuntSpan.values else USUAL_SPAN.value
        return name, moment - LENGTHS[HuntSpan(name)], moment + timedelta(minutes=5), ""
    usual = (USUAL_SPAN.value, moment - LENGTHS[USUAL_SPAN], moment)
    try:
        start = _read(first) if first else moment - LENGTHS[USUAL_SPAN]
        end = _read(last) + timedelta(minutes=1) if last else moment
    except (ValueError, OverflowError):
        return *usual, _("日時は「2026-11-26T09:00」のように書いてください。")
    if not start < end:
        return *usual, _("終わりの日時は、始まりより後にしてください。")
    if end - start > LONGEST:
        return *usual, _("一度に探せるのは400日までです。")
    return "", start, end, ""


def _key(text: str) -> int | None:
    """Return the key that an address names, if it is one that a database can hold."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _read(text: str) -> datetime:
    """Return a moment written in Japanese time."""
    moment = datetime.fromisoformat(text)
    if not 2000 <= moment.year <= 2200:
        raise ValueError(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=TOKYO)
