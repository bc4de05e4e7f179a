"""The kinds of job and the periodic work that rooms offer, found in each room's ``tasks.py``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from yui.kernel.policy import Verb
from yui.kernel.tasks.errors import UnknownJobKind
from yui.kernel.tasks.schedule import Schedule

JobFunction = Callable[..., Mapping[str, Any] | None]
"""``(run: JobRun, **arguments) -> result``; arguments and result are JSON values."""


@dataclass(frozen=True)
class JobKind:
    """What the queue knows about one kind of job."""

    kind: str
    title: str | Promise
    function: JobFunction
    verb: Verb
    max_attempts: int


_kinds: dict[str, JobKind] = {}
_schedules: dict[str, Schedule] = {}


def job(
    kind: str, *, title: str | Promise, verb: Verb = Verb.EDIT, max_attempts: int = 3
) -> Callable[[JobFunction], JobFunction]:
    """Register a function as the work of jobs of ``kind``.

    The function may be called again for the same job (after a crash, or by a person), so it must be
    idempotent: what a first, half-done attempt left behind must not be counted twice.

    Args:
        kind: ``room.verb``, stable, because queued jobs name it.
        title: what people read; Japanese source string.
        verb: what a person must be allowed to do in the organisation to queue, cancel or retry the job.
        max_attempts: how often a job whose worker died is started before it counts as failed.
    """

    def register(function: JobFunction) -> JobFunction:
        known = _kinds.get(kind)
        if known is not None and known.function is not function:
            raise ValueError(
                f"two jobs are called {kind}: {known.function.__module__} and {function.__module__}"
            )
        _kinds[kind] = JobKind(kind, title, function, verb, max_attempts)
        return function

    return register


def periodic(
    kind: str,
    *,
    title: str | Promise | None = None,
    every_minutes: int | None = None,
    daily_at: str | None = None,
    monthly_on: tuple[int, str] | None = None,
) -> Callable[[JobFunction], JobFunction]:
    """Run a function by the clock, as a job without arguments of the system.

    Exactly one of the three times is given: ``every_minutes=15``, ``daily_at="02:30"`` or
    ``monthly_on=(1, "03:00")`` (Tokyo time; a day that a month lacks means its last day).
    """
    schedule = Schedule.of(every_minutes=every_minutes, daily_at=daily_at, monthly_on=monthly_on)

    def register(function: JobFunction) -> JobFunction:
        if kind not in _kinds:
            job(kind, title=title or kind, verb=Verb.ADMINISTER)(function)
        _schedules[kind] = schedule
        return function

    return register


@cache
def _load_rooms() -> None:
    """Import every Yui application's ``tasks.py`` once."""
    for app in apps.get_app_configs():
        if app.name.startswith("yui.") and app.module and module_has_submodule(app.module, "tasks"):
            import_module(f"{app.name}.tasks")


def find_kind(kind: str) -> JobKind:
    """Return what is registered under ``kind``.

    Raises:
        UnknownJobKind: when no room offers it.
    """
    _load_rooms()
    try:
        return _kinds[kind]
    except KeyError:
        raise UnknownJobKind(kind) from None


def title_of(kind: str) -> str:
    """Return the title of a kind in the active language; the kind itself where its room is gone."""
    _load_rooms()
    known = _kinds.get(kind)
    return str(known.title) if known else kind


def periodic_schedules() -> Mapping[str, Schedule]:
    """Return the registered schedules by kind of job."""
    _load_rooms()
    return dict(_schedules)
