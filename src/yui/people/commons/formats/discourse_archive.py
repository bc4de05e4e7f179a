"""The CSV that a person gets of his own posts (``topic_title, is_pm, post_raw, url, created_at`` …).

It names nobody: everything in it was written by whoever asked for it.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from yui.kernel.writing.characters import neutralised
from yui.people.commons.formats.discourse_values import post_key, time_of
from yui.people.commons.formats.export_files import ExportFiles, FileRefused
from yui.people.commons.formats.imported import (
    ImportedPerson,
    ImportedPost,
    ImportedThread,
    LeftOut,
    Reason,
    is_believable,
)

WRITER = ImportedPerson("archive", "Discourse")
_NEEDED = {"topic_title", "is_pm", "post_raw", "url", "created_at"}
_ADDRESS = re.compile(r"/t/(?:[^/?#]+/)?([0-9]{1,15})(?:/([0-9]{1,9}))?/?(?:[?#].*)?\Z", re.ASCII)
_LONGEST_CELL = 2_000_000


def archive_threads(
    files: ExportFiles, name: str, latest: datetime, left_out: LeftOut, people: dict[str, ImportedPerson]
) -> Iterator[ImportedThread]:
    """Yield what one CSV holds of each topic: often only replies."""
    try:
        rows = _rows(files.read(name))
    except FileRefused as refused:
        left_out.add(name, refused.reason)
        return
    people[WRITER.key] = WRITER
    titles: dict[int, str] = {}
    topics: dict[int, dict[int, ImportedPost]] = {}
    for line, row in enumerate(rows, start=2):
        taken = _post_of(row, latest)
        if isinstance(taken, Reason):
            left_out.add(name, taken, str(line))
            continue
        topic, number, post = taken
        if number in topics.setdefault(topic, {}):
            left_out.add(name, Reason.DUPLICATE, str(line))
            continue
        topics[topic][number] = post
        titles.setdefault(topic, row["topic_title"][:800])
    for topic, posts in sorted(topics.items()):
        opening = posts.pop(1, None)
        replies = tuple(post for _number, post in sorted(posts.items()))
        title = " ".join(titles[topic].split())[:200]
        yield ImportedThread(f"discourse:{topic}", f"t/{topic}", title, opening, replies)


def _rows(content: bytes) -> list[Mapping[str, str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(Reason.ENCODING) from None
    csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.DictReader(io.StringIO(text), restval="")
        if not _NEEDED.issubset(reader.fieldnames or ()):
            raise FileRefused(Reason.OTHER_FILE)
        return list(reader)
    except csv.Error:
        raise FileRefused(Reason.DAMAGED) from None


def _post_of(row: Mapping[str, str], latest: datetime) -> tuple[int, int, ImportedPost] | Reason:
    if row["is_pm"].strip().lower() in {"yes", "true", "1", "t"}:
        return Reason.PRIVATE
    address = _ADDRESS.search(row["url"].strip())
    if address is None:
        return Reason.BAD_SHAPE
    at = time_of(row["created_at"])
    if at is None or not is_believable(at, latest):
        return Reason.BAD_TIME
    topic, number = int(address[1]), int(address[2] or 1)
    body = neutralised(row["post_raw"]).strip()
    return topic, number, ImportedPost(post_key(topic, number), WRITER.key, at, body)
