"""Which objects of a block of JSON no rule can match, told without making records of them.

Objects with the same names in the same order have one shape; those of a shape that have the same channel and
event identifier share a lane, in which all that depends on the shape and the kind of event is prepared: the
program, and which of its fields are there. What passes here has no match; what does not is read and looked
at as any other record, so a doubt costs time and never a match.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import getitem
from typing import Any

from yui.security.soc.engine.records import LogRecord
from yui.security.soc.engine.sigma.compiling import CompiledRules
from yui.security.soc.engine.sigma.fields import Signature
from yui.security.soc.engine.sigma.keywords import KeywordMatcher, lines_with
from yui.security.soc.engine.sigma.lanes import BYTES_PER_KEY, LANE_NAMES, MAX_NAMES, looked_at
from yui.security.soc.engine.sigma.programs import Program
from yui.security.soc.engine.sigma.values import ABSENT, text_of

_NESTED = frozenset((dict, list))
_UNKNOWN: dict[Any, "QuietLane | None"] = {}


class QuietLane:
    """Objects of one shape and one kind of event.

    Attributes:
        values: takes from an object the values that the program looks at.
        memos: the signatures of these values, in their order.
        quiet: keys that no rule matches.
        program: the rules; None where no rule looks at this kind.
        own: looks for keywords that the search of the whole block does not cover.
    """

    __slots__ = ("memos", "own", "program", "quiet", "values")

    def __init__(self, program: Program | None, names: Iterable[str]) -> None:
        self.program = program
        self.own: KeywordMatcher | None = None
        self.quiet: set[tuple[Signature, ...]] = set()
        self.values, self.memos = looked_at(program, names)
        if program is None:
            self.quiet.add(())


class Screen:
    """Looks over the objects of blocks for a set of rules."""

    def __init__(
        self, rules: CompiledRules, flat_record: Callable[[dict[str, Any]], LogRecord | None]
    ) -> None:
        """Take the rules, and what reads an object without nested values.

        Args:
            rules: what to look for.
            flat_record: the record of such an object where its fields are those of the object, save that
                EventID may be written otherwise, and its source follows from the names and Channel; None
                where that cannot be said of the names.
        """
        self._programs = rules.programs
        self._flat_record = flat_record
        self._shapes: dict[tuple[str, ...], dict[Any, QuietLane | None] | None] = {}
        self._lanes: list[QuietLane] = []
        self._held = 0
        self._common: frozenset[str] | None = None
        self._asked: Counter[frozenset[str]] = Counter()
        self._programs.watch(self._renew)
        self._programs.remember(self._unlearn)

    def suspects(self, objects: Sequence[dict[str, Any]], text: bytes) -> list[int]:
        """Return the positions of the objects that some rule may match or that must be read to tell.

        Args:
            objects: one for each line.
            text: the lines, joined by newlines.
        """
        self._settle()
        found: list[int] = []
        shapes = self._shapes
        for position, names in enumerate(map(tuple, objects)):
            fields = objects[position]
            kinds = shapes.get(names, _UNKNOWN)
            if kinds is _UNKNOWN:
                kinds = self._shape(names, fields)
            if kinds is None or (not _NESTED.isdisjoint(map(type, fields.values())) and _is_nested(fields)):
                found.append(position)
                continue
            event_id = fields["EventID"]
            try:
                lane = kinds[fields.get("Channel"), event_id]
            except KeyError:
                lane = self._lane(kinds, names, fields)
            except TypeError:
                lane = None
            # True and 1 are the same key of a dictionary, but not the same to a rule.
            if lane is None or event_id.__class__ is bool:
                found.append(position)
                continue
            try:
                key = tuple(map(getitem, lane.memos, lane.values(fields)))
                if lane.own is not None:
                    key = (*key, lane.own.sign(fields))
                if key not in lane.quiet and self._matches(lane, key, fields):
                    found.append(position)
            except TypeError:
                # A list among the values.
                found.append(position)
        if self._common is not None:
            lines = lines_with(self._common, text)
            if lines:
                found = sorted(lines.union(found))
        return found

    def _matches(self, lane: QuietLane, key: tuple[Signature, ...], fields: Mapping[str, Any]) -> bool:
        """Tell whether any rule matches a key; one that none does is remembered."""
        program = lane.program
        if program is None:
            return False
        whole = tuple([memo[fields.get(name, ABSENT)] for name, memo in program.lookups])
        if program.keywords is not None:
            whole = (*whole, key[-1] if lane.own is not None else program.keywords.nothing)
        verdict = program.verdicts.get(whole)
        if verdict is None:
            verdict = program.judge(whole)
        if not verdict:
            lane.quiet.add(key)
            self._programs.spend(BYTES_PER_KEY)
        return bool(verdict)

    def _shape(self, names: tuple[str, ...], fields: dict[str, Any]) -> dict[Any, QuietLane | None] | None:
        if self._held > MAX_NAMES:
            self._forget()
        self._held += len(names) + 1
        kinds: dict[Any, QuietLane | None] | None = None if self._flat_record(fields) is None else {}
        self._shapes[names] = kinds
        return kinds

    def _lane(
        self, kinds: dict[Any, QuietLane | None], names: tuple[str, ...], fields: dict[str, Any]
    ) -> QuietLane | None:
        """Return the lane of an object, new; None where such objects must be read one by one."""
        channel, event_id = fields.get("Channel"), fields["EventID"]
        if event_id.__class__ is bool:
            return None
        self._held += LANE_NAMES
        lane = None
        record = self._flat_record(fields)
        if record is not None and (channel is None or channel.__class__ is str):
            view = self._programs.view(record.source)
            if not view.known.issuperset(names):
                self._programs.learn(record.source, record.fields)
            same = text_of(record.fields["EventID"]) == text_of(event_id)
            if same and frozenset(self._programs.deciding).isdisjoint(names):
                lane = QuietLane(self._programs.program_of(record.source, record.fields), names)
                self._take(lane)
        kinds[channel, event_id] = lane
        return lane

    def _take(self, lane: QuietLane) -> None:
        self._lanes.append(lane)
        if lane.program is not None and lane.program.keywords is not None:
            lane.own = lane.program.keywords
            if lane.own.fragments is not None:
                self._asked[lane.own.fragments] += 1
                if lane.own.fragments == self._common:
                    lane.own = None

    def _settle(self) -> None:
        """Search whole blocks for the keywords that most lanes ask for."""
        most = self._asked.most_common(1)
        if most and most[0][0] != self._common:
            self._common = most[0][0]
            for lane in self._lanes:
                keywords = lane.program.keywords if lane.program is not None else None
                lane.own = None if keywords is None or keywords.fragments == self._common else keywords
                # Its keys had the keywords' signature or had it not.
                lane.quiet.clear()

    def _unlearn(self) -> None:
        """Let go of the keys that no rule matched, as all memos are emptied."""
        for lane in self._lanes:
            lane.quiet.clear()

    def _renew(self) -> None:
        """Begin anew with programs that are forgotten, and with them who is told of spent memory."""
        self._forget()
        self._programs.remember(self._unlearn)

    def _forget(self) -> None:
        self._shapes.clear()
        self._lanes.clear()
        self._asked.clear()
        self._common = None
        self._held = 0


def _is_nested(fields: Mapping[str, Any]) -> bool:
    for value in fields.values():
        kind = type(value)
        if kind is dict or (kind is list and not _NESTED.isdisjoint(map(type, value))):
            return True
    return False
