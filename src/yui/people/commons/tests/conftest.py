"""People of two wards, the secretariat, and a stranger; and short ways to ask and answer."""

from collections.abc import Callable

import pytest

from yui.organisations.actors import actor_of
from yui.people.commons.models import Post, Question
from yui.people.commons.operations.answer_question import answer_question
from yui.people.commons.operations.ask_question import QuestionFacts, ask_question
from yui.people.commons.operations.posting import Writing


@pytest.fixture
def asker(member, minato):
    """A viewer of 港区, who asks."""
    return member("Alice", minato, "viewer")


@pytest.fixture
def colleague(member, minato):
    """Another viewer of 港区."""
    return member("Anna", minato, "viewer")


@pytest.fixture
def officer(member, minato):
    """An officer of 港区, who moderates nothing."""
    return member("Olga", minato, "officer")


@pytest.fixture
def answerer(member, shinjuku):
    """A viewer of 新宿区, who answers."""
    return member("Bob", shinjuku, "viewer")


@pytest.fixture
def administrator(member, minato):
    """An administrator of 港区, who moderates its questions."""
    return member("Admin", minato, "administrator")


@pytest.fixture
def moderator(member, organisations):
    """Somebody of the secretariat."""
    return member("Mod", organisations["JB-OFFICE"], "joint_staff")


@pytest.fixture
def second_moderator(member, organisations):
    """Somebody else of the secretariat."""
    return member("Second", organisations["JB-OFFICE"], "joint_staff")


@pytest.fixture
def ask(minato) -> Callable[..., Question]:
    """A function that asks a question for a person."""

    def make(user, title="申請書の様式", body="どこにありますか", **given) -> Question:
        writing = {key: given.pop(key) for key in ("is_unnamed", "department") if key in given}
        return ask_question(
            actor_of(user),
            facts=QuestionFacts(title=title, **given),
            writing=Writing(body=body, posted_for=given.get("posted_for", minato), **writing),
        )

    return make


@pytest.fixture
def answer(shinjuku) -> Callable[..., Post]:
    """A function that answers a question for a person."""

    def make(user, question, body="ここにあります", posted_for=None, **writing) -> Post:
        return answer_question(
            actor_of(user),
            question=question.pk,
            writing=Writing(body=body, posted_for=posted_for or shinjuku, **writing),
        )

    return make
