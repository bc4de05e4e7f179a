"""Who could answer, on a real forum: the people that Yui names beside the most active ones, in one run.

Each of the latest topics is asked as if it were new: only what had been written before it is known. A hit is
somebody who then did reply. The score of likeness is BM25, as the search of the house scores.
"""

import json
import math
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.processes import ROOT
from benchmarks.results import Figure, Skipped
from yui.people.commons.engine.routing import RECENT_DAYS, Answered, Knowledge, LikeThread, candidates

PART_TESTED = 0.3
LIKE_THREADS = 50
K1, B = 1.2, 0.75
ACTIVE_DAYS = 90
TARGET_HIT, TARGET_RANK = 0.799, 0.606
"""What the study behind the method reached on the whole archive."""
FEW = 1000
"""With fewer topics than this nothing is compared with the study."""
_WORD = re.compile(r"[a-z0-9_]+")
_MARKUP = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Topic:
    """A topic: when and by whom it was asked, its words, and who replied, with the accepted answer marked."""

    at: datetime
    asker: int
    question: str
    text: str
    replies: tuple[Answered, ...]

    @property
    def others(self) -> tuple[Answered, ...]:
        """The replies of others than the asker."""
        return tuple(reply for reply in self.replies if reply.person != self.asker)


@dataclass(frozen=True)
class Hits:
    """How often the right people were named."""

    first: float
    five: float
    rank: float
    accepted: float


def measure(scale: float) -> list[Figure]:
    """Measure on the archive that ``YUI_BENCH_DISCOURSE`` names, or on the few topics of the shared data.

    Raises:
        Skipped: where there are neither.
    """
    topics = sorted(read_topics(_folder()), key=lambda topic: topic.at)
    answered = [place for place, topic in enumerate(topics) if topic.others]
    tested = answered[-max(1, int(len(answered) * PART_TESTED * min(1.0, scale))) :]
    known = _Archive(topics)
    ours = _hits(topics, tested, known.named)
    beside = _hits(topics, tested, known.most_active)
    return list(_figures(topics, tested, ours, beside))


def _folder() -> Path:
    shared = Path(os.environ.get("YUI_SHARED_DATA", ROOT.parent / "shared" / "data"))
    folder = Path(os.environ.get("YUI_BENCH_DISCOURSE", shared / "people" / "discourse"))
    if not folder.is_dir():
        raise Skipped(f"topics of a forum are not here: set YUI_BENCH_DISCOURSE (looked in {folder})")
    return folder


def read_topics(folder: Path) -> Iterator[Topic]:
    """Yield the topics of a folder of Discourse's ``/t/{id}.json`` files."""
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_bytes())
        posts = [post for post in told["post_stream"]["posts"] if post.get("post_type", 1) == 1]
        if posts:
            yield _topic(told["title"], posts)


def _topic(title: str, posts: Sequence[dict[str, Any]]) -> Topic:
    words = [_MARKUP.sub(" ", post["cooked"]) for post in posts]
    return Topic(
        at=datetime.fromisoformat(posts[0]["created_at"]),
        asker=posts[0]["user_id"],
        question=f"{title} {words[0]}",
        text=f"{title} {' '.join(words)}",
        replies=tuple(
            Answered(
                post["user_id"],
                datetime.fromisoformat(post["created_at"]),
                solved=bool(post.get("accepted_answer")),
            )
            for post in posts
        ),
    )


class _Archive:
    """What is known of all topics that began before a given one."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = topics
        counts = [Counter(_WORD.findall(topic.text.lower())) for topic in topics]
        lengths = np.array([count.total() for count in counts], dtype=float)
        self.relative = lengths / max(1.0, float(lengths.mean()))
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, count in enumerate(counts):
            for word, number in count.items():
                places[word].append((place, number))
        self.postings = {word: np.array(rows) for word, rows in places.items()}
        replies = sorted(
            (reply for topic in topics for reply in topic.others), key=lambda reply: reply.at.timestamp()
        )
        self.replies = replies
        self.moments = np.array([reply.at.timestamp() for reply in replies])

    def likeness(self, place: int) -> NDArray[np.float64]:
        """Return the BM25 score of every earlier topic for the words of this one's question."""
        scores = np.zeros(place)
        for word in set(_WORD.findall(self.topics[place].question.lower())):
            rows = self.postings[word]
            earlier = rows[: np.searchsorted(rows[:, 0], place)]
            if len(earlier):
                rare = math.log(1 + (place - len(earlier) + 0.5) / (len(earlier) + 0.5))
                found, number = earlier[:, 0], earlier[:, 1].astype(float)
                norm = K1 * (1 - B + B * self.relative[found])
                scores[found] += rare * number * (K1 + 1) / (number + norm)
        return scores

    def recent(self, at: datetime, days: int) -> Counter[int]:
        """Return how many replies each person wrote in the days before a moment."""
        first, last = np.searchsorted(self.moments, [(at - timedelta(days=days)).timestamp(), at.timestamp()])
        return Counter(reply.person for reply in self.replies[first:last])

    def named(self, place: int) -> list[int]:
        """Return the people whom Yui names."""
        scores, at = self.likeness(place), self.topics[place].at
        best = [key for key in np.argsort(-scores)[:LIKE_THREADS] if scores[key] > 0]
        threads = [LikeThread(float(scores[key]), self.topics[key].others) for key in best]
        known = Knowledge(threads, self.recent(at, RECENT_DAYS))
        return [each.person for each in candidates(known, at)]

    def most_active(self, place: int) -> list[int]:
        """Return the people who wrote most replies lately."""
        return [person for person, _number in self.recent(self.topics[place].at, ACTIVE_DAYS).most_common()]


def _hits(topics: Sequence[Topic], tested: Sequence[int], named: Callable[[int], list[int]]) -> Hits:
    first = five = rank = right = accepted = 0.0
    for place in tested:
        topic = topics[place]
        people = [person for person in named(place) if person != topic.asker]
        replied = {reply.person for reply in topic.others}
        solved = {reply.person for reply in topic.others if reply.solved}
        found = next((number for number, person in enumerate(people, 1) if person in replied), None)
        if found is not None:
            first, five, rank = first + (found == 1), five + (found <= 5), rank + 1 / found
        if solved:
            accepted += 1
            right += bool(solved & set(people[:5]))
    count = len(tested)
    return Hits(first / count, five / count, rank / count, right / max(1.0, accepted))


def _figures(topics: Sequence[Topic], tested: Sequence[int], ours: Hits, beside: Hits) -> Iterator[Figure]:
    of = f"{len(tested):,} of {len(topics):,} topics"
    against = f"most active, {ACTIVE_DAYS} days"
    is_whole = len(topics) >= FEW
    rows = (
        ("somebody who replied is named first", "first", None),
        ("somebody who replied is among five", "five", TARGET_HIT),
        ("mean reciprocal rank of who replied", "rank", TARGET_RANK),
        ("whose answer was accepted is among five", "accepted", None),
    )
    for what, name, target in rows:
        yield Figure(
            f"{what}, {of}",
            round(getattr(ours, name), 3),
            "",
            beside=round(getattr(beside, name), 3),
            compared_with=against,
            target=target if is_whole else None,
            at_least=True,
        )
