"""What two wards can have in common: indicators in an alert's event, its rule, its techniques.

Never a key: host names, user names, addresses that are not global, names inside a ward's own domains, and
names of documents. A key may be shown to other wards as a sighting, so it must not say who the victim is.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from importlib.resources import files
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class KeyKind(StrEnum):
    """What kind of sign a key is."""

    IP = "ip"
    DOMAIN = "domain"
    URL = "url"
    HASH = "hash"
    FILE = "file"
    RULE = "rule"
    TECHNIQUE = "technique"


class Key(NamedTuple):
    """One sign, in one spelling: domains and names in lower case, addresses compressed."""

    kind: KeyKind
    value: str


class RuleWords(NamedTuple):
    """What a key needs to know of the rule that matched: its id and its tags (``attack.t1059.001``)."""

    identifier: str
    tags: tuple[str, ...] = ()


Network = IPv4Network | IPv6Network

# The most telling first: what an alert with too many keys keeps.
_ORDER = ("rule", "technique", "hash", "ip", "domain", "url", "file")
_RANK = {KeyKind(kind): rank for rank, kind in enumerate(_ORDER)}

MOST_KEYS = 32
LONGEST_VALUE = 300

_KIND_OF_FIELD: Mapping[str, KeyKind] = {
    name: KeyKind(kind)
    for kind, names in tomllib.loads(
        files(__package__).joinpath("key_fields.toml").read_text("utf-8")
    ).items()
    for name in names
}

_TECHNIQUE = re.compile(r"attack\.(t\d{4}(?:\.\d{3})?)", re.IGNORECASE)
_HASH = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\b", re.IGNORECASE)
_IMPORT_HASH = re.compile(r"imphash=[0-9a-f]*", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})"
)
# Names that programs carry; a document's name may be a person's.
_PROGRAM = re.compile(
    r"[^/\\:*?\"<>|\x00-\x1f]{1,120}\.(?:exe|dll|sys|com|scr|pif|cpl|ps1|psm1|bat|cmd|vbs|vbe|js|jse|wsf|wsh|hta"
    r"|msi|msp|lnk|jar|iso|img|vhd|vhdx|chm|one|xll|docm|xlsm|pptm|dotm|py|sh|elf|so|bin|apk)",
    re.IGNORECASE,
)
# Ranges for documentation (RFC 5737, RFC 3849): no real traffic has them, invented examples do.
_DOCUMENTATION = tuple(
    ip_network(text) for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
)
# Reverse look-ups and names that exist only inside; municipal domains name the ward itself.
_OWN_SUFFIXES = (
    *(".local", ".localdomain", ".lan", ".internal", ".intranet", ".corp", ".home", ".private", ".test"),
    *(".invalid", ".arpa", ".lg.jp", ".go.jp", ".tokyo.jp"),
)


def keys_of(
    fields: Mapping[str, Any], rule: RuleWords, own_networks: Sequence[Network] = ()
) -> tuple[Key, ...]:
    """Return the keys of an alert: those of its event's fields, its rule and its techniques.

    At most ``MOST_KEYS``, in a fixed order; the same fields always give the same keys.

    Args:
        own_networks: global address ranges of the wards themselves, which would name the victim.
    """
    keys = {Key(KeyKind.RULE, rule.identifier[:LONGEST_VALUE])} if rule.identifier else set()
    for tag in rule.tags:
        found = _TECHNIQUE.fullmatch(tag)
        if found:
            keys.add(Key(KeyKind.TECHNIQUE, found.group(1).upper()))
    for name, value in fields.items():
        kind = _KIND_OF_FIELD.get(name.lower())
        if kind is None or not value:
            continue
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, str):
                keys.update(_READ[kind](one[:2_000].strip()))
    if own_networks:
        keys = {key for key in keys if not _is_own(key, own_networks)}
    return tuple(sorted(keys, key=lambda key: (_RANK[key.kind], key.value))[:MOST_KEYS])


def _addresses(text: str) -> Iterator[Key]:
    """Yield a global address; private, loopback, shared (RFC 6598) and multicast ones say nothing."""
    try:
        address = ip_address(text.strip("[]").removeprefix("::ffff:"))
    except ValueError:
        return
    invented = any(address in network for network in _DOCUMENTATION)
    if (address.is_global and not address.is_multicast) or invented:
        yield Key(KeyKind.IP, address.compressed)


def _is_own(key: Key, networks: Sequence[Network]) -> bool:
    """Return whether a key is an address of the wards' own."""
    return key.kind is KeyKind.IP and any(ip_address(key.value) in network for network in networks)


def _domains(text: str) -> Iterator[Key]:
    """Yield a public domain name; a bare address in its place is an address."""
    name = text.lower().rstrip(".")
    if _DOMAIN.fullmatch(name):
        if not name.endswith(_OWN_SUFFIXES):
            yield Key(KeyKind.DOMAIN, name)
    else:
        yield from _addresses(text)


def _urls(text: str) -> Iterator[Key]:
    """Yield a URL without user, query and fragment, which may hold personal data; and its host."""
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host = parts.hostname or ""
    except ValueError:
        return
    hosts = list(_domains(host))
    yield from hosts
    if hosts and len(parts.path) > 1:
        yield Key(KeyKind.URL, f"{hosts[0].value}{parts.path}"[:LONGEST_VALUE])


def _hashes(text: str) -> Iterator[Key]:
    """Yield file hashes (SHA-256, SHA-1, MD5); an import hash names a family of programs, not a file."""
    for found in _HASH.findall(_IMPORT_HASH.sub("", text)):
        if len(set(found.lower())) > 1:
            yield Key(KeyKind.HASH, found.lower())


def _files(text: str) -> Iterator[Key]:
    """Yield the name of a program without its folder, which may hold a user's name."""
    name = PurePosixPath(text.replace("\\", "/")).name.lower()
    if _PROGRAM.fullmatch(name):
        yield Key(KeyKind.FILE, name)


_READ = {
    KeyKind.IP: _addresses,
    KeyKind.DOMAIN: _domains,
    KeyKind.URL: _urls,
    KeyKind.HASH: _hashes,
    KeyKind.FILE: _files,
}
