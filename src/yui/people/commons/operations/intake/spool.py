"""Reads an export to its end before anything is written, and holds its threads on the disk meanwhile.

On SQLite a transaction holds up every other writer: reading and converting happen before it begins, and a
file that turns out to be unusable has changed nothing.
"""

import pickle
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self

from yui.kernel.writing import personal_numbers
from yui.kernel.writing.characters import neutralised
from yui.people.commons.formats.imported import (
    EARLIEST,
    Export,
    ImportedPost,
    ImportedThread,
    LeftOut,
    Reason,
    is_believable,
)
from yui.people.commons.operations.texts import LONGEST_BODY, LONGEST_TITLE

CHUNK_POSTS = 2_000
"""Posts that are written at a time."""
NO_TITLE = "件名なし"
_IN_MEMORY = 16 << 20

Progress = Callable[[int], None]
"""Told how many threads are done; may raise to stop the work."""


class Spool:
    """The threads of an export, checked and ready to be written, in chunks."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  closed with the spool
        self.threads = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def fill(self, export: Export, latest: datetime, progress: Progress) -> None:
        """Read the export to its end.

        Args:
            latest: no edit can be younger.

        Raises:
            ExportUnusable: as the export.
        """
        chunk: list[ImportedThread] = []
        posts = 0
        for thread in export.threads():
            ready = prepared(thread, export.left_out, latest)
            if ready.messages:
                chunk.append(ready)
                posts += ready.messages
                self.threads += 1
            if posts >= CHUNK_POSTS:
                pickle.dump(chunk, self._file, pickle.HIGHEST_PROTOCOL)
                chunk, posts = [], 0
                progress(self.threads)
        pickle.dump(chunk, self._file, pickle.HIGHEST_PROTOCOL)

    def chunks(self) -> Iterator[list[ImportedThread]]:
        """Yield the threads in the order in which they were read; a key appears once in a chunk."""
        self._file.seek(0)
        while True:
            try:
                chunk: list[ImportedThread] = pickle.load(self._file)  # noqa: S301  written by this process
            except EOFError:
                return
            if chunk:
                yield chunk


def prepared(thread: ImportedThread, left_out: LeftOut, latest: datetime) -> ImportedThread:
    """Return a thread as it is kept: without texts that are empty or too long, 個人番号 masked."""
    opening = thread.opening and _kept(thread.opening, thread.place, left_out, latest)
    replies = (_kept(reply, thread.place, left_out, latest) for reply in thread.replies)
    earliest = thread.opening.at if thread.opening else EARLIEST
    title = _masked(" ".join(neutralised(thread.title).split()), thread.place, thread.key, left_out)
    return replace(
        thread,
        title=title[:LONGEST_TITLE] or NO_TITLE,
        opening=opening,
        replies=tuple(not_before(earliest, reply) for reply in replies if reply is not None),
    )


def not_before(earliest: datetime, reply: ImportedPost) -> ImportedPost:
    """Return a reply with a time not before its question's: posts that were moved there can be older."""
    return reply if reply.at >= earliest else replace(reply, at=earliest)


def _kept(post: ImportedPost, place: str, left_out: LeftOut, latest: datetime) -> ImportedPost | None:
    body = neutralised(post.body).strip()
    if not body or len(body) > LONGEST_BODY:
        left_out.add(place, Reason.TOO_LONG if body else Reason.NO_TEXT, post.key)
        return None
    return replace(
        post,
        body=_masked(body, place, post.key, left_out),
        edited_at=post.edited_at if _is_later(post, latest) else None,
    )


def _is_later(post: ImportedPost, latest: datetime) -> bool:
    return post.edited_at is not None and post.at <= post.edited_at and is_believable(post.edited_at, latest)


def _masked(text: str, place: str, key: str, left_out: LeftOut) -> str:
    """Return a text whose 個人番号 show their last two digits only: nobody is there who could be asked."""
    for number in reversed(personal_numbers(text)):
        left_out.add(place, Reason.MASKED, key)
        text = f"{text[: number.start]}{number.masked}{text[number.end :]}"
    return text
