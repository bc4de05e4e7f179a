"""The joint correlator's whole state as JSON, so that a process which is restarted gives identical facts."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from yui.security.soc.engine.correlation.state_json import dump_state, load_state
from yui.security.soc.engine.joint.correlator import JointCorrelator
from yui.security.soc.engine.joint.facts import JointCounts
from yui.security.soc.engine.joint.history import KeyHistory, Reached, WardRecord
from yui.security.soc.engine.joint.keys import Key, KeyKind

FORMAT = "yui-joint-correlation"
VERSION = 1


class JointSnapshotRefused(ValueError):
    """A stored state cannot be used; the message says why and what to do, in Japanese and English."""


def snapshot(correlator: JointCorrelator) -> bytes:
    """Return the state of a joint correlator: JSON in UTF-8, with a format name and version."""
    state = {
        "format": FORMAT,
        "version": VERSION,
        "wards": correlator.config.wards,
        "windows_us": correlator.config.windows_us,
        "counts": correlator.counts.as_dict(),
        "newest_us": correlator.newest_us,
        "watermark_us": correlator.watermark_us,
        "first_day": correlator.first_day,
        "waiting": [
            [time_us, ward, alert_id, [list(key) for key in keys], level]
            for time_us, ward, alert_id, keys, level in sorted(correlator.waiting)
        ],
        "keys": [_stored(key, history) for key, history in correlator.keys.items()],
        "reaches": [
            [*case, [[day, list(counts.items())] for day, counts in days.items()]]
            for case, days in correlator.reaches.days.items()
        ],
    }
    return dump_state(state)


def restore(correlator: JointCorrelator, state: bytes) -> None:
    """Put a stored state into a joint correlator that has seen nothing yet.

    Wards may have been added behind the others since; windows must be the same.

    Raises:
        JointSnapshotRefused: when ``state`` is no such JSON, of another version or setting, or damaged. The
            correlator must then be thrown away.
    """
    if correlator.counts.alerts or correlator.keys:
        raise JointSnapshotRefused(
            "使用中の横断検知には戻せません。新しく作ってください。 "
            "The joint correlator is in use already: restore into a new one."
        )
    try:
        content = load_state(state)
        head = content["format"], content["version"]
        wards, windows_us = tuple(content["wards"]), tuple(content["windows_us"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise JointSnapshotRefused(
            "保存された状態がJSONとして読めません。前の保存を使ってください。 "
            "The stored state cannot be read: use the one before."
        ) from error
    config = correlator.config
    if head != (FORMAT, VERSION) or windows_us != config.windows_us or wards != config.wards[: len(wards)]:
        raise JointSnapshotRefused(
            f"この状態は {FORMAT} の版 {VERSION} でないか、区や期間の設定が違います。"
            "同じ設定で始めてください。 "
            f"The stored state is not {FORMAT} version {VERSION}, or wards or windows differ: use the same."
        )
    try:
        _put_back(correlator, content)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise JointSnapshotRefused(
            f"保存された状態が壊れています({error!r})。前の保存を使ってください。 "
            f"The stored state is damaged ({error!r}): use the one before."
        ) from error


def _stored(key: Key, history: KeyHistory) -> dict[str, Any]:
    """Return a key's history as plain values; pairs, because JSON's names would turn numbers into text."""
    return {
        "key": list(key),
        "brought_by": history.brought_by,
        "began_us": history.began_us,
        "last_us": history.last_us,
        "revision": history.revision,
        "reached": [[one.wards, one.announced, one.level] for one in history.reached],
        "days": list(history.days.items()),
        "wards": [
            [
                place,
                record.first_us,
                record.last_us,
                record.count,
                record.episode_count,
                record.alert_ids,
            ]
            for place, record in history.wards.items()
        ],
    }


def _put_back(correlator: JointCorrelator, content: Mapping[str, Any]) -> None:
    for one in fields(JointCounts):
        setattr(correlator.counts, one.name, int(content["counts"][one.name]))
    correlator.newest_us, correlator.watermark_us = int(content["newest_us"]), int(content["watermark_us"])
    correlator.first_day = None if content["first_day"] is None else int(content["first_day"])
    correlator.waiting = [
        (int(time_us), str(ward), str(alert_id), tuple(_key(one) for one in keys), str(level))
        for time_us, ward, alert_id, keys, level in content["waiting"]
    ]
    for stored in content["keys"]:
        key = _key(stored["key"])
        history = KeyHistory(
            int(stored["brought_by"]),
            int(stored["began_us"]),
            int(stored["last_us"]),
            [Reached(*map(int, one)) for one in stored["reached"]],
            {int(day): int(mask) for day, mask in stored["days"]},
            {int(place): _record(*record) for place, *record in stored["wards"]},
            int(stored["revision"]),
        )
        correlator.keys[key] = history
        correlator.known[key.kind] += 1
        correlator.brought[history.brought_by] += 1
    for kind, level, window, days in content["reaches"]:
        correlator.reaches.days[KeyKind(kind), int(level), int(window)] = {
            int(day): {int(wards): int(count) for wards, count in counts} for day, counts in days
        }


def _record(first_us: Any, last_us: Any, count: Any, episode_count: Any, alert_ids: Any) -> WardRecord:
    return WardRecord(
        int(first_us), int(last_us), int(count), int(episode_count), [str(one) for one in alert_ids]
    )


def _key(stored: Any) -> Key:
    kind, value = stored
    return Key(KeyKind(kind), str(value))
