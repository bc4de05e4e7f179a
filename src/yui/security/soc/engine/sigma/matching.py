"""Detection: one pure function over a batch of records."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.engine.sigma.compiling import MAX_KINDS, CompiledRules, Programs
from yui.security.soc.engine.sigma.evaluating import atom_holds, folded_fields, holds, reasons
from yui.security.soc.engine.sigma.predicates import predicate
from yui.security.soc.engine.sigma.programs import Candidate, Reason, Verdict
from yui.security.soc.engine.sigma.rules import Rule
from yui.security.soc.engine.sigma.values import ABSENT, members, text_of


class MatchedAtom(NamedTuple):
    """One thing that an event has and a rule looks for.

    Attributes:
        field: the field as the event spells it; as the rule does where the event lacks it.
        value: the event's value; the member that fitted, of a list; None where there is none.
        literal: what the rule compares it with, as the rule spells it.
        modifier: how: ``equals``, ``contains``, ``re``, … (``nodes.Op``).
    """

    field: str
    value: Any
    literal: str
    modifier: str


class Match(NamedTuple):
    """A rule that matched a record, by its position in the batch."""

    position: int
    rule: Rule
    atoms: tuple[MatchedAtom, ...]


def detect(rules: CompiledRules, records: Sequence[LogRecord]) -> list[Match]:
    """Return every match of the rules in a batch, by record and then in the order of the rules.

    The result depends on nothing but the arguments: any partitioning of the records gives the same matches.
    """
    found: list[Match] = []
    lanes = rules.lanes
    source = None
    for position, record in enumerate(records):
        fields = record[2]
        if record[0] is not source:
            source = record[0]
            shapes = lanes.shapes(source)
        names = tuple(fields)
        try:
            kinds = shapes[names]
        except KeyError:
            kinds = lanes.kinds(source, names, fields)
            shapes = lanes.shapes(source)
        event_id = fields.get("EventID")
        # True and 1 are the same key of a dictionary, but not the same to a rule.
        if kinds is None or event_id.__class__ is bool:
            verdict = _verdict(rules.programs, source, fields)
        else:
            kind = fields.get("Channel"), event_id
            try:
                lane = kinds[kind]
            except KeyError:
                lane = kinds[kind] = lanes.lane(source, names, fields)
            except TypeError:
                # A list among what decides the kind.
                lane = lanes.lane(source, names, fields)
            verdict = lane.verdict(fields)
        if verdict:
            _tell(found, position, fields, verdict)
    return found


def _verdict(programs: Programs, source: LogSource, fields: Mapping[str, Any]) -> Sequence[Verdict]:
    """Return the verdict on a record whose kind more than channel and identifier decide."""
    get, event_id = fields.get, fields.get("EventID")
    known, ready = programs.view(source)
    if not known.issuperset(fields):
        known, ready = programs.learn(source, fields)
    kind: Any = get("Channel"), event_id if event_id.__class__ is not bool else text_of(event_id)
    if programs.deciding:
        kind = (kind, *[text_of(get(name)) for name in programs.deciding])
    try:
        program = ready[kind]
    except KeyError:
        if len(ready) >= MAX_KINDS:
            ready.clear()
        program = ready[kind] = programs.program_of(source, fields)
    except TypeError:
        program = programs.program_of(source, fields)
    return () if program is None else program.verdict(fields)


def _tell(found: list[Match], position: int, fields: dict[str, Any], verdicts: Sequence[Verdict]) -> None:
    """Add the matches of one record with their explanations."""
    event: dict[str, list[Any]] | None = None
    for candidate, why in verdicts:
        if why is None:
            event = folded_fields(fields) if event is None else event
            why = _asked_now(candidate, event, fields)
        if why is not None:
            atoms = tuple([_seen(reason, fields) for reason in why])
            found.append(Match(position, candidate.rule, atoms))


def _asked_now(
    candidate: Candidate, event: Mapping[str, list[Any]], fields: Mapping[str, Any]
) -> tuple[Reason, ...] | None:
    """Return the reasons of a rule that compares fields, or None when it does not match the event."""
    if not holds(candidate.tree, event):
        return None
    return tuple(
        Reason(atom, tuple(name for name in fields if name.casefold() == atom.field), predicate(atom))
        for atom in reasons(candidate.whole, lambda atom: atom_holds(atom, event))
    )


def _seen(reason: Reason, fields: Mapping[str, Any]) -> MatchedAtom:
    """Return an atom together with the value of the event on which it holds."""
    atom, names, test = reason
    if names is not None and len(names) == 1:
        value = fields.get(names[0], ABSENT)
        if value is ABSENT:
            return MatchedAtom(atom.name, None, atom.shown, atom.op.value)
        if value.__class__ is not list:
            return MatchedAtom(names[0], value, atom.shown, atom.op.value)
    first: tuple[str, Any] | None = None
    if names is not None and len(names) > 1:
        # Which spelling was learnt first must not show: the event's own order does.
        among = names
        names = tuple(name for name in fields if name in among)
    for name in fields if names is None else names:
        value = fields.get(name, ABSENT)
        if value is ABSENT:
            continue
        if first is None and names is not None:
            first = (name, value)
        for member in members(value) if value.__class__ is list else (value,):
            text = text_of(member)
            if text is not None and test(text):
                return MatchedAtom(name, member, atom.shown, atom.op.value)
    name, value = first or (atom.name, None)
    return MatchedAtom(name, value, atom.shown, atom.op.value)
