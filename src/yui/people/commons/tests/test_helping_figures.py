"""The figures of a fiscal year: each number is as many as the records that it opens."""

from datetime import timedelta

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import FiscalYear, now, today
from yui.organisations.actors import actor_of
from yui.organisations.models import StaffCount
from yui.people.commons.models import Deflection, Question
from yui.people.commons.operations.solve_question import solve_question
from yui.people.commons.queries.helping.figures import NAMES, year_figures

PAGE, RECORDS = "commons:figures", "commons:figure-records"


@pytest.fixture
def year():
    """The present fiscal year."""
    return FiscalYear.of(today())


@pytest.fixture
def lived(asker, answerer, ask, answer, minato, shinjuku, year):
    """Three questions of 港区, one of them solved and one seen there alone, and two that needed no asking."""
    question, *_others = ask(asker, title="解いた"), ask(asker, title="待つ"), ask(asker, visibility="own")
    post = answer(answerer, question)
    solve_question(actor_of(asker), question=question.pk, answer=post.pk)
    for _number in range(2):
        Deflection.objects.create(question=question, spared=shinjuku, at=now())
    StaffCount.objects.create(organisation=minato, fiscal_year=year.year, people=200, source="test")
    return question


def texts(year, scope=None) -> dict[str, str | None]:
    found = year_figures(year)
    values = (
        found.together
        if scope is None
        else next(body.values for body in found.bodies if body.organisation == scope)
    )
    return {value.name: value.text for value in values}


def test_the_figures_of_all_wards_and_of_each(lived, year, minato, shinjuku):
    joint = texts(year)
    assert joint | {"first_answer_hours": None} == {
        "solved_questions": "1",
        "questions": "3",
        "solved_share": "33.3",
        "first_answer_hours": None,
        "solved_per_100_staff": "0.50",
        "spared_questions": "2",
    }
    assert texts(year, minato)["questions"] == "3" and texts(year, minato)["spared_questions"] is None
    assert texts(year, shinjuku)["questions"] is None and texts(year, shinjuku)["spared_questions"] == "2"


@pytest.mark.parametrize("name", NAMES)
def test_a_number_lists_as_many_records_as_it_counts(name, lived, year, asker):
    found = year_figures(year)
    for values in (found.together, *(body.values for body in found.bodies)):
        measured = next(value for value in values if value.name == name).measure
        if measured is not None:
            assert measured.evidence.count(actor_of(asker)) == measured.records
            assert len(measured.evidence.rows(actor_of(asker), 0, 50)) == measured.records


def test_the_page_leads_from_each_number_to_its_questions(lived, year, asker, client_of):
    client = client_of(asker)
    shown = client.get(reverse(PAGE)).content.decode()
    assert f"figure=solved_questions&amp;year={year.year}&amp;ward=joint" in shown
    assert f"ward={lived.organisation.code}" in shown
    assert "職員100人あたりの解決した質問" in shown and "最初の回答までの時間" in shown
    listed = client.get(reverse(RECORDS), {"figure": "solved_questions", "ward": "joint"}).content.decode()
    assert "解いた" in listed and lived.get_absolute_url() in listed and "待つ" not in listed


def test_records_of_another_ward_are_counted_and_not_listed(lived, answerer, client_of):
    listed = client_of(answerer).get(reverse(RECORDS), {"figure": "questions"}).content.decode()
    assert "解いた" in listed and "申請書の様式" not in listed
    assert "あなたには見えない記録が1件" in listed


def test_a_former_year_and_what_nobody_asked_for(lived, asker, client_of, year):
    client = client_of(asker)
    former = client.get(reverse(PAGE), {"year": str(year.year - 1)}).content.decode()
    assert "データなし" in former
    assert client.get(reverse(PAGE), {"year": "x"}).status_code == 200
    assert client.get(reverse(RECORDS), {"figure": "people"}).status_code == 404
    assert client.get(reverse(RECORDS), {"figure": "questions", "ward": "000000"}).status_code == 404


def test_a_question_of_a_former_year_is_not_counted(lived, year):
    before = now() - timedelta(days=400)
    Question.objects.unscoped("test").filter(pk=lived.pk).update(asked_at=before, solved_at=before)
    assert texts(year)["solved_questions"] == "0" and texts(year)["questions"] == "2"
