"""An edition's content: plain data, one canonical text of it, and what of it is for everybody.

The content names its ``format``, the period, and for each language what a reader sees. Figures stand as
decimal text, moments as ISO text, so that the text of equal content is equal to the byte.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1
LANGUAGES = ("ja", "en")
TOPICS = ("change", "risk", "decision")

Content = dict[str, Any]

PUBLIC_INDICATOR = (
    "change_text",
    "code",
    "outlook",
    "pillar",
    "points",
    "status",
    "status_text",
    "target",
    "target_text",
    "title",
    "unit",
    "value",
    "value_text",
    "year_text",
)
"""What of an indicator everybody may read: nothing that other wards' figures went into."""

PUBLIC_WORDS = ("language", "months", "notice", "period_text", "measured_text", "title", "whose")
UNTOLD = {"no_decisions": "", "nothing": ""}
"""Of a topic without a public note nothing is said, not even that there is nothing: inside there may be."""


@dataclass(frozen=True)
class ContentNote:
    """A note as the content holds it, in the words of its writer whatever the language."""

    topic: str
    text: str
    weight: int
    is_public: bool


def canonical(content: Content) -> str:
    """Return the one text of the content: sorted keys, no blanks, Unicode as it is."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(text: str | bytes) -> str:
    """Return the SHA-256 of a text (as UTF-8) or of bytes, in hexadecimal."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def printable(text: str) -> str:
    """Return a text without the control signs and half characters that no file format can hold."""
    kept = (sign for sign in text.replace("\r\n", "\n").replace("\t", " ") if _is_printable(sign))
    return "".join(kept)


def _is_printable(sign: str) -> bool:
    is_control = unicodedata.category(sign) in {"Cc", "Cs"} and sign != "\n"
    return not is_control and ord(sign) & 0xFFFE != 0xFFFE


def with_notes(content: Content, notes: Iterable[ContentNote]) -> Content:
    """Return the content with these notes in place of its own, what matters most first."""
    ordered = sorted(notes, key=lambda note: (TOPICS.index(note.topic), -note.weight, note.text))
    return content | {"notes": [asdict(note) | {"text": printable(note.text)} for note in ordered]}


def public_content(content: Content) -> Content:
    """Return what everybody may read: indicators and notes that are marked public, and nothing else.

    What rooms say stays inside (a person may turn it into a public note), and so do the plan's title, the
    wards' figures, and what compares with them.
    """
    return {
        "audience": "public",
        "format": content["format"],
        "is_demonstration": content["is_demonstration"],
        "kind": content["kind"],
        "measured_at": content["measured_at"],
        "organisation": content["organisation"],
        "period": content["period"],
        "notes": [note for note in content["notes"] if note["is_public"]],
        "languages": {name: _public_words(told) for name, told in content["languages"].items()},
    }


def _public_words(told: Mapping[str, Any]) -> dict[str, Any]:
    shown = [each for each in told["indicators"] if each["is_public"]]
    states = [each["status_text"] for each in shown]
    return {name: told[name] for name in PUBLIC_WORDS} | {
        "counts": [[word, states.count(word)] for word, _number in told["counts"]],
        "indicators": [{name: each[name] for name in PUBLIC_INDICATOR} for each in shown],
        "plan": "",
        "silent": [],
        "statements": [],
        "wards": None,
        "words": told["words"] | UNTOLD,
    }


def said_about(content: Content, language: str, topic: str) -> list[dict[str, str]]:
    """Return notes and statements of a topic as ``text``, ``room`` and ``link``, what matters most first.

    A note comes before a statement of the same weight: somebody thought it worth writing.
    """
    told = content["languages"][language]
    notes = [
        {"weight": note["weight"], "text": note["text"], "room": "", "link": ""}
        for note in content["notes"]
        if note["topic"] == topic
    ]
    found = notes + [each for each in told["statements"] if each["topic"] == topic]
    found.sort(key=lambda each: -each["weight"])
    return [{name: each[name] for name in ("text", "room", "link")} for each in found]
