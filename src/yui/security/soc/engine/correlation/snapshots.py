"""A correlator's whole state as JSON, so that a process which is restarted gives identical alerts."""

from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Any, NamedTuple

from yui.security.soc.engine.correlation.alerts import Counts, LateObservation
from yui.security.soc.engine.correlation.correlator import Correlator, WardState
from yui.security.soc.engine.correlation.rules import NUMERIC_TYPES, CorrelationRule, Number
from yui.security.soc.engine.correlation.state_json import dump_state, load_state
from yui.security.soc.engine.correlation.windows import Entry, Window

FORMAT = "yui-correlation"
VERSION = 1


class SnapshotRefused(ValueError):
    """A stored state cannot be used; the message says why and what to do, in Japanese and English."""


class Restored(NamedTuple):
    """What came back.

    Attributes:
        windows: windows put back.
        waiting: undecided entries put back.
        dropped_rules: ids of rules that changed or are gone since; their windows were not put back.
        dropped_entries: undecided entries and window events of such rules.
    """

    windows: int
    waiting: int
    dropped_rules: tuple[str, ...]
    dropped_entries: int


def snapshot(correlator: Correlator) -> bytes:
    """Return the state of a correlator: JSON in UTF-8, with a format name and version."""
    plan = correlator.plan
    state = {
        "format": FORMAT,
        "version": VERSION,
        "lateness_us": correlator.lateness_us,
        "floor_us": correlator.floor_us,
        "rules": {rule.identifier: plan.fingerprint(rule) for rule in plan.rules},
        "counts": correlator.counts.as_dict(),
        "late": [list(one) for one in correlator.late],
        "wards": {code: _ward_state(state, plan.rules) for code, state in correlator.wards.items()},
    }
    return dump_state(state)


def restore(correlator: Correlator, state: bytes) -> Restored:
    """Put a stored state into a correlator that has seen nothing yet.

    Windows of rules that changed since are left out and told; all others go on as if nothing had happened.

    Raises:
        SnapshotRefused: when ``state`` is no such JSON, of another version or lateness, or damaged. The
            correlator must then be thrown away.
    """
    if correlator.wards:
        raise SnapshotRefused(
            "使用中の相関処理には戻せません。新しく作ってください。 "
            "The correlator is in use already: restore into a new one."
        )
    content = _content(state, correlator.lateness_us)
    try:
        return _put_back(correlator, content)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise SnapshotRefused(
            f"保存された状態が壊れています({error!r})。前の保存を使ってください。 "
            f"The stored state is damaged ({error!r}): use the one before."
        ) from error


def _ward_state(state: WardState, rules: tuple[CorrelationRule, ...]) -> dict[str, Any]:
    """Return one ward's state as plain values."""
    return {
        "newest_us": state.newest_us,
        "watermark_us": state.watermark_us,
        "waiting": [
            [rules[entry.correlation].identifier, entry.group, *_entry(entry)] for entry in state.waiting
        ],
        "windows": [
            [
                rules[position].identifier,
                group,
                window.opened_us,
                window.quiet_until_us,
                window.truncated,
                [_entry(entry) for entry in window.live()],
            ]
            for position, groups in enumerate(state.groups.by_rule)
            for group, window in groups.items()
        ],
    }


def _entry(entry: Entry) -> list[Any]:
    return [entry.time_us, entry.reference, entry.event_id, str(entry.value), entry.carried]


def _content(state: bytes, lateness_us: int) -> dict[str, Any]:
    """Return the JSON object of a stored state after looking at its head."""
    try:
        content = load_state(state)
    except (ValueError, RecursionError) as error:
        raise SnapshotRefused(
            "保存された状態がJSONとして読めません。前の保存を使ってください。 "
            "The stored state is no JSON: use the one before."
        ) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT or content.get("version") != VERSION:
        raise SnapshotRefused(
            f"この状態は {FORMAT} の版 {VERSION} ではありません。新しく始めてください。 "
            f"The stored state is not {FORMAT} version {VERSION}: begin anew."
        )
    if content.get("lateness_us") != lateness_us:
        raise SnapshotRefused(
            f"遅延許容が {content.get('lateness_us')} µs の状態です。同じ値で始めてください。 "
            f"The stored state was made with a lateness of {content.get('lateness_us')} µs: use the same."
        )
    return content


def _put_back(correlator: Correlator, content: Mapping[str, Any]) -> Restored:
    plan = correlator.plan
    usable = {
        rule.identifier: position
        for position, rule in enumerate(plan.rules)
        if content["rules"].get(rule.identifier) == plan.fingerprint(rule)
    }
    correlator.floor_us = int(content["floor_us"])
    correlator.late.extend(LateObservation(*one) for one in content["late"])
    for one in fields(Counts):
        setattr(correlator.counts, one.name, int(content["counts"][one.name]))
    windows = waiting = dropped = 0
    for code, stored in content["wards"].items():
        state = correlator.ward(code)
        state.newest_us, state.watermark_us = int(stored["newest_us"]), int(stored["watermark_us"])
        for identifier, group, *entry in stored["waiting"]:
            if identifier in usable:
                position = usable[identifier]
                state.waiting.add(_stored_entry(plan.rules[position], position, tuple(group), entry))
                waiting += 1
            else:
                dropped += 1
        for identifier, group, *window in stored["windows"]:
            if identifier in usable:
                position = usable[identifier]
                state.groups.put(
                    position, tuple(group), _window(plan.rules[position], position, tuple(group), window)
                )
                windows += 1
            else:
                dropped += len(window[-1])
    return Restored(windows, waiting, tuple(sorted(set(content["rules"]) - set(usable))), dropped)


def _window(rule: CorrelationRule, position: int, group: tuple[str, ...], stored: list[Any]) -> Window:
    """Return a window as it was: its events measured again in order."""
    opened_us, quiet_until_us, truncated, entries = stored
    window = Window(rule, int(opened_us))
    window.quiet_until_us, window.truncated = int(quiet_until_us), bool(truncated)
    for entry in entries:
        window.take(rule, _stored_entry(rule, position, group, entry))
    return window


def _stored_entry(rule: CorrelationRule, position: int, group: tuple[str, ...], stored: list[Any]) -> Entry:
    time_us, reference, event_id, value, carried = stored
    return Entry(
        int(time_us),
        position,
        group,
        int(reference),
        str(event_id),
        _number(value) if rule.type in NUMERIC_TYPES else str(value),
        tuple(tuple(variant) for variant in carried),
    )


def _number(text: str) -> Number:
    exact = Fraction(text)
    return exact.numerator if exact.denominator == 1 else exact
