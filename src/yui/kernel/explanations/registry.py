"""A room offers a short explanation of a month; reports ask every room and name none."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import structlog

from yui.kernel.calendar_jp import Month
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor

log = structlog.get_logger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

_looked_up: ContextVar[dict[Hashable, Any] | None] = ContextVar("looked_up", default=None)


class Topic(StrEnum):
    """What a statement is for."""

    CHANGE = "change"
    """What changed against the month before, and why."""
    RISK = "risk"
    """What may go wrong if nothing is done."""
    DECISION = "decision"
    """What the council is asked to decide."""


@dataclass(frozen=True)
class Statement:
    """One sentence about a month, in the reader's language.

    ``code`` names it within its room and stays the same from month to month; ``weight`` (0 to 100) says how
    much it matters; ``url`` opens the records behind it; ``measure`` is the code of the figure it explains.
    """

    code: str
    topic: Topic
    text: str
    weight: int = 50
    url: str = ""
    measure: str = ""

    def __post_init__(self) -> None:
        """Refuse what no report could print."""
        if not self.code or not self.text or not 0 <= self.weight <= 100:
            raise ValueError(f"statement {self.code!r}: code, text and a weight of 0 to 100 are needed")


Explain = Callable[[Actor, MeasureScope, Month], Sequence[Statement]]
"""What a room says to an actor about a scope and a month: only from records that the actor may see."""


class DuplicateExplainer(Exception):
    """Two functions claim the same code."""


@dataclass(frozen=True)
class Explainer:
    """A room's function; ``pillar`` (1 to 3) is the 支援策 under which it speaks, ``None`` for the whole."""

    code: str
    title: Any
    pillar: int | None
    explain: Explain


@dataclass(frozen=True)
class Said:
    """What the rooms said; ``silent`` names the rooms whose explanation failed, so that a gap is seen."""

    statements: tuple[tuple[Explainer, Statement], ...] = ()
    silent: tuple[Explainer, ...] = field(default=())

    def about(self, topic: Topic) -> tuple[tuple[Explainer, Statement], ...]:
        """Return the statements of a topic, what matters most first."""
        return tuple(each for each in self.statements if each[1].topic == topic)


_explainers: dict[str, Explainer] = {}


def explainer(*, code: str, title: Any, pillar: int | None = None) -> Callable[[Explain], Explain]:
    """Register a function ``(actor, scope, month) -> statements`` under the room's ``code``.

    Raises:
        DuplicateExplainer: when another function already has the code.
    """

    def decorate(function: Explain) -> Explain:
        known = _explainers.get(code)
        if known is not None and known.explain.__qualname__ != function.__qualname__:
            raise DuplicateExplainer(f"{code}: {known.explain.__qualname__} and {function.__qualname__}")
        _explainers[code] = Explainer(code, title, pillar, function)
        return function

    return decorate


def explainers() -> Mapping[str, Explainer]:
    """Return every registered explainer by code."""
    return dict(sorted(_explainers.items()))


@contextmanager
def one_moment() -> Iterator[None]:
    """Ask rooms several times about one moment, in several languages: what costs much is looked up once."""
    token = _looked_up.set({})
    try:
        yield
    finally:
        _looked_up.reset(token)


def looked_up_once(function: Callable[P, R]) -> Callable[P, R]:
    """Let a room's costly look-up, whose result holds no words, be made once within ``one_moment``.

    Its arguments are its key. Outside of ``one_moment`` it is made every time.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        known = _looked_up.get()
        if known is None:
            return function(*args, **kwargs)
        key = (function.__module__, function.__qualname__, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = function(*args, **kwargs)
        result: R = known[key]
        return result

    return run


def ask_rooms(actor: Actor, scope: MeasureScope, month: Month) -> Said:
    """Ask every room about a month: what matters most first, then by pillar and code.

    A room that fails is logged and named in ``silent``: the others are still heard.
    """
    said: list[tuple[Explainer, Statement]] = []
    silent: list[Explainer] = []
    for each in explainers().values():
        try:
            said += [(each, statement) for statement in each.explain(actor, scope, month)]
        except Exception:  # one room's fault must not silence the others
            log.exception("explanation_failed", explainer=each.code, month=str(month), scope=scope.code)
            silent.append(each)
    said.sort(key=lambda pair: (-pair[1].weight, pair[0].pillar or 0, pair[0].code, pair[1].code))
    return Said(tuple(said), tuple(silent))
