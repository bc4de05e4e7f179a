"""The made-up years of operation: outages, maintenance, changes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from yui.kernel.calendar_jp import Month, now
from yui.kernel.demonstration import Demonstration
from yui.registry.demo import words
from yui.registry.models import Change, InformationSystem, MaintenanceWindow, Outage
from yui.registry.queries.availability import midnight


def make_moment(random: Random, month: Month) -> datetime:
    """Return some moment of the month."""
    return midnight(month.first_day) + timedelta(
        days=random.randrange(month.last_day.day), minutes=random.randrange(24 * 60)
    )


def make_outages(demo: Demonstration, random: Random, systems: Sequence[InformationSystem]) -> list[Outage]:
    """Make outages, planned and unplanned, over the demonstration's months."""
    outages = []
    for month in demo.months:
        for system in random.sample(systems, random.randint(0, 3)):
            title, cause = random.choice(words.OUTAGES)
            start = make_moment(random, month)
            lasted = timedelta(minutes=int(random.lognormvariate(4, 1)) + 5)
            severity = random.choice(["full", "partial", "partial", "degraded"])
            if start + lasted > now():
                continue
            outages.append(
                Outage(
                    system=system,
                    title=title,
                    cause=cause,
                    started_at=start,
                    ended_at=start + lasted,
                    severity=severity,
                )
            )
    return Outage.objects.bulk_create(outages)


def make_windows(
    demo: Demonstration, random: Random, systems: Sequence[InformationSystem]
) -> list[MaintenanceWindow]:
    """Announce four hours on a Saturday night each month for a quarter of the systems, and ahead of time."""
    windows = []
    for month in [*demo.months, demo.last_month.next(), demo.last_month.shift(2)]:
        saturday = 1 + (5 - month.first_day.weekday()) % 7 + 14
        start = midnight(month.first_day.replace(day=saturday)) + timedelta(hours=22)
        windows += [
            MaintenanceWindow(
                system=system, title="月次の計画保守", starts_at=start, ends_at=start + timedelta(hours=4)
            )
            for system in random.sample(systems, len(systems) // 4)
        ]
    return MaintenanceWindow.objects.bulk_create(windows)


def make_changes(demo: Demonstration, random: Random, systems: Sequence[InformationSystem]) -> list[Change]:
    """Make changes, from request to completion."""
    changes = []
    for month in demo.months:
        for system in random.sample(systems, random.randint(1, 4)):
            title, risk = random.choice(words.CHANGES)
            asked = make_moment(random, month)
            decided = asked + timedelta(days=random.randint(1, 10))
            done = decided + timedelta(days=random.randint(1, 20))
            if asked > now():
                continue
            is_open = done > now() or (month >= demo.last_month.previous() and random.random() < 0.5)
            changes.append(
                Change(
                    system=system,
                    title=title,
                    risk=risk,
                    planned_on=(asked + timedelta(days=21)).date(),
                    requested_at=asked,
                    decided_at=None if is_open else decided,
                    done_at=None if is_open else done,
                    status="requested" if is_open else "done",
                    result="" if is_open else "予定どおり終わりました。",
                )
            )
    return Change.objects.bulk_create(changes)
