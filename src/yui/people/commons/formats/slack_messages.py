"""Messages and people of a Slack export, one record at a time."""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from yui.people.commons.formats.imported import (
    ImportedFile,
    ImportedPerson,
    ImportedPost,
    Reason,
    is_believable,
)
from yui.people.commons.formats.json_text import list_of, mapping_of, text_of
from yui.people.commons.formats.slack_text import markdown_of_slack

_STAMP = re.compile(r"([0-9]{1,12})\.([0-9]{1,6})\Z", re.ASCII)
KEY = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
_TAKEN = frozenset({"", "file_share", "thread_broadcast", "reply_broadcast", "me_message"})
_MOST_FILES = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = datetime.min.replace(tzinfo=UTC)


def refusal_of(message: Any, bots: Collection[str], latest: datetime) -> Reason | None:
    """Return why a message is not taken in; None for one that is, whose fields then have the right types.

    Args:
        bots: people who are machines.
        latest: no message can be younger.
    """
    if not isinstance(message, dict) or message.get("type", "message") != "message":
        return Reason.BAD_SHAPE
    subtype, user = message.get("subtype") or "", message.get("user")
    if message.get("hidden") is True or subtype == "tombstone":
        return Reason.DELETED
    if subtype == "bot_message" or message.get("bot_id") or (isinstance(user, str) and user in bots):
        return Reason.BOT
    if not isinstance(subtype, str):
        return Reason.BAD_SHAPE
    if subtype not in _TAKEN:
        return Reason.SYSTEM
    stamps = message.get("ts"), message.get("thread_ts") or message.get("ts")
    if not all(isinstance(stamp, str) and _STAMP.match(stamp) for stamp in stamps):
        return Reason.BAD_SHAPE
    if not (isinstance(user, str) and KEY.match(user)) or not isinstance(message.get("text", ""), str | None):
        return Reason.BAD_SHAPE
    return None if is_believable(moment_of(message["ts"]), latest) else Reason.BAD_TIME


def post_of(message: Mapping[str, Any], key: str, names: Mapping[str, str]) -> ImportedPost:
    """Return a message that ``refusal_of`` lets in.

    Args:
        key: what it is called for ever.
        names: what people are called, by their number.
    """
    edited = mapping_of(message.get("edited")).get("ts")
    return ImportedPost(
        key=key,
        person=message["user"],
        at=moment_of(message["ts"]),
        body=markdown_of_slack(written_in(message), names),
        edited_at=moment_of(edited) if isinstance(edited, str) and _STAMP.match(edited) else None,
        files=tuple(
            ImportedFile(
                text_of(one, "title", "name") or "file",
                text_of(one, "permalink", "url_private", longest=1000),
            )
            for one in _files_of(message)
        ),
    )


def reactions_of(message: Mapping[str, Any]) -> set[str]:
    """Return the names of the reactions to a message, without their skin tones."""
    return {
        str(reaction.get("name", "")).partition("::")[0].strip(":")
        for reaction in map(mapping_of, list_of(message.get("reactions")))
    }


@lru_cache(maxsize=1 << 16)
def moment_of(stamp: str) -> datetime:
    """Return the time that a ``ts`` stands for; one that no calendar holds becomes the earliest possible."""
    match = _STAMP.match(stamp)
    if match is None:
        return _NEVER
    try:
        return _EPOCH + timedelta(seconds=int(match[1]), microseconds=int(match[2].ljust(6, "0")))
    except OverflowError:
        return _NEVER


def _files_of(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the files of a message; exports of 2016 have one, under another name."""
    files = list_of(message.get("files")) or [message.get("file")]
    return [one for one in map(mapping_of, files[:_MOST_FILES]) if one]


def written_in(message: Mapping[str, Any]) -> str:
    """Return what a message says; for one without words what its attachments or files are called."""
    if (message.get("text") or "").strip():
        return str(message["text"])
    words = [
        text_of(mapping_of(one), "fallback", "text", "title", longest=2_000)
        for one in list_of(message.get("attachments"))
    ]
    words += [text_of(one, "title", "name") for one in _files_of(message)]
    return "\n".join(filter(None, words[:_MOST_FILES]))


def person_of(key: str, record: Mapping[str, Any]) -> ImportedPerson:
    """Return somebody of ``users.json``."""
    profile = mapping_of(record.get("profile"))
    return ImportedPerson(
        key=key,
        name=text_of(profile, "display_name", "real_name") or text_of(record, "real_name", "name") or key,
        email=text_of(profile, "email", longest=254),
        username=text_of(record, "name", longest=150),
    )
