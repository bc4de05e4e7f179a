"""Correlation of the SOC: matches a second, memory under a million keys, joint alerts on planted truth."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.results import Figure
from yui.security.soc.detecting import read_rule_set
from yui.security.soc.engine.correlation.alerts import Observation
from yui.security.soc.engine.correlation.correlator import Correlator
from yui.security.soc.engine.correlation.parsing import parse_correlations
from yui.security.soc.engine.joint.correlator import JointCorrelator
from yui.security.soc.engine.joint.facts import AlertKeys
from yui.security.soc.engine.joint.keys import RuleWords, keys_of
from yui.security.soc.engine.records import LogRecord
from yui.security.soc.engine.sigma.matching import Match, detect
from yui.security.soc.formats.reading import read_records
from yui.security.soc.tests.joint_samples import config, episodes, month, naive

MATCHES, KEYS, MONTHS = 200_000, 1_000_000, 4
SECOND = 1_000_000
MEMORY = "benchmarks.soc_correlation"
SIMPLE = "the same key in two wards in a day"
RECORDED = Path("compound", "LSASS_campaign_07", "metasploit_nanodump_lsass_memory_dump.zip")

RULES = """
title: failures of a user
id: burst
correlation: {type: event_count, rules: [failed], group-by: [User], timespan: 5m, condition: {gte: 4}}
---
title: sources of a computer
id: fan-out
correlation:
  type: value_count
  rules: [failed]
  group-by: [Computer]
  timespan: 5m
  condition: {field: SourceIP, gte: 10}
---
title: bytes of a computer
id: volume
correlation:
  type: value_sum
  rules: [failed]
  group-by: [Computer]
  timespan: 5m
  condition: {field: BytesOut, gt: 50000}
---
title: failure, then success
id: then-success
correlation: {type: temporal_ordered, rules: [failed, succeeded], group-by: [User], timespan: 5m}
"""
NAMES = {"failed": "failed", "succeeded": "succeeded"}


def measure(scale: float) -> list[Figure]:
    """Return throughput, memory, the cost for each event, and what is found among what is not."""
    return [_throughput(scale), _memory(scale), *_joint(scale), *_cost()]


def _matches(count: int):
    """Return matches of 500 users on 40 computers, two thirds of them failures."""
    chance = random.Random(1)
    return [
        Observation(
            chance.choice(("failed", "failed", "succeeded")),
            number * 20_000,
            f"e{number}",
            "131016",
            {
                "User": f"user-{chance.randrange(500):03d}",
                "Computer": f"auth-{chance.randrange(40):02d}",
                "SourceIP": f"198.51.100.{chance.randrange(64)}",
                "BytesOut": chance.randrange(5_000),
            },
        )
        for number in range(count)
    ]


def _throughput(scale: float) -> Figure:
    rules = parse_correlations([RULES], NAMES).rules
    matches = _matches(max(2_000, round(MATCHES * scale)))
    times = []
    for _run in range(3):
        correlator, begun = Correlator(rules, 60 * SECOND), time.process_time()
        for start in range(0, len(matches), 2_000):
            correlator.observe(matches[start : start + 2_000])
        correlator.finish()
        times.append(time.process_time() - begun)
    seconds = sorted(times)[1]
    detail = {"entries_per_second": correlator.counts.entries / seconds, "alerts": correlator.counts.alerts}
    return Figure(
        "matches through four correlation rules, CPU", len(matches) / seconds, "matches/s", detail=detail
    )


def _memory(scale: float) -> Figure:
    """Measure a process of its own, whose memory nothing else has grown."""
    keys = max(10_000, round(KEYS * scale))
    command = [sys.executable, "-m", MEMORY, str(keys)]
    grown, refused, held = map(
        int, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    )
    detail = {"keys": keys, "refused": refused, "held": held}
    return Figure(
        "memory of a million keys within one timespan", grown / 1024, "MB", target=300.0, detail=detail
    )


def hold(keys: int) -> None:
    """Give a correlator so many users within one window; print what memory grew by (kB), refused and held."""
    correlator = Correlator(parse_correlations([RULES], NAMES).rules, 10 * SECOND)
    before = _most_memory()
    for start in range(0, keys, 2_000):
        correlator.observe(
            Observation("failed", number * 200, f"e{number}", "131016", {"User": f"user-{number}"})
            for number in range(start, min(keys, start + 2_000))
        )
    correlator.finish()
    grown = _most_memory() - before
    counts = correlator.counts
    print(grown, counts.refused, counts.counted)


def _most_memory() -> int:
    """Return the most memory this process ever had, kB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def _joint(scale: float) -> list[Figure]:
    """Look for the planted campaigns of some months, beside the rule "the same key in two wards in a day"."""
    months = max(1, round(MONTHS * scale))
    ours, theirs, planted, found = [], [], 0, 0
    for seed in range(months):
        alerts, truth = month(seed, amount=max(0.1, min(1.0, scale)))
        keys = set().union(*truth.values())
        correlator = JointCorrelator(config())
        told = episodes(correlator.observe(alerts) + correlator.finish()).values()
        ours += [fact.key in keys for fact in told]
        theirs += [key in keys for key, _time in naive(alerts)]
        planted += len(keys)
        found += len(keys & {fact.key for fact in told})
    detail = {"months": months, "planted keys": planted}
    return [
        Figure("planted keys found", 100 * found / planted, "%", target=100.0, at_least=True, detail=detail),
        Figure("joint alerts in a month", len(ours) / months, "", len(theirs) / months, SIMPLE),
        Figure("joint alerts that are planted", _share(ours), "%", _share(theirs), SIMPLE),
    ]


def _share(told: list[bool]) -> float:
    return 100 * sum(told) / max(1, len(told))


def _cost() -> list[Figure]:
    """Run the Windows rules of the data folder over a recorded attack; compare its alerts between wards."""
    folder = Path(os.environ.get("YUI_SHARED_DATA", "../shared/data")) / "soc"
    recorded = folder / "otrf" / RECORDED
    if not recorded.exists():
        return []
    rules = read_rule_set([folder / "sigma" / "rules.tar.gz"]).rules
    records = [one for one in read_records(recorded) if isinstance(one, LogRecord) and one.time is not None]
    wards = config().wards
    detect(rules, records[:1_000])
    detecting = comparing = 0.0
    correlator, alerts = JointCorrelator(config()), 0
    for start in range(0, len(records), 1_000):
        batch = records[start : start + 1_000]
        begun = time.process_time()
        matches = detect(rules, batch)
        between = time.process_time()
        correlator.observe(
            _alert(wards[start % len(wards)], batch[match.position], match) for match in matches
        )
        comparing += time.process_time() - between
        detecting += between - begun
        alerts += len(matches)
    begun = time.process_time()
    correlator.finish()
    comparing += time.process_time() - begun
    detail = {
        "events": len(records),
        "alerts": alerts,
        "detection, µs per event": detecting / len(records) * 1e6,
        "joint, µs per alert": comparing / max(1, alerts) * 1e6,
    }
    share = 100 * comparing / detecting
    return [Figure("joint correlation beside detection, CPU", share, "%", target=10.0, detail=detail)]


def _alert(ward: str, record: LogRecord, match: Match) -> AlertKeys:
    keys = keys_of(record.fields, RuleWords(match.rule.id, match.rule.tags))
    return AlertKeys(ward, record.time or 0, record.place, keys, match.rule.level)


if __name__ == "__main__":
    hold(int(sys.argv[1]))
