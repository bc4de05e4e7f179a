"""Pages that change statistics: sources, series, files sent, looked at, loaded and withdrawn."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yui.governance.statistics.models import Intake, IntakeState, Observation, Series, Source
from yui.kernel.calendar_jp import today

pytestmark = pytest.mark.django_db
TABLE = (
    "系列コード,系列,単位,地域,期間,値\n"
    "rate,<b>率</b>,%,港区,2023年,1.5\nrate,率,%,どこか,2023年,1\ncount,数,件,港区,2023年,7\n"
)


@pytest.fixture
def send(client_of):
    """A function that sends a file of a source as a person."""

    def call(person, source, body=TABLE, **data):
        upload = SimpleUploadedFile("表.csv", body.encode())
        return client_of(person).post(
            reverse("statistics:load", args=[source.pk]),
            {"file": upload, "retrieved_on": "2026-06-01", "topic": "costs", **data},
        )

    return call


def current():
    rows = Observation.objects.unscoped("test").filter(superseded_by=None)
    return {(each.series.code, each.area_code): each.value for each in rows.select_related("series__source")}


def test_a_source_is_made_and_changed(alice, bob, client_of, minato):
    page = reverse("statistics:source-new")
    data = {
        "code": "my-source",
        "title": "調査",
        "publisher": "機関",
        "licence": "pdl-1.0",
        "visibility": "own",
    }
    assert client_of(bob).post(page, data).status_code == 403
    assert client_of(alice).get(page).status_code == 200
    wrong = client_of(alice).post(page, data | {"code": "大きい", "address": "javascript:alert(1)"})
    assert wrong.status_code == 422 and not Source.objects.unscoped("test").exists()
    own = client_of(alice).post(page, data | {"licence": "own"})
    assert own.status_code == 422 and "本文を書いて" in own.content.decode()
    client_of(alice).post(page, data)
    source = Source.objects.unscoped("test").get()
    assert (source.organisation, source.licence) == (minato, "pdl-1.0")
    edit = reverse("statistics:source-edit", args=[source.pk])
    assert client_of(bob).get(edit).status_code == 403
    client_of(alice).post(edit, data | {"title": "新しい名称", "visibility": "wards"})
    source.refresh_from_db()
    assert (source.title, source.visibility) == ("新しい名称", "wards")
    assert client_of(alice).post(edit, data | {"visibility": "participants"}).status_code == 422


def test_a_file_is_looked_at_and_then_loaded(own_survey, alice, bob, send, client_of):
    answer = send(alice, own_survey)
    intake = Intake.objects.unscoped("test").get()
    assert answer.status_code == 302 and answer["Location"] == intake.get_absolute_url()
    preview = client_of(alice).get(answer["Location"]).content.decode()
    assert "&lt;b&gt;率&lt;/b&gt;" in preview and "<b>率" not in preview
    assert "どこか" in preview and 'value="count" checked' in preview
    assert 'name="series"' not in client_of(bob).get(answer["Location"]).content.decode()
    assert not Series.objects.unscoped("test").exists()
    client_of(alice).post(answer["Location"], {"step": "load", "series": ["rate"]})
    intake.refresh_from_db()
    assert (intake.state, intake.new_count, intake.refused_count) == (IntakeState.APPLIED, 1, 1)
    assert list(current()) == [("rate", "131032")]
    assert Series.objects.unscoped("test").get().topic == "costs"
    assert "どこか" in client_of(bob).get(answer["Location"]).content.decode()


def test_the_same_file_again_says_that_nothing_changes(own_survey, alice, send, client_of):
    for _time in range(2):
        page = send(alice, own_survey)["Location"]
        answer = client_of(alice).post(page, {"step": "load", "series": ["rate", "count"]}, follow=True)
    assert "何も変えていません" in answer.content.decode()
    assert Observation.objects.unscoped("test").count() == 2


def test_a_changed_value_is_shown_as_a_revision_and_can_be_withdrawn(own_survey, alice, bob, send, client_of):
    for day, body in (("2026-06-01", TABLE), ("2026-06-02", TABLE.replace("1.5", "1.7"))):
        page = send(alice, own_survey, body, retrieved_on=day)["Location"]
        preview = client_of(alice).get(page).content.decode()
        client_of(alice).post(page, {"step": "load", "series": ["rate"]})
    assert "新しい系列" in preview
    seen = client_of(bob).get(reverse("statistics:series", args=["rate"])).content.decode()
    assert "1.7%" in seen and "1.5%" in seen and "前の値" in seen
    assert client_of(bob).post(page, {"step": "withdraw"}).status_code == 403
    client_of(alice).post(page, {"step": "withdraw"})
    assert [str(value.normalize()) for value in current().values()] == ["1.5"]
    again = client_of(alice).post(page, {"step": "withdraw"})
    assert again.status_code == 422 and "取り消せます" in again.content.decode()


def test_what_stands_against_a_file_is_told_before_and_after(own_survey, alice, send, client_of):
    page = send(alice, own_survey)["Location"]
    client_of(alice).post(page, {"step": "load", "series": ["rate"]})
    page = send(alice, own_survey, TABLE.replace("%", "円"))["Location"]
    preview = client_of(alice).get(page).content.decode()
    assert "系列の単位は「%」です" in preview and 'value="rate"' not in preview
    for data in ({"step": "load", "series": ["rate"]}, {"step": "load"}, {"step": "nothing"}):
        assert client_of(alice).post(page, data).status_code == 422
    client_of(alice).post(page, {"step": "cancel"})
    assert Intake.objects.unscoped("test").get(pk=page.split("/")[-2]).state == IntakeState.CANCELLED


def test_a_file_that_cannot_be_read_is_told_in_the_form(own_survey, alice, bob, charlie, send):
    answer = send(alice, own_survey, "a,b\n1,2\n")
    assert answer.status_code == 422 and "地域と期間のある値が見つかりません" in answer.content.decode()
    assert not Intake.objects.unscoped("test").exists()
    late = send(alice, own_survey, retrieved_on=f"{today() + timedelta(days=1)}")
    assert late.status_code == 422
    assert send(bob, own_survey).status_code == 403 and send(charlie, own_survey).status_code == 404


def test_a_series_is_changed_but_not_its_frequency(own_survey, make_series, alice, bob, charlie, client_of):
    series = make_series(own_survey, "rate", [("131032", 2024, 7)])
    page = reverse("statistics:series-edit", args=["rate"])
    data = {
        "code": "rate",
        "title": "題",
        "unit": "人",
        "decimals": "2",
        "frequency": "year",
        "topic": "people",
    }
    assert client_of(bob).post(page, data).status_code == 403
    assert client_of(charlie).get(page).status_code == 404
    client_of(alice).post(page, data)
    series.refresh_from_db()
    assert (series.title, series.topic, series.decimals) == ("題", "people", 2)
    for wrong in ({"frequency": "month"}, {"code": "other"}, {"decimals": "10"}, {"title": " "}):
        assert client_of(alice).post(page, data | wrong).status_code == 422
