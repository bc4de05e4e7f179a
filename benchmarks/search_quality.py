"""1,000 questions in Japanese to padded paragraphs: what is found, beside what else, and how fast."""

import os
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from benchmarks.processes import ROOT, YUI, environment, free_port, home, inside, run, stop, wait_for
from benchmarks.results import Figure, Skipped

SIZES = {20_000: 0.87, 200_000: 0.83}
SAMPLED = {20_000: 1000, 200_000: 200}
AHEAD_OF_TRIGRAMS, AHEAD_OF_WORDS = 0.08, 0.15
REQUESTS = 60
WORDS = (
    "住民",
    "予算 東京",
    "じゅうみん",
    "第二次世界大戦で日本が降伏したのはいつですか",
    "ネットワーク",
    "図書館の貸出冊数",
)


def measure(scale: float) -> list[Figure]:
    """Measure at both sizes.

    Raises:
        Skipped: where the paragraphs are not here.
    """
    folder = Path(os.environ.get("YUI_SHARED_DATA", ROOT.parent / "shared" / "data")) / "people" / "jasearch"
    if not folder.is_dir():
        raise Skipped(f"paragraphs and questions are not here: set YUI_SHARED_DATA (looked in {folder})")
    figures = []
    for size, target in SIZES.items():
        documents = max(3000, int(size * scale))
        with home() as place:
            env = environment(place)
            if "YUI_BENCH_POSTGRESQL" in os.environ:
                env["YUI_BENCH_POSTGRESQL"] = os.environ["YUI_BENCH_POSTGRESQL"]
            run([*YUI, "migrate", "-v0"], env)
            found = inside("search_quality", env, folder, documents, SAMPLED[size])
            cookie = found.pop("cookie")
            found["http_ms"] = _over_http(env, cookie, "search/?q=")
            found["http_suggest_ms"] = _over_http(env, cookie, "search/suggest/?q=")
        figures += _figures(f"search, {documents:,} documents", found, target)
    return figures


def _over_http(env: dict[str, str], cookie: str, path: str) -> float:
    """Return the 95th percentile of a served page in milliseconds."""
    port = free_port()
    options = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(
        [sys.executable, "-m", "yui.conf.web", *options], env=env, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz/web")
        addresses = [f"http://127.0.0.1:{port}/{path}{urllib.parse.quote(word)}" for word in WORDS]
        for address in addresses:
            _get(address, cookie)
        times = sorted(_get(addresses[turn % len(addresses)], cookie) for turn in range(REQUESTS))
    finally:
        stop(server)
    return times[int(len(times) * 0.95)]


def _get(address: str, cookie: str) -> float:
    request = urllib.request.Request(address, headers={"Cookie": f"sessionid={cookie}"})
    begun = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()
    return (time.perf_counter() - begun) * 1000


def _figures(what: str, found: dict[str, Any], target: float) -> list[Figure]:
    ours, sampled = found["ours"], found["ours_sampled"]
    short = found["short_words"]
    figures = [
        Figure(f"{what}: MRR@10", ours["mrr"], "", target=target, at_least=True, detail=found),
        Figure(
            f"{what}: MRR@10, the questions asked of both",
            sampled,
            "",
            found["trigrams"],
            "SQLite FTS5, any trigram",
            found["trigrams"] + AHEAD_OF_TRIGRAMS,
            at_least=True,
        ),
    ]
    if "words_in_postgresql" in found:
        beside = found["words_in_postgresql"]
        figures.append(
            Figure(
                f"{what}: MRR@10, the questions asked of both",
                sampled,
                "",
                beside,
                "PostgreSQL, tsvector of a light segmenter, ts_rank",
                beside + AHEAD_OF_WORDS,
                at_least=True,
            )
        )
    return [
        *figures,
        Figure(f"{what}: recall of two characters", short["recall"], "", target=1.0, at_least=True),
        Figure(f"{what}: a question, p95", ours["ms"]["p95"], "ms", target=10),
        Figure(f"{what}: a question, p95 of CPU", ours["ms"]["cpu_p95"], "CPU-ms"),
        Figure(f"{what}: two characters, p95", short["ms"]["p95"], "ms", target=10),
        Figure(f"{what}: records like a text, p95", found["similar_ms"]["p95"], "ms", target=100),
        Figure(f"{what}: suggestions, p95", found["suggest_ms"]["p95"], "ms", target=50),
        Figure(f"{what}: the page over HTTP, p95", found["http_ms"], "ms", target=50),
        Figure(f"{what}: suggestions over HTTP, p95", found["http_suggest_ms"], "ms", target=50),
        Figure(f"{what}: building the index", found["build_seconds"], "s", target=300),
        Figure(f"{what}: building the index, CPU", found["build_cpu_seconds"], "CPU-s"),
        Figure(f"{what}: size of the index", found["index_mb"], "MB"),
    ]
