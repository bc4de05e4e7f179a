"""Pins how many queries the pages of the commons cost; with many posts as with few."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yui.organisations.actors import actor_of
from yui.people.commons.operations.comment_post import comment_post
from yui.people.commons.operations.posting import Writing

PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))
PAGES = {
    "feed": "/commons/",
    "feed-following": "/commons/?tab=following",
    "question": "/commons/{key}/",
    "acts": "/commons/moderation/",
    "api-questions": "/api/v1/commons/questions",
    "api-question": "/api/v1/commons/questions/{key}",
}


def queries_of(client, address: str) -> list[str]:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("number", [2, 12])
def test_every_page_costs_the_pinned_number_of_queries(
    asker, answerer, ask, answer, client_of, shinjuku, number
):
    questions = [ask(asker, title=f"質問{each}", tags=["Excel", f"話題{each}"]) for each in range(number)]
    for each in range(number):
        post = answer(answerer, questions[0], f"答え{each}", is_unnamed=bool(each % 2))
        comment_post(actor_of(answerer), post=post.pk, writing=Writing(body="補足", posted_for=shinjuku))
    client = client_of(answerer)
    costs = {
        name: len(queries_of(client, address.format(key=questions[0].pk))) for name, address in PAGES.items()
    }
    assert costs == PINNED
