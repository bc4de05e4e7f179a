"""Asking: similar questions first, the 個人番号 found before it is kept, nothing lost on a refusal."""

import pytest

from yui.kernel.search.public import update
from yui.organisations.actors import actor_of
from yui.people.commons.models import Deflection, Post, Question
from yui.people.commons.operations.solve_question import solve_question

ASK = "/commons/new/"
FORM = {"title": "転出の手続", "body": "どう進めますか", "visibility": "wards", "numbers_confirmed": ""}
NUMBER = "123456789018"


def test_a_question_is_posted_and_shown(asker, client_of):
    client = client_of(asker)
    assert client.get(ASK).status_code == 200
    answer = client.post(ASK, FORM | {"tags": "窓口、#転出 窓口"}, follow=True)
    page = answer.content.decode()
    assert "転出の手続" in page and "どう進めますか" in page
    question = Question.objects.unscoped("test").get()
    assert sorted(question.tags.values_list("name", flat=True)) == ["窓口", "転出"]
    assert question.follows.unscoped("test").get().user == asker


@pytest.mark.parametrize(
    "changes", [{"title": ""}, {"body": ""}, {"visibility": "public"}, {"visibility": "participants"}]
)
def test_what_is_wrong_is_said_and_nothing_is_lost(asker, client_of, changes):
    answer = client_of(asker).post(ASK, FORM | {"tags": "書きかけ"} | changes)
    assert answer.status_code == 422 and "書きかけ" in answer.content.decode()
    assert not Question.objects.unscoped("test").exists()


def test_a_number_called_a_personal_number_is_never_kept(asker, client_of):
    for confirmed in ("", "on"):
        sent = FORM | {"body": f"マイナンバーは{NUMBER}です", "numbers_confirmed": confirmed}
        answer = client_of(asker).post(ASK, sent)
        errors = str(answer.context["form"].non_field_errors())
        assert answer.status_code == 422 and "マイナンバー" in errors and NUMBER not in errors
    assert not Post.objects.unscoped("test").exists()


def test_a_number_that_only_looks_like_one_needs_a_word_of_the_writer(asker, client_of):
    client = client_of(asker)
    sent = FORM | {"body": f"受付番号{NUMBER}の件"}
    asked = client.post(ASK, sent)
    assert asked.status_code == 422 and NUMBER in asked.content.decode()
    assert '<input type="checkbox" name="numbers_confirmed"' in asked.content.decode()
    assert client.post(ASK, sent | {"numbers_confirmed": "on"}).status_code == 302


def test_the_box_about_numbers_is_not_there_for_other_mistakes(asker, client_of):
    page = client_of(asker).post(ASK, FORM | {"title": ""}).content.decode()
    assert '<input type="checkbox" name="numbers_confirmed"' not in page


@pytest.mark.parametrize("about", ["nonsense", "yui:nothing.known:1", "yui:commons.question:999999"])
def test_an_address_that_names_no_record_breaks_no_page(asker, client_of, about):
    client = client_of(asker)
    assert client.get(ASK, {"about": about}).status_code == 200
    assert client.post(ASK, FORM | {"about_urn": about}, follow=True).status_code == 200


def test_similar_questions_are_offered_with_and_without_scripts(asker, answerer, ask, client_of):
    solved = ask(asker, title="住民票の転出手続の流れ", body="転出届の受付から")
    solve_question(actor_of(asker), question=solved.pk)
    ask(asker, title="転出手続の秘密", visibility="own")
    update()
    client = client_of(answerer)
    for answer in (
        client.post("/commons/new/similar/", {"title": "転出手続の流れ"}),
        client.post(ASK, FORM | {"title": "転出手続の流れ", "look": "yes"}),
    ):
        page = answer.content.decode()
        assert answer.status_code == 200 and f"/commons/{solved.pk}/spared/" in page
        assert "秘密" not in page
    assert Question.objects.unscoped("test").count() == 2


def test_who_need_not_ask_is_counted_and_not_named(asker, answerer, ask, client_of):
    question = ask(asker)
    client = client_of(answerer)
    assert client.post(f"/commons/{question.pk}/spared/", FORM, follow=True).status_code == 200
    assert Deflection.objects.unscoped("test").get().spared.code == "131041"
    own = ask(asker, visibility="own")
    assert client.post(f"/commons/{own.pk}/spared/").status_code == 404
    assert Deflection.objects.unscoped("test").count() == 1
