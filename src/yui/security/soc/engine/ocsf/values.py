"""Small values as OCSF wants them: fingerprints, names from paths, users with domains, numbers from text."""

import re
from typing import Any

_ALGORITHMS = {"MD5": 1, "SHA1": 2, "SHA256": 3, "SHA512": 4, "IMPHASH": 18}
_BY_LENGTH = {32: ("MD5", 1), 40: ("SHA-1", 2), 64: ("SHA-256", 3), 128: ("SHA-512", 4)}
_NAMES = {1: "MD5", 2: "SHA-1", 3: "SHA-256", 4: "SHA-512", 18: "Imphash"}
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]+", re.ASCII)


def best_hash(text: str) -> str:
    """The SHA-256 of Sysmon's list (``MD5=…,SHA256=…``), else the first hash; lower case."""
    start = text.find("SHA256=")
    if start >= 0:
        return text[start + 7 : start + 71].lower()
    first = text.partition(",")[0]
    return (first.partition("=")[2] or first).lower()


def fingerprints(text: str) -> list[dict[str, Any]]:
    """Every hash of Sysmon's list, or the one that stands alone, as OCSF ``fingerprint`` objects."""
    found = []
    for part in text.split(","):
        name, named, value = part.strip().partition("=")
        if not named:
            name, value = "", name
        if not _HEXADECIMAL.fullmatch(value) or not value.strip("0"):
            continue
        number = _ALGORITHMS.get(name.upper().replace("-", "")) or _BY_LENGTH.get(len(value), ("", 0))[1]
        algorithm = _NAMES.get(number, name or "Unknown")
        found.append({"algorithm": algorithm, "algorithm_id": number, "value": value.lower()})
    return found


def base_name(path: str) -> str:
    """The last part of a Windows or Unix path; the path itself where it ends in a separator."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path or "unknown"


def integer(value: Any) -> int | None:
    """A number from a number or text, decimal or hexadecimal (``0x1a4``); None if it is none or too large."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        number = value
    elif isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        number = int(value)
    elif isinstance(value, str) and len(value) < 20:
        try:
            number = int(value, 16) if value[:2].lower() == "0x" else int(value)
        except ValueError:
            return None
    else:
        return None
    return number if -(2**63) <= number < 2**63 else None


def user_parts(name: str) -> dict[str, str]:
    r"""``DOMAIN\name`` as ``domain`` and ``name``; anything else as the name alone."""
    domain, separated, rest = name.partition("\\")
    return {"domain": domain, "name": rest} if separated and domain and rest else {"name": name}
