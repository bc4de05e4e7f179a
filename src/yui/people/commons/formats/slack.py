"""A Slack export: ``channels.json``, ``users.json``, and a folder for each channel with a file for each day.

Two readings of each channel: the first learns on which day the last reply of each thread stands, the second
yields every thread whole on that day, so that no more than the open threads are held.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.people.commons.formats.export_files import ExportFiles, ExportUnusable, FileRefused
from yui.people.commons.formats.imported import (
    ImportedFile,
    ImportedPerson,
    ImportedPost,
    ImportedThread,
    LeftOut,
    Reason,
    is_believable,
)
from yui.people.commons.formats.json_text import json_value, list_of, mapping_of, text_of
from yui.people.commons.formats.slack_text import markdown_of_slack, title_of_slack

SOLVED_REACTIONS = ("white_check_mark", "heavy_check_mark", "ballot_box_with_check", "解決済み", "解決")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.json\Z")
_STAMP = re.compile(r"([0-9]{1,12})\.([0-9]{1,6})\Z", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
_TAKEN = frozenset({"", "file_share", "thread_broadcast", "reply_broadcast", "me_message"})
_PRIVATE = ("groups.json", "dms.json", "mpims.json")
_BESIDE = frozenset({"integration_logs.json", "canvases.json", "lists.json", "file_conversations.json"})
"""Files of an export that hold no messages."""
_MOST_FILES = 50


@dataclass
class SlackExport:
    """The public channels of a Slack export; private ones and direct messages are refused.

    Attributes:
        files: the ZIP or folder.
        latest: no message can be younger.
        solved_reactions: names of the reactions that mark a thread as solved.
        all_messages: also take messages without replies, as questions.
    """

    files: ExportFiles
    latest: datetime
    solved_reactions: tuple[str, ...] = SOLVED_REACTIONS
    all_messages: bool = False
    left_out: LeftOut = field(default_factory=LeftOut)
    source: str = "slack"

    @cached_property
    def _root(self) -> str:
        """The folder inside the ZIP in which the export stands; empty for none."""
        places = [name for name in self.files.names if name.rpartition("/")[2] == "channels.json"]
        if not places:
            raise ExportUnusable(
                str(
                    _(
                        "Slackの書き出しではありません(channels.json がありません)。"
                        "ZIPをそのまま選んでください。"
                    )
                )
            )
        return min(places, key=lambda name: name.count("/")).removesuffix("channels.json")

    def _listed(self, name: str) -> list[Any]:
        """Return the array that a file at the top holds; an empty one where it is missing or unreadable."""
        place = self._root + name
        if place not in self.files:
            return []
        try:
            return list_of(json_value(self.files.read(place)))
        except FileRefused as refused:
            self.left_out.add(name, refused.reason)
            return []

    @cached_property
    def people(self) -> Mapping[str, ImportedPerson]:
        """The people by key."""
        return {key: _person_of(key, record) for key, record in self._records.items()}

    @cached_property
    def _records(self) -> dict[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        for record in map(mapping_of, (*self._listed("users.json"), *self._listed("org_users.json"))):
            if isinstance(key := record.get("id"), str) and _KEY.match(key):
                found.setdefault(key, record)
        return found

    @cached_property
    def _bots(self) -> frozenset[str]:
        return frozenset(key for key, record in self._records.items() if record.get("is_bot") is True) | {
            "USLACKBOT"
        }

    @cached_property
    def _names(self) -> dict[str, str]:
        return {key: person.name for key, person in self.people.items()}

    @cached_property
    def _channels(self) -> dict[str, str]:
        """The public channels: name of the folder → key."""
        found: dict[str, str] = {}
        for record in map(mapping_of, self._listed("channels.json")):
            name, key = record.get("name"), record.get("id")
            is_named = isinstance(name, str) and isinstance(key, str) and _KEY.match(key)
            if is_named and record.get("is_private") is not True:
                found.setdefault(str(name), str(key))
        return found

    def threads(self) -> Iterator[ImportedThread]:
        """Yield the threads of all public channels.

        Raises:
            ExportUnusable: where it is no Slack export, or its list of channels cannot be read.
        """
        root, channels = self._root, self._channels
        if not channels:
            raise ExportUnusable(str(_("channels.json に公開チャンネルがありません。")))
        for name, reason in self.files.refused:
            self.left_out.add(name, reason)
        days = self._days(root)
        for folder in sorted(set(days) - set(channels)):
            self._refuse(folder, days[folder])
        for folder, key in sorted(channels.items()):
            yield from _Channel(self, folder, key, days.get(folder, [])).threads()

    def _days(self, root: str) -> dict[str, list[str]]:
        """Return the day files by the folder in which they stand; name every other file."""
        found: dict[str, list[str]] = {}
        for name in self.files.names:
            if not name.startswith(root):
                self.left_out.add(name, Reason.OTHER_FILE)
                continue
            folder, slash, file = name[len(root) :].rpartition("/")
            if slash and _DAY.match(file):
                found.setdefault(folder, []).append(name)
            elif slash or not (
                file in _BESIDE
                or file in _PRIVATE
                or file in ("channels.json", "users.json", "org_users.json")
            ):
                self.left_out.add(name[len(root) :], Reason.OTHER_FILE)
        return found

    @cached_property
    def _private(self) -> frozenset[str]:
        records = [mapping_of(record) for name in _PRIVATE for record in self._listed(name)]
        records += [
            one for one in map(mapping_of, self._listed("channels.json")) if one.get("is_private") is True
        ]
        names = (record.get(name) for record in records for name in ("id", "name"))
        return frozenset(name for name in names if isinstance(name, str))

    def _refuse(self, folder: str, days: list[str]) -> None:
        """Count the messages of a folder that is no public channel; nothing else of them is kept."""
        reason = Reason.PRIVATE if folder in self._private else Reason.UNLISTED
        for name in days:
            if count := len(self.messages(name)):
                self.left_out.add(
                    folder if reason is Reason.UNLISTED else str(_("非公開")), reason, count=count
                )

    def messages(self, name: str, *, is_noted: bool = True) -> list[Any]:
        """Return the messages of a day file; a file that cannot be read is named and passed over."""
        try:
            value = json_value(self.files.read(name))
            if not isinstance(value, list):
                raise FileRefused(Reason.NOT_JSON)
        except FileRefused as refused:
            if is_noted:
                self.left_out.add(name, refused.reason)
            return []
        return value


@dataclass
class _Gathered:
    """A thread in the making."""

    opening: Mapping[str, Any] | None = None
    replies: list[Mapping[str, Any]] = field(default_factory=list)
    stamps: set[str] = field(default_factory=set)


class _Channel:
    """One channel."""

    def __init__(self, export: SlackExport, name: str, key: str, days: list[str]) -> None:
        self.export, self.name, self.key, self.days = export, name, key, days
        self.place = f"#{name}"

    def threads(self) -> Iterator[ImportedThread]:
        """Yield each thread on the day of its last reply."""
        last = self._last_days()
        due: dict[int, list[str]] = {}
        for stamp, day in last.items():
            due.setdefault(day, []).append(stamp)
        gathered: dict[str, _Gathered] = {}
        alone: set[str] = set()
        for day, name in enumerate(self.days):
            ready: list[str] = []
            for message in self.export.messages(name):
                if (reason := self._refusal(message)) is not None:
                    self._leave(reason, message)
                    continue
                stamp, root = message["ts"], message.get("thread_ts") or message["ts"]
                if root == stamp and stamp not in last:
                    if stamp in alone:
                        self._leave(Reason.DUPLICATE, message)
                    elif self.export.all_messages:
                        alone.add(stamp)
                        ready.append(stamp)
                        gathered[stamp] = _Gathered(message)
                    else:
                        alone.add(stamp)
                        self._leave(Reason.NO_REPLIES, message)
                    continue
                self._gather(gathered.setdefault(root, _Gathered()), message, is_root=root == stamp)
            for stamp in (*ready, *due.get(day, ())):
                if stamp in gathered:
                    yield self._thread(stamp, gathered.pop(stamp))

    def _gather(self, thread: _Gathered, message: Mapping[str, Any], *, is_root: bool) -> None:
        if message["ts"] in thread.stamps:
            self._leave(Reason.DUPLICATE, message)
            return
        thread.stamps.add(message["ts"])
        if is_root:
            thread.opening = message
        else:
            thread.replies.append(message)

    def _last_days(self) -> dict[str, int]:
        """Return the day, as a number, after which no message of each thread follows."""
        last: dict[str, int] = {}
        roots: dict[str, int] = {}
        for day, name in enumerate(self.days):
            for message in self.export.messages(name, is_noted=False):
                if self._refusal(message) is None:
                    root = message.get("thread_ts") or message["ts"]
                    (roots if root == message["ts"] else last)[root] = day
        return {root: max(day, roots.get(root, 0)) for root, day in last.items()}

    def _leave(self, reason: Reason, message: Any) -> None:
        stamp = message.get("ts") if isinstance(message, dict) else None
        self.export.left_out.add(self.place, reason, stamp if isinstance(stamp, str) else "")

    def _refusal(self, message: Any) -> Reason | None:
        """Return why a message is not taken in; None for one that is."""
        if not isinstance(message, dict) or message.get("type", "message") != "message":
            return Reason.BAD_SHAPE
        subtype, user = message.get("subtype") or "", message.get("user")
        if message.get("hidden") is True or subtype == "tombstone":
            return Reason.DELETED
        if (
            subtype == "bot_message"
            or message.get("bot_id")
            or (isinstance(user, str) and user in self.export._bots)
        ):
            return Reason.BOT
        if not isinstance(subtype, str):
            return Reason.BAD_SHAPE
        if subtype not in _TAKEN:
            return Reason.SYSTEM
        stamps = message.get("ts"), message.get("thread_ts") or message.get("ts")
        if not all(isinstance(stamp, str) and _STAMP.match(stamp) for stamp in stamps):
            return Reason.BAD_SHAPE
        if not (isinstance(user, str) and _KEY.match(user)) or not isinstance(
            message.get("text", ""), str | None
        ):
            return Reason.BAD_SHAPE
        return None if is_believable(moment_of(message["ts"]), self.export.latest) else Reason.BAD_TIME

    def _thread(self, stamp: str, found: _Gathered) -> ImportedThread:
        replies = sorted(found.replies, key=lambda message: moment_of(message["ts"]))
        opening = found.opening
        return ImportedThread(
            key=self._key_of(stamp),
            place=self.place,
            title=title_of_slack(_text_of(opening), self.export._names) if opening else "",
            opening=self._post(opening) if opening else None,
            replies=tuple(self._post(message) for message in replies),
            solving=self._solving(opening, replies),
            tags=(self.name,),
        )

    def _solving(self, opening: Mapping[str, Any] | None, replies: list[Mapping[str, Any]]) -> str:
        """Return the key of the first reply with a mark; that of the opening where only it has one."""
        for message in (*replies, *([opening] if opening else ())):
            names = {
                str(reaction.get("name", "")).partition("::")[0].strip(":")
                for reaction in map(mapping_of, list_of(message.get("reactions")))
            }
            if names & set(self.export.solved_reactions):
                return self._key_of(message["ts"])
        return ""

    def _key_of(self, stamp: str) -> str:
        return f"slack:{self.key}:{stamp}"

    def _post(self, message: Mapping[str, Any]) -> ImportedPost:
        edited = mapping_of(message.get("edited")).get("ts")
        return ImportedPost(
            key=self._key_of(message["ts"]),
            person=message["user"],
            at=moment_of(message["ts"]),
            body=markdown_of_slack(_text_of(message), self.export._names),
            edited_at=moment_of(edited) if isinstance(edited, str) and _STAMP.match(edited) else None,
            files=tuple(
                ImportedFile(
                    text_of(one, "title", "name") or "file",
                    text_of(one, "permalink", "url_private", longest=1000),
                )
                for one in _files_of(message)
            ),
        )


def moment_of(stamp: str) -> datetime:
    """Return the time that a ``ts`` stands for; one that no calendar holds becomes the earliest possible."""
    match = _STAMP.match(stamp)
    earliest = datetime.min.replace(tzinfo=UTC)
    if match is None:
        return earliest
    try:
        return datetime.fromtimestamp(int(match[1]), UTC) + timedelta(
            microseconds=int(match[2].ljust(6, "0"))
        )
    except (OverflowError, OSError, ValueError):
        return earliest


def _files_of(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the files of a message; exports of 2016 have one, under another name."""
    files = list_of(message.get("files")) or [message.get("file")]
    return [one for one in map(mapping_of, files[:_MOST_FILES]) if one]


def _text_of(message: Mapping[str, Any]) -> str:
    """Return what a message says; for one without words what its attachments or files are called."""
    if (message.get("text") or "").strip():
        return str(message["text"])
    words = [
        text_of(mapping_of(one), "fallback", "text", "title", longest=2_000)
        for one in list_of(message.get("attachments"))
    ]
    words += [text_of(one, "title", "name") for one in _files_of(message)]
    return "\n".join(filter(None, words[:_MOST_FILES]))


def _person_of(key: str, record: Mapping[str, Any]) -> ImportedPerson:
    profile = mapping_of(record.get("profile"))
    return ImportedPerson(
        key=key,
        name=text_of(profile, "display_name", "real_name") or text_of(record, "real_name", "name") or key,
        email=text_of(profile, "email", longest=254),
        username=text_of(record, "name", longest=150),
    )
