"""Files to alerts without a database: what ``yui soc detect`` does, as a stream of bounded memory."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from yui.security.soc.engine.correlation.alerts import CorrelationAlert, Observation
from yui.security.soc.engine.correlation.correlator import Correlator
from yui.security.soc.engine.correlation.parsing import ParsedCorrelations, parse_correlations
from yui.security.soc.engine.records import LogRecord, LogSource, Rejected
from yui.security.soc.engine.sigma.compiling import CompiledRules
from yui.security.soc.engine.sigma.coverage import RuleState, coverage
from yui.security.soc.engine.sigma.loading import load_rules
from yui.security.soc.engine.sigma.matching import MatchedAtom, detect
from yui.security.soc.engine.sigma.rules import Unsupported
from yui.security.soc.engine.sigma.screening import Screen
from yui.security.soc.formats.lines import JsonBlock
from yui.security.soc.formats.objects import flat_record
from yui.security.soc.formats.reading import read_blocks
from yui.security.soc.formats.rule_archives import LICENCE_NAMES, licence_name, read_rule_path

# So few that a record is still in the processor's cache when rules look at it: a fifth less time than by
# thousands.
BATCH = 16
# A file is read to its end before its correlations are decided, in whatever order its events lie.
EVER_US = 2**61
NO_RECORD = LogRecord(LogSource(), None, {}, "")


class Found(NamedTuple):
    """One alert: of a detection rule on its record, or of a correlation rule.

    Attributes:
        rule_id, title, level, author, licence: of the rule.
        record: the event; of a correlation, an empty one.
        matched: why, for a detection rule.
        correlation: the alert of the correlation engine, for a correlation rule.
    """

    rule_id: str
    title: str
    level: str
    author: str
    licence: str
    record: LogRecord
    matched: tuple[MatchedAtom, ...] = ()
    correlation: CorrelationAlert | None = None


@dataclass
class Tally:
    """What was read and found.

    ``events`` + ``rejected`` is everything that was in the files.

    Attributes:
        events: records looked at.
        alerts: alerts found, correlations included.
        rules_hit: rules that matched at least once, with how often.
        rejected: pieces of input that are no record, by reason.
        left_out: files that are no logs (``not_a_log``), which a folder may well hold.
        untimed: matches that a correlation could not take, having no time.
        seen: names of the fields ever carried, by log source.
        seconds: from the start of reading to its end.
        cpu_seconds: of this process in that time.
    """

    events: int = 0
    alerts: int = 0
    rules_hit: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    left_out: int = 0
    untimed: int = 0
    seen: dict[LogSource, set[str]] = field(default_factory=dict)
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def note(self, rules: CompiledRules) -> None:
        """Take over which fields the rules have met by now."""
        for source, view in rules.programs.views.items():
            names = self.seen.setdefault(source, set())
            if len(names) != len(view.known):
                names |= view.known


@dataclass(frozen=True)
class RuleSet:
    """Rules as ``yui soc detect`` runs them.

    Attributes:
        rules: the detection rules.
        correlations: the correlation rules among them.
        licence: of the pack.
        unsupported: everything that cannot run, with its reason.
    """

    rules: CompiledRules
    correlations: ParsedCorrelations
    licence: str
    unsupported: tuple[Unsupported, ...]

    def states(self, seen: Mapping[LogSource, Iterable[str]]) -> dict[str, int]:
        """Return how many rules were evaluable, blind for want of fields, and unsupported."""
        fields = {source: frozenset(names) for source, names in seen.items()}
        found = Counter(
            one.state for one in coverage(self.rules, fields, self.unsupported, self.rules.groups)
        )
        return {state.value: found[state] for state in RuleState}


def read_rule_set(
    paths: Sequence[Path], cache: Path | None = None, groups: frozenset[str] = frozenset()
) -> RuleSet:
    """Read packs of rules: files, folders or archives.

    Raises:
        RuleSourceMissing: when one is not there.
    """
    texts: list[tuple[str, str]] = []
    unsupported: list[Unsupported] = []
    licence = ""
    for path in paths:
        pack = read_rule_path(path)
        texts += pack.texts
        unsupported += [Unsupported("", one.place, one.reason) for one in pack.unread]
        licence = licence or pack.licence or _licence_beside(path)
    loaded = load_rules(texts, cache=cache, licence=licence, groups=groups)
    names = {rule.id: rule.id for rule in loaded.rules}
    names |= {rule.name: rule.id for rule in loaded.rules if rule.name}
    correlations = parse_correlations(loaded.correlations, names)
    unsupported += loaded.unsupported
    unsupported += [Unsupported(one.identifier, one.title, one.reason) for one in correlations.unsupported]
    return RuleSet(loaded.rules.prepare(), correlations, licence, tuple(unsupported))


def _licence_beside(path: Path) -> str:
    """Return the licence that lies beside a pack, or one folder above it, as in SigmaHQ's repository."""
    for folder in (path.absolute().parent, path.absolute().parent.parent):
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            if LICENCE_NAMES.match(file.name) and file.is_file():
                with file.open("rb") as stream:
                    return licence_name(stream.read(20_000).decode("utf-8", "replace"))
    return ""


def detect_in_files(
    paths: Iterable[Path], rules: RuleSet, tally: Tally, refused: Callable[[Rejected], None]
) -> Iterator[Found]:
    """Yield every alert in the order of reading; those of correlations come last.

    Args:
        paths: files and folders.
        rules: what to look for.
        tally: counts what happens; complete once the iterator is exhausted.
        refused: is told each piece of input that is no record.

    Raises:
        InputMissing: when a path is not there.
    """
    started, spent = time.perf_counter(), time.process_time()
    correlator = Correlator(rules.correlations.rules, EVER_US) if rules.correlations.rules else None
    for batch in _batches(paths, rules.rules, tally, refused):
        found = _detected(batch, rules, tally, correlator)
        tally.events += len(batch)
        tally.note(rules.rules)
        tally.alerts += len(found)
        yield from found
    if correlator is not None:
        for alert in correlator.finish():
            tally.rules_hit[alert.rule_id] += 1
            tally.alerts += 1
            yield _correlated(alert, rules)
    tally.seconds, tally.cpu_seconds = time.perf_counter() - started, time.process_time() - spent


def _batches(
    paths: Iterable[Path], rules: CompiledRules, tally: Tally, refused: Callable[[Rejected], None]
) -> Iterator[list[LogRecord]]:
    """Yield the records of all files that some rule may match, some at a time; the others are counted."""
    screen = Screen(rules, flat_record)
    batch: list[LogRecord] = []
    for path in paths:
        for item in read_blocks(path):
            if isinstance(item, JsonBlock):
                items = [item.item(position) for position in screen.suspects(item.objects, item.text)]
                tally.events += len(item) - len(items)
            else:
                items = [item]
            for one in items:
                if isinstance(one, LogRecord):
                    batch.append(one)
                elif one.reason == "not_a_log":
                    tally.left_out += 1
                else:
                    tally.rejected[one.reason] += 1
                    refused(one)
            if len(batch) >= BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _detected(
    batch: list[LogRecord], rules: RuleSet, tally: Tally, correlator: Correlator | None
) -> list[Found]:
    found: list[Found] = []
    observations: list[Observation] = []
    silenced = rules.correlations.silenced
    for position, rule, atoms in detect(rules.rules, batch):
        record = batch[position]
        if correlator is not None and rule.id in correlator.plan.readers:
            if record.time is None:
                tally.untimed += 1
            else:
                event_id = record.identifier or record.place
                observations.append(Observation(rule.id, record.time, event_id, "", record.fields))
        if rule.id not in silenced:
            tally.rules_hit[rule.id] += 1
            found.append(Found(rule.id, rule.title, rule.level, rule.author, rule.licence, record, atoms))
    if correlator is not None and observations:
        for alert in correlator.observe(observations):
            tally.rules_hit[alert.rule_id] += 1
            found.append(_correlated(alert, rules))
    return found


def _correlated(alert: CorrelationAlert, rules: RuleSet) -> Found:
    return Found(
        alert.rule_id,
        alert.title,
        alert.level,
        alert.author,
        rules.licence,
        NO_RECORD._replace(time=alert.time_us),
        correlation=alert,
    )


def as_json(found: Found) -> dict[str, Any]:
    """Return an alert as ``yui soc detect --json`` writes it."""
    line: dict[str, Any] = {
        "rule_id": found.rule_id,
        "title": found.title,
        "level": found.level,
        "event": found.record.fields,
        "matched": [dict(zip(MatchedAtom._fields, atom, strict=True)) for atom in found.matched],
        "author": found.author,
        "licence": found.licence,
        "time": moment(found.record.time),
        "place": found.record.place,
    }
    if found.correlation is not None:
        alert = found.correlation
        line["event"] = dict(alert.group)
        why = [MatchedAtom(name, value, "", "group-by") for name, value in alert.group]
        line["matched"] = [atom._asdict() for atom in why]
        line["correlation"] = {
            "value": alert.value,
            "first": moment(alert.first_us),
            "last": moment(alert.last_us),
            "event_count": alert.event_count,
            "events": list(alert.event_ids),
            "rules": list(alert.rule_ids),
        }
    return line


def moment(microseconds: int | None) -> str | None:
    """Return a time as ISO 8601 in UTC, to the microsecond; None where no calendar knows it."""
    if microseconds is None:
        return None
    seconds, rest = divmod(microseconds, 1_000_000)
    try:
        return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{rest:06d}Z"
    except (OverflowError, ValueError, OSError):
        return None
