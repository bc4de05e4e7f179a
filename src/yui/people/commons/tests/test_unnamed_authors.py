"""Who wrote without a name is found on no surface, by nobody but those who audit; and by disclosure."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import cache

from yui.kernel.calendar_jp import FiscalYear, Period, now
from yui.kernel.events.models import Event
from yui.kernel.ledger.models import Entry
from yui.kernel.measures.registry import find_measure
from yui.kernel.measures.values import MeasureScope
from yui.kernel.notices.models import Notice
from yui.kernel.search.public import update
from yui.organisations.actors import actor_of
from yui.organisations.models import Membership, User
from yui.people.commons import finding
from yui.people.commons.models import Disclosure, HiddenAuthor, Question, QuestionFollow
from yui.people.commons.operations.close_question import withdraw_question
from yui.people.commons.operations.comment_post import comment_post
from yui.people.commons.operations.disclose_author import decide_disclosure, request_disclosure
from yui.people.commons.operations.moderate import hide_post, report_post, show_post
from yui.people.commons.operations.posting import Writing
from yui.people.commons.operations.request_details import request_details
from yui.people.commons.tests.unnamed_writer import NAME, USERNAME, traces_in, write_everything

READERS = (
    "asker",
    "colleague",
    "answerer",
    "administrator",
    "moderator",
    "second_moderator",
    "officer",
    "jun",
)


@pytest.fixture
def writer(minato):
    """The person whose name is to be found nowhere."""
    user = User.objects.create_user(username=USERNAME, email=f"{USERNAME}@minato.example", name_ja=NAME)
    Membership.objects.create(user=user, organisation=minato, role="viewer", valid_from=now().date())
    return user


@pytest.fixture
def unnamed(writer, asker, answerer, minato, shinjuku, ask, answer):
    """What the person wrote."""
    return write_everything(writer, asker, answerer, minato, shinjuku, ask, answer)


def _pages(unnamed) -> list[str]:
    posts = (unnamed.opening.pk, unnamed.answer.pk)
    return [
        *(f"/commons/?tab={tab}" for tab in ("all", "waiting", "solved", "following", "asked", "mine")),
        *(f"/commons/{question.pk}/" for question in (unnamed.question, unnamed.other)),
        *(f"/commons/posts/{post}/{name}/" for post in posts for name in ("history", "edit", "report")),
        *(f"/commons/posts/{post}/{name}/" for post in posts for name in ("comment", "hide", "disclose")),
        f"/commons/files/{unnamed.file}/",
        "/commons/moderation/",
        "/commons/moderation/cases/",
        "/",
        "/my/notifications/",
        "/my/work/",
        "/search/?q=匿名",
        f"/search/?q={NAME}",
        f"/search/suggest/?q={NAME}",
        "/api/v1/commons/questions",
        "/api/v1/commons/tags",
        *(f"/api/v1/commons/questions/{question.pk}" for question in (unnamed.question, unnamed.other)),
    ]


@pytest.mark.parametrize("reader", READERS)
def test_no_page_shows_who_wrote(reader, request, unnamed, moderator, client_of):
    user = request.getfixturevalue(reader)
    report_post(actor_of(moderator), post=unnamed.opening.pk, reason="確かめたい")
    request_disclosure(actor_of(moderator), post=unnamed.answer.pk, reason="確かめたい")
    update()
    cache.clear()
    client, leaks, read = client_of(user), [], 0
    for path in _pages(unnamed):
        response = client.get(path)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = content.decode().replace("<mark>", "").replace("</mark>", "") + str(response.headers)
        text = text.replace(f'value="{NAME}"', "").replace(f"「{NAME}」", "")
        read += response.status_code == 200
        if traces_in(text):
            leaks.append(path)
    assert not leaks
    assert read > 12


def test_no_row_but_the_hidden_one_leads_to_the_writer(unnamed):
    own = {HiddenAuthor: True, QuestionFollow: True}
    found = {}
    for model in apps.get_app_config("commons").get_models():
        rows = model._default_manager
        rows = rows.unscoped("test") if hasattr(rows, "unscoped") else rows.all()
        for field in model._meta.get_fields():
            if field.is_relation and field.related_model is User and field.concrete:
                count = rows.filter(**{field.name: unnamed.writer}).count()
                if count and model not in own:
                    found[f"{model.__name__}.{field.name}"] = count
    assert not found
    assert HiddenAuthor.objects.unscoped("test").filter(user=unnamed.writer).count() == 3


def test_events_and_the_search_index_carry_no_name(unnamed):
    told = Event.objects.unscoped("test").filter(kind__startswith="commons.")
    texts = [f"{event.summary} {event.actor_name} {json.dumps(event.data)}" for event in told]
    assert len(texts) > 8 and not traces_in("\n".join(texts))
    documents = list(finding.question_documents(None))
    assert len(documents) == 2 and not traces_in(repr(documents))


def test_nobody_elses_notices_name_the_writer(unnamed):
    others = Notice.objects.exclude(user=unnamed.writer)
    assert others.exists()
    assert not traces_in("\n".join(f"{one.title} {one.body} {one.url}" for one in others))


@pytest.mark.parametrize(
    "code", ["commons.questions", "commons.solved_questions", "commons.first_answer_hours"]
)
def test_the_evidence_of_figures_names_nobody(unnamed, moderator, minato, code):
    measure, today = find_measure(code), now().date()
    found = measure(MeasureScope(minato), Period(FiscalYear.of(today).start, today + timedelta(days=1)))
    rows = list(found.evidence.rows(actor_of(moderator), 0, 50))
    assert rows and not traces_in(repr(rows))


def test_only_the_ledger_keeps_it_for_those_who_audit(unnamed, audrey, officer, moderator, client_of):
    entries = Entry.objects.filter(organisation_code="131032", verb__startswith="commons.")
    assert any(NAME in f"{entry.actor}" for entry in entries)
    assert NAME in client_of(audrey).get("/ledger/").content.decode()
    assert [client_of(user).get("/ledger/").status_code for user in (officer, moderator)] == [403, 403]


def test_two_moderators_learn_it_and_the_writer_is_told(unnamed, moderator, second_moderator, client_of):
    wish = request_disclosure(actor_of(moderator), post=unnamed.opening.pk, reason="脅迫")
    client = client_of(second_moderator)
    assert not traces_in(client.get("/commons/moderation/cases/").content.decode())
    decide_disclosure(actor_of(second_moderator), disclosure=wish.pk, grant=True)
    assert NAME in client.get("/commons/moderation/cases/").content.decode()
    assert not traces_in(client.get(f"/commons/{unnamed.question.pk}/").content.decode())
    assert Notice.objects.filter(user=unnamed.writer, title__contains="脅迫").exists()


def test_a_refused_disclosure_shows_nothing(unnamed, moderator, second_moderator, client_of):
    wish = request_disclosure(actor_of(moderator), post=unnamed.opening.pk, reason="知りたい")
    decide_disclosure(actor_of(second_moderator), disclosure=wish.pk, grant=False)
    assert Disclosure.objects.unscoped("test").get().is_refused
    for user in (moderator, second_moderator):
        assert not traces_in(client_of(user).get("/commons/moderation/cases/").content.decode())


def test_hiding_and_showing_tells_the_writer_alone(unnamed, moderator, asker):
    hide_post(actor_of(moderator), post=unnamed.answer.pk, reason="確認中")
    show_post(actor_of(moderator), post=unnamed.answer.pk, reason="確認しました")
    told = Notice.objects.filter(kind="commons.moderated")
    assert {notice.user_id for notice in told} == {unnamed.writer.pk}
    assert not traces_in(
        "".join(event.summary + event.actor_name for event in Event.objects.unscoped("test"))
    )


@pytest.mark.parametrize("hides_question", [True, False])
def test_a_post_under_the_other_name_changes_nothing_that_tells(
    writer, answerer, ask, answer, minato, shinjuku, hides_question
):
    question = ask(writer, is_unnamed=hides_question)
    answer(writer, question, "自分で", posted_for=minato, is_unnamed=not hides_question)
    found = Question.objects.unscoped("test").get(pk=question.pk)
    assert found.first_answer_at is not None, "only the asker's own answer would leave the question waiting"
    opening = question.posts.unscoped("test").get(kind="question")
    writing = Writing(body="版は", posted_for=shinjuku)
    request_details(actor_of(answerer), question=question.pk, writing=writing)
    reply = Writing(body="7.2", posted_for=minato, is_unnamed=not hides_question)
    comment_post(actor_of(writer), post=opening.pk, writing=reply)
    found.refresh_from_db(from_queryset=Question.objects.unscoped("test"))
    assert found.state == "needs_info"


def test_own_unnamed_posts_are_known_to_belong_together(writer, ask, answer, minato):
    question = ask(writer, is_unnamed=True)
    answer(writer, question, "自分で", posted_for=minato, is_unnamed=True)
    assert Question.objects.unscoped("test").get(pk=question.pk).first_answer_at is None


def test_the_form_goes_on_without_a_name_for_whoever_asked_without(writer, asker, ask, client_of):
    question = ask(writer, is_unnamed=True)
    post = question.posts.unscoped("test").get()
    for path in (f"/commons/{question.pk}/", f"/commons/posts/{post.pk}/comment/"):
        assert "checked" in _box(client_of(writer).get(path).content.decode())
        assert "checked" not in _box(client_of(asker).get(path).content.decode())


def _box(page: str) -> str:
    before = page.index('name="is_unnamed"')
    return page[page.rindex("<", 0, before) : page.index(">", before)]


def test_withdrawing_names_the_department_only(unnamed, writer):
    withdraw_question(actor_of(writer), question=unnamed.question.pk, reason="解消")
    event = Event.objects.unscoped("test").filter(kind="commons.question.withdraw").get()
    assert not traces_in(event.actor_name) and "港区" in event.actor_name
