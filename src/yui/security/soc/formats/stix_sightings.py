"""Sightings as a STIX 2.1 bundle: what was seen, when and how often; never where.

Source: STIX Version 2.1 (OASIS Standard), sections 4.7 Indicator, 4.2 Attack Pattern, 5.2 Sighting, 7.2 Data
Markings. ``where_sighted_refs`` is left out on purpose: it would name the victim.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

TLP_GREEN = "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"
"""The predefined marking of STIX 2.1, section 7.2.1.4."""
_NAMES = UUID("6d5bd0c4-9b1c-5a6e-8f0e-8f3d7c1f2a10")
_HASHES = {32: "MD5", 40: "SHA-1", 64: "SHA-256"}


@dataclass(frozen=True)
class SightingFact:
    """One sighting.

    Attributes:
        number: its key, from which the identifiers are made: the same sighting is always the same object.
        kind: ``ip``, ``domain``, ``url``, ``hash``, ``file``, ``technique`` or ``rule``.
        value: what was seen; the ATT&CK number of a technique, the Sigma id of a rule.
        first, last: from when to when (aware).
        count: how often.
        created, modified: when the record was made and changed (aware).
        pattern: the text of a Sigma rule, for ``rule``.
    """

    number: int
    kind: str
    value: str
    first: datetime
    last: datetime
    count: int
    created: datetime
    modified: datetime
    pattern: str = ""


def bundle(facts: Iterable[SightingFact], *, source: str) -> str:
    """Return the bundle as JSON text.

    Args:
        facts: the sightings; one of a kind that STIX has no object for becomes an indicator of its text.
        source: the name of the body that tells.
    """
    author = _identifier("identity", source)
    objects: list[dict[str, Any]] = []
    for fact in facts:
        seen = _seen(fact, author)
        objects += [seen, _sighting(fact, seen["id"], author)]
    identity = {
        **_common("identity", author, objects[0]["created"] if objects else _time(datetime.now(UTC))),
        "name": source,
        "identity_class": "organization",
    }
    whole = {
        "type": "bundle",
        "id": _identifier("bundle", source, *(o["id"] for o in objects)),
        "objects": [identity, *objects],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _seen(fact: SightingFact, author: str) -> dict[str, Any]:
    """Return what was seen: an attack pattern for a technique, an indicator for all else."""
    created = _time(fact.created)
    if fact.kind == "technique":
        key = _identifier("attack-pattern", fact.value)
        reference = {"source_name": "mitre-attack", "external_id": fact.value}
        return {
            **_common("attack-pattern", key, created),
            "name": fact.value,
            "external_references": [reference],
        }
    is_rule = fact.kind == "rule"
    return {
        **_common("indicator", _identifier("indicator", fact.kind, fact.value), created),
        "created_by_ref": author,
        "name": f"{fact.kind}: {fact.value}",
        "indicator_types": ["malicious-activity"],
        "pattern": (fact.pattern or fact.value) if is_rule else _pattern(fact.kind, fact.value),
        "pattern_type": "sigma" if is_rule else "stix",
        "valid_from": _time(fact.first),
        "object_marking_refs": [TLP_GREEN],
    }


def _sighting(fact: SightingFact, seen: str, author: str) -> dict[str, Any]:
    return {
        **_common("sighting", _identifier("sighting", str(fact.number), fact.value), _time(fact.created)),
        "modified": _time(fact.modified),
        "created_by_ref": author,
        "first_seen": _time(fact.first),
        "last_seen": _time(fact.last),
        "count": min(fact.count, 999_999_999),
        "sighting_of_ref": seen,
        "object_marking_refs": [TLP_GREEN],
    }


def _pattern(kind: str, value: str) -> str:
    """Return a comparison of STIX patterning (section 9) for one value."""
    text = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if kind == "ip":
        return f"[{'ipv6' if ':' in value else 'ipv4'}-addr:value = {text}]"
    if kind == "domain":
        return f"[domain-name:value = {text}]"
    if kind == "url":
        return f"[url:value = {text}]"
    if kind == "hash":
        return f"[file:hashes.'{_HASHES.get(len(value), 'SHA-256')}' = {text}]"
    return f"[file:name = {text}]"


def _common(kind: str, key: str, created: str) -> dict[str, Any]:
    return {"type": kind, "spec_version": "2.1", "id": key, "created": created, "modified": created}


def _identifier(kind: str, *parts: str) -> str:
    return f"{kind}--{uuid5(_NAMES, chr(0).join((kind, *parts)))}"


def _time(moment: datetime) -> str:
    """Return a moment as STIX writes it: UTC, three decimals."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
