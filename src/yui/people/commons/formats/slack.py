"""A Slack export: ``channels.json``, ``users.json``, and a folder for each channel with a file for each day.

Two readings of each channel: the first learns on which day the last reply of each thread stands, the second
yields every thread whole on that day, so that no more than the open threads are held.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.writing.characters import neutralised
from yui.people.commons.formats.export_files import ExportFiles, ExportUnusable, FileRefused
from yui.people.commons.formats.imported import (
    ImportedPerson,
    ImportedPost,
    ImportedThread,
    LeftOut,
    Reason,
)
from yui.people.commons.formats.json_text import json_value, list_of, mapping_of
from yui.people.commons.formats.slack_messages import (
    KEY,
    moment_of,
    person_of,
    post_of,
    reactions_of,
    refusal_of,
    written_in,
)
from yui.people.commons.formats.slack_text import title_of_slack

SOLVED_REACTIONS = ("white_check_mark", "heavy_check_mark", "ballot_box_with_check", "解決済み", "解決")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.json\Z")
_PRIVATE = ("groups.json", "dms.json", "mpims.json")
_BESIDE = frozenset({"integration_logs.json", "canvases.json", "lists.json", "file_conversations.json"})
"""Files of an export that hold no messages."""


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
        return {key: person_of(key, record) for key, record in self._records.items()}

    @cached_property
    def _records(self) -> dict[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        for record in map(mapping_of, (*self._listed("users.json"), *self._listed("org_users.json"))):
            if isinstance(key := record.get("id"), str) and KEY.match(key):
                found.setdefault(key, record)
        return found

    @cached_property
    def bots(self) -> frozenset[str]:
        """The keys of those who are no people."""
        return frozenset(key for key, record in self._records.items() if record.get("is_bot") is True) | {
            "USLACKBOT"
        }

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the people by key, for mentions."""
        return {key: person.name for key, person in self.people.items()}

    @cached_property
    def _channels(self) -> dict[str, str]:
        """The public channels: name of the folder → key."""
        found: dict[str, str] = {}
        for record in map(mapping_of, self._listed("channels.json")):
            name, key = record.get("name"), record.get("id")
            is_named = isinstance(name, str) and isinstance(key, str) and KEY.match(key)
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
                if (reason := refusal_of(message, self.export.bots, self.export.latest)) is not None:
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
                if refusal_of(message, self.export.bots, self.export.latest) is None:
                    root = message.get("thread_ts") or message["ts"]
                    (roots if root == message["ts"] else last)[root] = day
        return {root: max(day, roots.get(root, 0)) for root, day in last.items()}

    def _leave(self, reason: Reason, message: Any) -> None:
        stamp = message.get("ts") if isinstance(message, dict) else None
        self.export.left_out.add(self.place, reason, stamp if isinstance(stamp, str) else "")

    def _thread(self, stamp: str, found: _Gathered) -> ImportedThread:
        replies = sorted(found.replies, key=lambda message: moment_of(message["ts"]))
        opening = found.opening
        return ImportedThread(
            key=self._key_of(stamp),
            place=self.place,
            title=title_of_slack(written_in(opening), self.export.names) if opening else "",
            opening=self._post(opening) if opening else None,
            replies=tuple(self._post(message) for message in replies),
            solving=self._solving(opening, replies),
            tags=(neutralised(self.name)[:40],),
        )

    def _solving(self, opening: Mapping[str, Any] | None, replies: list[Mapping[str, Any]]) -> str:
        """Return the key of the first reply with a mark; that of the opening where only it has one."""
        for message in (*replies, *([opening] if opening else ())):
            if reactions_of(message) & set(self.export.solved_reactions):
                return self._key_of(message["ts"])
        return ""

    def _key_of(self, stamp: str) -> str:
        return f"slack:{self.key}:{stamp}"

    def _post(self, message: Mapping[str, Any]) -> ImportedPost:
        return post_of(message, self._key_of(message["ts"]), self.export.names)
