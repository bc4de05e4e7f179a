"""What the export of another platform says, whatever its format: people, threads, and what was left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from yui.kernel.writing.characters import neutralised

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""No platform that is read here is older; an earlier time is a fault of the file."""
_EXAMPLES = 5
_LINES = 5_000


class Reason(StrEnum):
    """Why something of an export was not taken in; ``NOTES`` are about no single message."""

    NO_REPLIES = "no_replies"
    NO_ROOT = "no_root"
    SYSTEM = "system"
    BOT = "bot"
    DELETED = "deleted"
    PRIVATE = "private"
    UNLISTED = "unlisted"
    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    BAD_TIME = "bad_time"
    BAD_SHAPE = "bad_shape"
    DUPLICATE = "duplicate"
    KNOWN = "known"
    RENEWED = "renewed"
    STOPPED = "stopped"
    MASKED = "masked"
    MISSING_POSTS = "missing_posts"
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    ENCODING = "encoding"
    TOO_LARGE = "too_large"
    EXPANDS = "expands"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    UNSAFE_NAME = "unsafe_name"
    OTHER_FILE = "other_file"
    TWICE = "twice"


NOTES = frozenset(
    {
        Reason.MASKED,
        Reason.MISSING_POSTS,
        Reason.NOT_JSON,
        Reason.TOO_DEEP,
        Reason.ENCODING,
        Reason.TOO_LARGE,
        Reason.EXPANDS,
        Reason.DAMAGED,
        Reason.ENCRYPTED,
        Reason.UNSAFE_NAME,
        Reason.OTHER_FILE,
        Reason.TWICE,
    }
)
"""Reasons that concern a file, or a text that was taken in; the others count messages."""


@dataclass
class LeftOut:
    """Counts what was left out by place and reason, with a few examples of each; bounded."""

    counts: dict[tuple[str, Reason], int] = field(default_factory=dict)
    examples: dict[tuple[str, Reason], list[str]] = field(default_factory=dict)

    def add(self, place: str, reason: Reason, example: str = "", count: int = 1) -> None:
        """Count ``count`` messages or files of one place; ``example`` names one of them."""
        key = (_storable(place), reason)
        if key not in self.counts and len(self.counts) >= _LINES:
            key = ("", reason)
        self.counts[key] = self.counts.get(key, 0) + count
        known = self.examples.setdefault(key, [])
        if example and len(known) < _EXAMPLES:
            known.append(_storable(example))

    @property
    def messages(self) -> int:
        """How many messages were left out."""
        return sum(count for (_place, reason), count in self.counts.items() if reason not in NOTES)

    def lines(self) -> list[dict[str, str | int | list[str]]]:
        """Return what was left out as plain data, in the order in which it was met."""
        return [
            {"place": place, "reason": reason.value, "count": count, "examples": self.examples[place, reason]}
            for (place, reason), count in self.counts.items()
        ]


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """Somebody who wrote on the other platform; ``key`` is his number there."""

    key: str
    name: str
    email: str = ""
    username: str = ""


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file that a message names; its bytes are not in the export."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ImportedPost:
    """One message. ``body`` is Markdown, ``edited_at`` the last edit there, None for none."""

    key: str
    person: str
    at: datetime
    body: str
    edited_at: datetime | None = None
    files: tuple[ImportedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedThread:
    """A question with its replies in the order of time.

    Attributes:
        key: names the thread within its source, for ever.
        place: channel or topic, for the report.
        opening: None where the export holds replies only (an export of some days).
        solving: key of the reply that solved it; the key of the opening when the asker solved it; or empty.
    """

    key: str
    place: str
    title: str
    opening: ImportedPost | None
    replies: tuple[ImportedPost, ...]
    solving: str = ""
    tags: tuple[str, ...] = ()

    @property
    def messages(self) -> int:
        """How many messages the thread has."""
        return len(self.replies) + (self.opening is not None)


class Export(Protocol):
    """An export that is read."""

    source: str
    left_out: LeftOut

    @property
    def people(self) -> Mapping[str, ImportedPerson]:
        """The people by key; whoever is missing is shown by the key."""

    def threads(self) -> Iterator[ImportedThread]:
        """Yield the threads, each whole; what is no thread goes to ``left_out``."""


def _storable(text: str) -> str:
    """Return a name from the export without what a database refuses: NUL, and halves of characters."""
    return neutralised(text[:120]).encode("utf-8", "replace").decode()


def is_believable(at: datetime, latest: datetime) -> bool:
    """Return whether a message can have been written at that time."""
    return EARLIEST <= at <= latest
