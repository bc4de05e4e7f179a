"""Topics of Discourse: files of ``/t/{id}.json`` (a topic may have several pages), and the user CSV."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.writing import markdown_of
from yui.people.commons.formats.discourse_archive import archive_threads
from yui.people.commons.formats.discourse_values import post_key, time_of, whole_number
from yui.people.commons.formats.export_files import ExportFiles, ExportUnusable, FileRefused
from yui.people.commons.formats.imported import (
    ImportedPerson,
    ImportedPost,
    ImportedThread,
    LeftOut,
    Reason,
    is_believable,
)
from yui.people.commons.formats.json_text import json_value, list_of, mapping_of, text_of

_MACHINES = frozenset({"system", "discobot"})
_SMALL_ACTION, _WHISPER = 3, 4
"""Post types that are no writing for everybody (Discourse, ``Post.types``)."""
_MOST_TAGS = 8


@dataclass
class DiscourseExport:
    """The public topics among the files of a ZIP or folder."""

    files: ExportFiles
    latest: datetime
    left_out: LeftOut = field(default_factory=LeftOut)
    source: str = "discourse"
    people: dict[str, ImportedPerson] = field(default_factory=dict)

    def threads(self) -> Iterator[ImportedThread]:
        """Yield a thread for each topic; people are known once their topic was yielded.

        Raises:
            ExportUnusable: where no file holds a topic.
        """
        for name, reason in self.files.refused:
            self.left_out.add(name, reason)
        pages: dict[int, list[str]] = {}
        archives: list[str] = []
        for name in self.files.names:
            if name.lower().endswith(".csv"):
                archives.append(name)
            elif not name.lower().endswith(".json"):
                self.left_out.add(name, Reason.OTHER_FILE)
            elif (number := self._topic_number(name)) is not None:
                pages.setdefault(number, []).append(name)
        if not pages and not archives:
            raise ExportUnusable(
                str(
                    _(
                        "Discourseの書き出しではありません。"
                        "/t/番号.json のファイルか、投稿のCSVを入れてください。"
                    )
                )
            )
        for number, names in sorted(pages.items()):
            yield from self._topic(number, names)
        for name in archives:
            yield from archive_threads(self.files, name, self.latest, self.left_out, self.people)

    def _topic_number(self, name: str) -> int | None:
        try:
            topic = mapping_of(json_value(self.files.read(name)))
        except FileRefused as refused:
            self.left_out.add(name, refused.reason)
            return None
        number = whole_number(topic.get("id"))
        if number is None or not isinstance(mapping_of(topic.get("post_stream")).get("posts"), list):
            self.left_out.add(name, Reason.OTHER_FILE)
            return None
        return number

    def _topic(self, number: int, names: list[str]) -> Iterator[ImportedThread]:
        topics = [mapping_of(json_value(self.files.read(name))) for name in names]
        place = f"t/{number}"
        posts = [post for topic in topics for post in list_of(mapping_of(topic["post_stream"]).get("posts"))]
        first = topics[0]
        if first.get("archetype") == "private_message" or any(topic.get("deleted_at") for topic in topics):
            is_private = first.get("archetype") == "private_message"
            reason = Reason.PRIVATE if is_private else Reason.DELETED
            self.left_out.add(str(_("非公開")) if is_private else place, reason, count=len(posts))
            return
        taken = self._taken(place, posts)
        self._note_missing(place, topics, posts)
        if not taken:
            return
        stated = whole_number(mapping_of(first.get("accepted_answer")).get("post_number"))
        solving = next((key for key, post in taken.items() if post.get("accepted_answer") is True), stated)
        opening = taken.pop(1, None)
        yield ImportedThread(
            key=f"discourse:{number}",
            place=place,
            title=text_of(first, "title", "fancy_title"),
            opening=self._post(number, 1, opening) if opening else None,
            replies=tuple(self._post(number, key, post) for key, post in sorted(taken.items())),
            solving=post_key(number, solving) if solving in taken else "",
            tags=tuple(filter(None, map(_tag_of, list_of(first.get("tags"))[:_MOST_TAGS]))),
        )

    def _taken(self, place: str, posts: list[Any]) -> dict[int, Mapping[str, Any]]:
        """Return the posts that are taken in, by their number in the topic."""
        taken: dict[int, Mapping[str, Any]] = {}
        for post in posts:
            number = whole_number(mapping_of(post).get("post_number"))
            reason = self._refusal(post)
            if reason is None and number in taken:
                reason = Reason.DUPLICATE
            if reason is not None or number is None:
                self.left_out.add(
                    place, reason or Reason.BAD_SHAPE, "" if number is None else f"{place}/{number}"
                )
            else:
                taken[number] = post
        return taken

    def _refusal(self, post: Any) -> Reason | None:
        if not isinstance(post, dict) or not isinstance(post.get("cooked"), str):
            return Reason.BAD_SHAPE
        if not whole_number(post.get("post_number")) or not text_of(post, "username"):
            return Reason.BAD_SHAPE
        if post.get("deleted_at") or post.get("user_deleted") is True or post.get("hidden") is True:
            return Reason.DELETED
        if post.get("post_type") == _WHISPER:
            return Reason.PRIVATE
        if post.get("post_type") == _SMALL_ACTION:
            return Reason.SYSTEM
        if text_of(post, "username") in _MACHINES:
            return Reason.BOT
        at = time_of(post.get("created_at"))
        return None if at is not None and is_believable(at, self.latest) else Reason.BAD_TIME

    def _note_missing(self, place: str, topics: list[Mapping[str, Any]], posts: list[Any]) -> None:
        """Say how many posts of the topic stand in none of its files."""
        known = {whole_number(mapping_of(post).get("id")) for post in posts}
        wanted = {
            number
            for topic in topics
            for one in list_of(mapping_of(topic["post_stream"]).get("stream"))
            if (number := whole_number(one)) is not None
        }
        if missing := len(wanted - known):
            self.left_out.add(place, Reason.MISSING_POSTS, count=missing)

    def _post(self, topic: int, number: int, post: Mapping[str, Any]) -> ImportedPost:
        username = text_of(post, "username", longest=80)
        user = whole_number(post.get("user_id"))
        key = str(user) if user is not None else username
        self.people.setdefault(
            key,
            ImportedPerson(key, text_of(post, "name", "display_username") or username, username=username),
        )
        at = time_of(post["created_at"])
        version = whole_number(post.get("version")) or 1
        return ImportedPost(
            key=post_key(topic, number),
            person=key,
            at=at or self.latest,
            body=markdown_of(post["cooked"]),
            edited_at=time_of(post.get("updated_at")) if version > 1 else None,
        )


def _tag_of(value: Any) -> str:
    return text_of({"name": value} if isinstance(value, str) else mapping_of(value), "name", longest=40)
