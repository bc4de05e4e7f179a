"""Records with the same names in the same order and of the same kind share a lane.

In it all that depends on names and kind is prepared: the program, which of its fields are there, and what
tuples of signatures were found to mean. A lane gives just what its program gives.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import getitem, itemgetter
from typing import Any, Protocol

from yui.security.soc.engine.records import LogSource
from yui.security.soc.engine.sigma.fields import Signature
from yui.security.soc.engine.sigma.programs import Program, Verdict

BYTES_PER_KEY = 150
MAX_NAMES = 200_000
# A lane takes about as much memory as so many names.
LANE_NAMES = 50
Kinds = dict[Any, "Lane"]
Key = tuple[Signature, ...]


class ProgramSource(Protocol):
    """What makes programs: ``compiling.Programs``.

    Attributes:
        deciding: names besides Channel and EventID whose values decide the kind of a record.
    """

    deciding: list[str]

    def watch(self, forget: Callable[[], None]) -> None:
        """Be told when programs are forgotten."""

    def remember(self, forget: Callable[[], None]) -> None:
        """Be told when all memos are emptied."""

    def spend(self, amount: int) -> None:
        """Count the bytes of what was just remembered."""

    def learn(self, source: LogSource, fields: Mapping[str, Any]) -> object:
        """Take note of field names."""

    def program_of(self, source: LogSource, fields: Mapping[str, Any]) -> Program | None:
        """Return the program for a record."""


class Lane:
    """Records of one shape and one kind.

    Attributes:
        program: the rules; None where no rule looks at this kind.
    """

    __slots__ = ("_memos", "_spend", "_values", "program", "verdicts")

    def __init__(self, program: Program | None, names: Iterable[str], spend: Callable[[int], None]) -> None:
        self.program = program
        self.verdicts: dict[Key, tuple[Verdict, ...]] = {}
        self._spend = spend
        self._values, self._memos = looked_at(program, names)

    def verdict(self, fields: Mapping[str, Any]) -> Sequence[Verdict]:
        """Return what the rules say of a record of this lane."""
        program = self.program
        if program is None:
            return ()
        try:
            key = tuple(map(getitem, self._memos, self._values(fields)))
        except TypeError:
            # A list among the values.
            return program.verdict(fields)
        if program.keywords is not None:
            key = (*key, program.keywords.sign(fields))
        found = self.verdicts.get(key)
        if found is None:
            found = self.verdicts[key] = program.verdict(fields)
            self._spend(BYTES_PER_KEY)
        return found


def looked_at(
    program: Program | None, names: Iterable[str]
) -> tuple[Callable[[Mapping[str, Any]], Sequence[Any]], list[Mapping[Any, Signature]]]:
    """Return what takes from a record the values that a program looks at, and their memos in this order."""
    there = frozenset(names)
    looked = [(name, memo) for name, memo in program.lookups if name in there] if program else []
    if not looked:
        return _no_values, []
    # Of a single name an itemgetter gives no sequence.
    looked = looked * 2 if len(looked) == 1 else looked
    return itemgetter(*[name for name, _ in looked]), [memo for _, memo in looked]


def _no_values(fields: Mapping[str, Any]) -> Sequence[Any]:
    return ()


class Lanes:
    """The lanes of a set of rules."""

    def __init__(self, programs: ProgramSource) -> None:
        self._programs = programs
        self._shapes: dict[LogSource, dict[tuple[str, ...], Kinds | None]] = {}
        self._held = 0
        programs.watch(self._renew)
        programs.remember(self._unlearn)

    def shapes(self, source: LogSource) -> dict[tuple[str, ...], Kinds | None]:
        """Return the kinds of a source's records by their names; None where lanes cannot tell them apart."""
        return self._shapes.setdefault(source, {})

    def kinds(self, source: LogSource, names: tuple[str, ...], fields: Mapping[str, Any]) -> Kinds | None:
        """Take note of the names of a record; return its kinds, to be asked by channel and identifier."""
        if self._held > MAX_NAMES:
            self._forget()
        self._programs.learn(source, fields)
        self._held += len(names) + 1
        kinds: Kinds | None = {} if frozenset(self._programs.deciding).isdisjoint(names) else None
        self.shapes(source)[names] = kinds
        return kinds

    def lane(self, source: LogSource, names: tuple[str, ...], fields: Mapping[str, Any]) -> Lane:
        """Return a new lane for records like this one."""
        if self._held > MAX_NAMES:
            self._forget()
        self._held += LANE_NAMES
        return Lane(self._programs.program_of(source, fields), names, self._programs.spend)

    def _unlearn(self) -> None:
        """Let go of what tuples mean, as all memos are emptied."""
        for shapes in self._shapes.values():
            for kinds in shapes.values():
                for lane in kinds.values() if kinds else ():
                    lane.verdicts.clear()

    def _renew(self) -> None:
        """Begin anew with programs that are forgotten, and with them who is told of spent memory."""
        self._forget()
        self._programs.remember(self._unlearn)

    def _forget(self) -> None:
        for shapes in self._shapes.values():
            shapes.clear()
        self._shapes.clear()
        self._held = 0
