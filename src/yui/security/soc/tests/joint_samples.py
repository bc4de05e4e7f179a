"""Thirty days of invented alerts of 23 wards (架空データ), seeded, with three planted campaigns."""

import random
from itertools import count

from yui.security.soc.engine.joint.facts import DAY_US, LEVELS, AlertKeys, JointConfig
from yui.security.soc.engine.joint.keys import Key, KeyKind

WARDS = tuple(f"{131000 + 16 + 8 * n:06d}" for n in range(23))
HOUR_US = 3_600_000_000
BEGIN_US = 20_000 * DAY_US


def key(kind, value):
    return Key(KeyKind(kind), value)


def everyday(chance, days, amount):
    """Yield what always happens: common rules everywhere, rare ones, a weekly wave, scanners."""
    rules = [(f"common-{n}", chance.uniform(0.5, 4), chance.choice(LEVELS[:3])) for n in range(25)]
    rules += [(f"uncommon-{n}", chance.uniform(0.03, 0.3), chance.choice(LEVELS[1:4])) for n in range(80)]
    rules += [(f"rare-{n}", chance.uniform(0.0005, 0.01), chance.choice(LEVELS[2:])) for n in range(300)]
    domains = [f"update-{n}.example.com" for n in range(40)]
    files = [f"tool-{n}.exe" for n in range(60)]
    for ward in WARDS:
        habit = chance.uniform(0.5, 1.5)
        for rule, rate, level in rules:
            for _alert in range(_poisson(chance, rate * habit * days * amount)):
                time = BEGIN_US + int(chance.uniform(0, days) * DAY_US)
                keys = [key("rule", rule), key("technique", f"T{1000 + hash_of(rule) % 60}")]
                keys.append(key("file", chance.choice(files)))
                if chance.random() < 0.5:
                    keys.append(key("domain", chance.choice(domains)))
                else:
                    keys.append(key("ip", f"198.51.{chance.randrange(256)}.{chance.randrange(256)}"))
                yield ward, time, keys, level
    for week in range(days // 7):
        time = BEGIN_US + (week * 7 + 2) * DAY_US + 3 * HOUR_US
        for ward in WARDS:
            yield ward, time + int(chance.uniform(0, 6) * HOUR_US), [key("rule", "patch-day")], "medium"
    for day in range(days):
        for scanner in range(12):
            for ward in chance.sample(WARDS, chance.choice((1, 1, 2, 2, 3, 4, 6))):
                time = BEGIN_US + day * DAY_US + int(chance.uniform(0, 1) * DAY_US)
                yield ward, time, [key("rule", "scan"), key("ip", f"203.0.{day}.{scanner}")], "low"


def campaigns(chance, days):
    """Yield (name, wards, times, keys, level): a fast one, a slow one, and one without any indicator."""
    begin = BEGIN_US + (days - 9) * DAY_US
    fast = chance.sample(WARDS, 5)
    yield (
        "fast",
        fast,
        [begin + n * HOUR_US // 3 for n in range(5)],
        [
            key("ip", "45.90.1.7"),
            key("hash", "ab" * 32),
            key("rule", "uncommon-3"),
        ],
        "high",
    )
    slow = chance.sample(WARDS, 5)
    yield (
        "slow",
        slow,
        [begin + n * 34 * HOUR_US for n in range(5)],
        [
            key("domain", "invoice-mail.example.net"),
            key("rule", "uncommon-9"),
        ],
        "medium",
    )
    quiet = chance.sample(WARDS, 4)
    yield (
        "no indicator",
        quiet,
        [begin + 5 * DAY_US + n * 4 * HOUR_US for n in range(4)],
        [
            key("rule", "never-seen-before"),
            key("technique", "T1490"),
        ],
        "critical",
    )


def month(seed, days=30, amount=1.0):
    """Return the alerts in order of time, and for each campaign the keys that only it has.

    ``amount`` scales the everyday alerts: 1 gives some 58,000.
    """
    chance = random.Random(seed)
    number = count()
    alerts = [
        AlertKeys(ward, time, f"a{next(number)}", tuple(keys), level)
        for ward, time, keys, level in everyday(chance, days, amount)
    ]
    truth = {}
    for name, wards, times, keys, level in campaigns(chance, days):
        for ward, time in zip(wards, times, strict=True):
            for again in range(chance.randrange(1, 4)):
                alerts.append(
                    AlertKeys(ward, time + again * 60_000_000, f"a{next(number)}", tuple(keys), level)
                )
        truth[name] = {one for one in keys if "uncommon" not in one.value}
    alerts.sort(key=lambda one: (one.time_us, one.alert_id))
    return alerts, truth


def config(**settings):
    return JointConfig(WARDS, **settings)


def hash_of(text):
    """Return a number that is the same in every process."""
    return sum(ord(letter) * (place + 7) for place, letter in enumerate(text))


def _poisson(chance, mean):
    total, found = 0.0, -1
    while total < mean:
        total += chance.expovariate(1)
        found += 1
    return found


def naive(alerts, window_us=DAY_US):
    """Return (key, time) whenever a key shows in two wards within a window and did not before."""
    last, quiet, found = {}, {}, []
    for alert in alerts:
        for one in alert.keys:
            seen = last.setdefault(one, {})
            seen[alert.ward] = alert.time_us
            here = sum(time >= alert.time_us - window_us for time in seen.values())
            if here >= 2 and quiet.get(one, 0) < alert.time_us - window_us:
                found.append((one, alert.time_us))
            if here >= 2:
                quiet[one] = alert.time_us
    return found


def episodes(facts):
    """Return the newest fact of each episode."""
    return {fact.identifier: fact for fact in facts}
