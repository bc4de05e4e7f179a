"""Codes proposed for what files name in their own way."""

import hashlib
import re
import unicodedata

LONGEST_CODE = 60
_NOT_IN_CODES = re.compile(r"[^0-9a-z._-]+")


def code_of(*parts: str) -> str:
    """Return a code of the store made of parts; a long one keeps its beginning and a digest of the whole.

    Signs that no code holds are left out, so that different parts may give one code; a text of which nothing
    is left (Japanese) is represented by its digest.
    """
    kept = []
    for part in filter(None, parts):
        plain = _NOT_IN_CODES.sub("", unicodedata.normalize("NFKC", part).casefold()).strip("._-")
        kept.append(plain or f"s{digest(part)}")
    whole = "-".join(kept)
    return whole if len(whole) <= LONGEST_CODE else f"{whole[: LONGEST_CODE - 9]}-{digest(whole)}"


def digest(text: str) -> str:
    """Return eight hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
