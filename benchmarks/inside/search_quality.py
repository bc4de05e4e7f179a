"""Builds the house's index of padded paragraphs and asks it 1,000 questions; so do what stands beside it."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

from django.conf import settings
from django.test import Client

from benchmarks.inside.search_beside import FullTextTable, Unreachable, WordTable
from benchmarks.inside.search_corpus import Corpus, padded
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.search import SearchDocument, SearchSource, register_index, sources
from yui.kernel.search.public import rebuild, search, similar, suggest
from yui.organisations.actors import actor_of
from yui.organisations.models import Membership, User
from yui.organisations.operations.ensure_organisations import ensure_organisations

WARD, OTHER_WARD = "131032", "131041"
KIND = "benchmark.paragraph"
TOP = 10
SHORT_WORDS = ("住民", "予算", "東京", "政府", "学校", "選挙", "病院", "道路", "水道", "図書")
Ranking = Callable[[str], Sequence[int]]


def main(folder: str, total: str, sampled: str) -> dict[str, Any]:
    """Measure at ``total`` documents; what stands beside is asked ``sampled`` of the questions."""
    corpus = padded(Path(folder), int(total))
    user = _officer()
    reader = actor_of(user)
    found: dict[str, Any] = {"documents": len(corpus.texts), **_build(corpus)}

    def ours(question: str) -> list[int]:
        return [_identifier(hit.urn) for hit in search(reader, question).hits[:TOP]]

    found["ours"] = _asked(ours, corpus.questions)
    sample = corpus.questions[:: max(1, len(corpus.questions) // int(sampled))]
    found["ours_sampled"] = _score(ours, sample)
    found["similar_ms"] = _times(lambda text: similar(reader, text), _some_texts(corpus))
    found["suggest_ms"] = _times(
        lambda text: suggest(reader, text), ("抜", "抜粋", "ばっすい", "抜粋の", "x") * 20
    )
    found["short_words"] = _short_words(reader, corpus)
    found["trigrams"] = _score(FullTextTable(corpus.texts).best, sample)
    try:
        found["words_in_postgresql"] = _score(WordTable(corpus.texts, _postgresql()).best, sample)
    except Unreachable as reason:
        found["without_postgresql"] = str(reason)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {**found, "cookie": client.cookies["sessionid"].value}


def _officer() -> User:
    if not Organisation.objects.exists():
        ensure_organisations()
    user = User.objects.create_user(username="officer", email="officer@yui.example", name_ja="架空 職員")
    ward = Organisation.objects.get(code=WARD)
    Membership.objects.create(user=user, organisation=ward, role="officer", valid_from=date(2020, 4, 1))
    return user


def _build(corpus: Corpus) -> dict[str, float]:
    """Index the texts through the house's own door, as the only records there are."""

    def documents(since: Any) -> Iterator[SearchDocument]:
        for number, (identifier, text) in enumerate(corpus.texts.items() if since is None else ()):
            yield SearchDocument(
                urn=f"yui:{KIND}:{identifier}",
                kind=KIND,
                pillar="people",
                organisation_code=(WARD, OTHER_WARD)[number % 2],
                visibility=("own", "wards", "public", "wards")[number % 4],
                participant_codes=(),
                title="抜粋",
                body=text,
                url=f"/paragraphs/{identifier}/",
            )

    sources._sources.clear()
    register_index(SearchSource(KIND, "抜粋", documents, lambda identifier: None))
    begun, used = time.perf_counter(), _cpu_seconds()
    rebuild()
    size = sum(file.stat().st_size for file in Path(settings.SEARCH_INDEX).rglob("*") if file.is_file())
    return {
        "build_seconds": time.perf_counter() - begun,
        "build_cpu_seconds": _cpu_seconds() - used,
        "index_mb": size / 2**20,
    }


def _cpu_seconds() -> float:
    """Return the CPU time of this process and of those that it started and that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _identifier(urn: str) -> int:
    return int(urn.rpartition(":")[2])


def _score(best: Ranking, questions: Iterable[tuple[str, frozenset[int]]]) -> float:
    """Return the mean reciprocal rank of the right text among the first ten."""
    ranks = []
    for question, relevant in questions:
        places = [place for place, identifier in enumerate(best(question)[:TOP], 1) if identifier in relevant]
        ranks.append(1 / places[0] if places else 0.0)
    return mean(ranks)


def _asked(best: Ranking, questions: list[tuple[str, frozenset[int]]]) -> dict[str, Any]:
    best(questions[0][0])
    return {
        "mrr": _score(best, questions),
        "ms": _times(best, [question for question, _relevant in questions]),
    }


def _times(ask: Callable[[str], Any], texts: Iterable[str]) -> dict[str, float]:
    """Return median and 95th percentile of wall and CPU time in milliseconds."""
    wall, cpu = [], []
    for text in texts:
        begun, used = time.perf_counter(), time.thread_time()
        ask(text)
        cpu.append((time.thread_time() - used) * 1000)
        wall.append((time.perf_counter() - begun) * 1000)
    return {
        "p50": _at(wall, 0.5),
        "p95": _at(wall, 0.95),
        "cpu_p50": _at(cpu, 0.5),
        "cpu_p95": _at(cpu, 0.95),
    }


def _at(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def _some_texts(corpus: Corpus) -> list[str]:
    return list(corpus.texts.values())[:: max(1, len(corpus.texts) // 100)][:100]


def _short_words(reader: Actor, corpus: Corpus) -> dict[str, Any]:
    """Compare what two characters find with reading every text."""
    by_reading = [sum(1 for text in corpus.texts.values() if word in text) for word in SHORT_WORDS]
    by_index = [search(Actor.system("benchmark"), word).total for word in SHORT_WORDS]
    return {
        "read": by_reading,
        "found": by_index,
        "recall": min(found / read for found, read in zip(by_index, by_reading, strict=True) if read),
        "ms": _times(lambda word: search(reader, word), SHORT_WORDS * 10),
    }


def _postgresql() -> str:
    return os.environ.get("YUI_BENCH_POSTGRESQL", "host=127.0.0.1 user=postgres connect_timeout=5")
