"""Keeps what parsing a text gave, by the hash of the text.

The file holds data only (JSON, one text a line with a checksum); a broken or foreign line is passed over and
its text parsed again. Several processes may read and write it: each writes a file of its own and puts it in
place at once.
"""

import os
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from yui.security.soc.engine.records import LogSource
from yui.security.soc.engine.sigma.nodes import TEXT_OPS, as_json, atoms_of, from_json
from yui.security.soc.engine.sigma.predicates import predicate
from yui.security.soc.engine.sigma.rules import ParsedText, Rule, RuleFilter, Unsupported

ENGINE_VERSION = 1
MAX_KEPT = 30_000
_REBUILT = ("tree", "logsource", "source")
_REBUILT = ("tree", "logsource", "source")
_TEXTS = ("tags", "references", "falsepositives", "fields")


class RuleCache:
    """The parsed texts kept in a folder."""

    def __init__(self, folder: Path) -> None:
        stamp = f"{ENGINE_VERSION}-{version('pysigma')}"
        self._file = folder / f"sigma-{stamp}.jsonl"
        self._lines = _lines_of(self._file)
        self._new: dict[str, bytes] = {}

    def get(self, key: str, place: str, text: str) -> ParsedText | None:
        """Return what a text was parsed to, or None when it is not known or its line is broken."""
        line = self._lines.get(key)
        if line is None:
            return None
        try:
            return _parsed(orjson.loads(line), place, text)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None

    def put(self, key: str, parsed: ParsedText, text: str) -> None:
        """Keep what a text was parsed to."""
        self._new[key] = orjson.dumps(_written(parsed, text))

    def save(self) -> None:
        """Write what is new, together with what was there; a folder that cannot be written is no error."""
        if not self._new:
            return
        older = [item for item in self._lines.items() if item[0] not in self._new]
        kept = [*self._new.items(), *older][:MAX_KEPT]
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._file.parent, prefix=".sigma-")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.writelines(_line(key, line) for key, line in kept)
                Path(name).replace(self._file)
            except OSError:
                Path(name).unlink(missing_ok=True)


def _line(key: str, data: bytes) -> bytes:
    return b"%s %08x %s\n" % (key.encode(), zlib.crc32(data), data)


def _lines_of(file: Path) -> dict[str, bytes]:
    """Return the sound lines of a cache file by key."""
    found: dict[str, bytes] = {}
    with suppress(OSError):
        for line in file.read_bytes().splitlines():
            key, _, rest = line.partition(b" ")
            checksum, _, data = rest.partition(b" ")
            if checksum == b"%08x" % zlib.crc32(data):
                found[key.decode("ascii", "replace")] = data
    return found


def _written(parsed: ParsedText, text: str) -> dict[str, Any]:
    return {
        "rules": [_rule_written(rule, text) for rule in parsed.rules],
        "filters": [[list(one.logsource), one.rules, as_json(one.tree)] for one in parsed.filters],
        "correlations": [None if source == text else source for source in parsed.correlations],
        "unsupported": [[one.id, one.reason] for one in parsed.unsupported],
    }


def _rule_written(rule: Rule, text: str) -> dict[str, Any]:
    data = {name: value for name, value in vars(rule).items() if name not in ("tree", "place", "sha256")}
    data["logsource"] = list(rule.logsource)
    data["source"] = None if rule.source == text else rule.source
    return {**data, "tree": as_json(rule.tree)}


def _parsed(data: Mapping[str, Any], place: str, text: str) -> ParsedText:
    return ParsedText(
        rules=tuple(_rule_read(rule, place, text) for rule in data["rules"]),
        filters=tuple(
            RuleFilter(LogSource(*source), None if rules is None else tuple(rules), from_json(tree))
            for source, rules, tree in data["filters"]
        ),
        correlations=tuple(text if source is None else str(source) for source in data["correlations"]),
        unsupported=tuple(
            Unsupported(str(known), place, str(reason)) for known, reason in data["unsupported"]
        ),
    )


def _rule_read(data: Mapping[str, Any], place: str, text: str) -> Rule:
    tree = from_json(data["tree"])
    for atom in atoms_of(tree):
        if atom.op not in TEXT_OPS:
            predicate(atom)
    given: dict[str, Any] = {name: value for name, value in data.items() if name not in _REBUILT}
    given |= {name: tuple(data[name]) for name in _TEXTS}
    return Rule(
        **given,
        logsource=LogSource(*data["logsource"]),
        source=text if data["source"] is None else str(data["source"]),
        place=place,
        sha256="",
        tree=tree,
    )
