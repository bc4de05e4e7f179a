"""Asks for pages of the commons as a viewer, and tells what each took."""

import time
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yui.kernel.scope.models import Organisation
from yui.kernel.scope.querysets import unscoped_allowed
from yui.organisations.models import Membership, User
from yui.people.commons.models import Post, PostKind, Question

WARD = "131032"
ANSWERS = 100
LATER = 2_000
"""After so many questions begins the later page, or after half of them."""


def main(runs: str) -> dict[str, Any]:
    """Return CPU and wall milliseconds (medians) and the number of queries of each page."""
    with unscoped_allowed("benchmark data"):
        question = _long_question()
        place = min(LATER, Question.objects.count() // 2)
        later = Question.objects.order_by("-last_activity_at")[place]
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(_viewer(), backend="django.contrib.auth.backends.ModelBackend")
    after = f"{int(later.last_activity_at.timestamp() * 1_000_000)}_{later.pk}"
    pages = {
        "list": "/commons/",
        "list of solved": "/commons/?tab=solved",
        "later page": f"/commons/?after={after}",
        "question with 100 answers": f"/commons/{question.pk}/",
    }
    return {name: _cost(client, address, int(runs)) for name, address in pages.items()}


def _viewer() -> User:
    user, is_new = User.objects.get_or_create(
        username="viewer", defaults={"email": "viewer@yui.example", "name_ja": "架空 職員"}
    )
    if is_new:
        ward = Organisation.objects.get(code=WARD)
        Membership.objects.create(user=user, organisation=ward, role="viewer", valid_from=date(2020, 4, 1))
    return user


def _long_question() -> Question:
    question = Question.objects.order_by("pk")[0]
    first = Post.objects.filter(question=question, kind=PostKind.ANSWER).order_by("pk")[0]
    missing = ANSWERS - Post.objects.filter(question=question, kind=PostKind.ANSWER).count()
    Post.objects.bulk_create(
        Post(
            question=question,
            kind=PostKind.ANSWER,
            external_author_id=first.external_author_id,
            posted_for_id=first.posted_for_id,
            body=f"{first.body}\n\n- 手順{number}\n- `確認 {number}`",
            posted_at=first.posted_at + timedelta(minutes=number),
        )
        for number in range(missing)
    )
    Question.objects.filter(pk=question.pk).update(answer_count=ANSWERS)
    return question


def _cost(client: Client, address: str, runs: int) -> dict[str, float]:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    # What was captured lies in a log that the next request empties.
    queries = list(captured)
    cpu, wall = [], []
    for _number in range(runs):
        before, begun = time.process_time(), time.perf_counter()
        client.get(address)
        cpu.append((time.process_time() - before) * 1000)
        wall.append((time.perf_counter() - begun) * 1000)
    slowest = max(queries, key=lambda query: float(query["time"]))
    return {
        "cpu": median(cpu),
        "wall": median(wall),
        "least_wall": min(wall),
        "queries": len(queries),
        "slowest_query_ms": float(slowest["time"]) * 1000,
    }
