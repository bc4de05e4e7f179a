"""Fills the fields of the index from documents; a large number of them in several processes."""

import json
import multiprocessing
import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

from yui.kernel.search.engine.folding import bigrams, fold, presentable, runs
from yui.kernel.search.engine.morphemes import spellings, words
from yui.kernel.search.engine.schema import EARLIEST, LATEST, Entry, Kept, prefix_of

MANY = 4_000
"""From so many documents on it pays to start further processes."""
_CHUNK = 500
_MOST_WORKERS = 4
_WAITING_PER_WORKER = 2
_MOST_BODY = 100_000
_MOST_KEPT = 20_000
_MOST_INNER_STARTS = 12


@dataclass(frozen=True)
class Filled:
    """What one document puts into the index.

    Attributes:
        texts: the terms of each text field.
        kept: what results show of it, see ``Kept``.
        at: its moment in UTC; None where it has none that the index can hold.
    """

    texts: dict[str, Sequence[str]]
    kept: bytes
    at: datetime | None


def filled(entry: Entry) -> Filled:
    """Return what ``entry`` puts into the index; nearly all of the time of indexing goes by here."""
    title, body = presentable(entry.title), presentable(entry.body[:_MOST_BODY])
    texts: dict[str, Sequence[str]] = {
        "urn": [entry.urn],
        "access": entry.access,
        "kind": [entry.kind],
        "organisation": [entry.organisation],
        "pillar": [entry.pillar] if entry.pillar else [],
        "tag": [tag for tag in dict.fromkeys(map(presentable, entry.tags)) if tag.strip()],
        **_terms("title", "\n".join([title, *map(presentable, entry.tags), presentable(entry.reading)])),
        **_terms("body", body),
        **_beginnings(title, entry.reading),
    }
    kept = Kept(
        title,
        body[:_MOST_KEPT],
        entry.url,
        entry.visibility,
        entry.at.isoformat() if entry.at else "",
        entry.tags,
    )
    is_datable = entry.at is not None and EARLIEST <= entry.at.date() <= LATEST
    return Filled(
        texts,
        json.dumps(asdict(kept), ensure_ascii=False).encode(),
        entry.at.astimezone(UTC) if entry.at is not None and is_datable else None,
    )


def document_of(found: Filled) -> Any:
    """Return a document of the index."""
    from tantivy import Document  # loaded on first use, see schema

    document = Document()
    for name, texts in found.texts.items():
        for text in texts:
            document.add_text(name, text)
    document.add_bytes("kept", found.kept)
    if found.at is not None:
        document.add_date("at", found.at)
    return document


def all_filled(entries: Iterable[Entry], *, may_spread: bool = True) -> Generator[Filled, None, None]:
    """Yield what each entry puts into the index, in their order.

    From ``MANY`` entries on, further processes analyse the texts, as many as there are processors, up to
    four. They are new processes that share nothing: threads and open databases of this one do no harm.
    """
    coming = iter(entries)
    yield from map(filled, islice(coming, MANY) if may_spread else coming)
    rest = next(coming, None)
    if rest is None:
        return
    coming = chain([rest], coming)
    workers = min(_MOST_WORKERS, len(os.sched_getaffinity(0)))
    if workers < 2 or multiprocessing.current_process().daemon:
        yield from map(filled, coming)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from _spread(pool, coming, workers * _WAITING_PER_WORKER)


def _spread(pool: ProcessPoolExecutor, entries: Iterator[Entry], most: int) -> Iterator[Filled]:
    """Yield in order what the pool fills; no more than ``most`` chunks wait in memory."""
    waiting: deque[Future[list[Filled]]] = deque()
    while chunk := list(islice(entries, _CHUNK)):
        waiting.append(pool.submit(_chunk_filled, chunk))
        if len(waiting) >= most:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _chunk_filled(entries: list[Entry]) -> list[Filled]:
    return [filled(entry) for entry in entries]


def _terms(part: str, text: str) -> dict[str, list[str]]:
    """Return the term fields of a title or body; each value is a text that whitespace separates."""
    found, said = runs(fold(text)), spellings(text)
    return {
        f"{part}_words": [" ".join([word.form for word in said])],
        f"{part}_kana": [" ".join([word.reading for word in said])],
        f"{part}_senses": [" ".join(dict.fromkeys(chain.from_iterable([word.senses for word in said])))],
        f"{part}_grams": [" ".join(bigrams(run)) for run in found if len(run) > 1],
        f"{part}_signs": [" ".join(dict.fromkeys("".join(found)))],
    }


def _beginnings(title: str, reading: str) -> dict[str, list[str]]:
    """Return every beginning of the title and its reading, and of the title from each further word on."""
    inner = [word.start for word in words(title[:200]) if word.start][:_MOST_INNER_STARTS]
    return {
        "starts": sorted({*_prefixes(title), *_prefixes(reading)}),
        "inner_starts": sorted({prefix for start in inner for prefix in _prefixes(title[start:])}),
    }


def _prefixes(text: str) -> list[str]:
    folded = prefix_of(text)
    return [folded[:length] for length in range(1, len(folded) + 1)]
