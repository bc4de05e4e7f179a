"""Pages that show statistics: what stands on them, and for whom."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from yui.governance.statistics.facts import SentFile
from yui.governance.statistics.models import Series, Source
from yui.governance.statistics.operations import load_observations
from yui.governance.statistics.reading import read_file
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import Actor

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_the_reader_may_see(survey, own_survey, make_series, bob, charlie, client_of):
    make_series(survey, "rate", [("131032", 2024, 7)])
    make_series(own_survey, "secret")
    page = reverse("statistics:series-list")
    seen = client_of(bob).get(page).content.decode()
    assert "系列rate" in seen and "2024年" in seen and "系列secret" in seen
    stranger = client_of(charlie).get(page).content.decode()
    assert "系列rate" in stranger and "系列secret" not in stranger


def test_a_hidden_record_does_not_exist(own_survey, make_series, bob, charlie, client_of):
    series = make_series(own_survey, "secret")
    for page in (series.get_absolute_url(), own_survey.get_absolute_url()):
        assert client_of(bob).get(page).status_code == 200
        assert client_of(charlie).get(page).status_code == 404


def test_a_page_names_the_source_with_its_terms(survey, make_series, bob, client_of):
    seen = client_of(bob).get(make_series(survey).get_absolute_url()).content.decode()
    assert "CC BY 4.0" in seen and "架空の統計" in seen
    assert 'href="https://statistics.example/survey" rel="noopener' in seen


AREAS = ("131016", "131024", "131032", "131041", "000000")
VALUES = [(code, year, year - 2000 + place) for year in (2023, 2024) for place, code in enumerate(AREAS)]


def test_a_ward_is_set_beside_the_others(survey, make_series, bob, client_of):
    page = make_series(survey, "rate", VALUES).get_absolute_url()
    own = client_of(bob).get(page).content.decode()
    assert "2024年の港区は26%です。" in own and "値のある4区のうち、大きいほうから2番目" in own
    assert "4区の中央値は26%です。" in own and "全国は28%です。" in own
    other = client_of(bob).get(page, {"ward": "131041"}).content.decode()
    assert "2024年の新宿区は27%です。" in other
    nobody = client_of(bob).get(page, {"ward": ""}).content.decode()
    assert "2024年の値です。" in nobody and "の港区は" not in nobody
    assert client_of(bob).get(page, {"ward": "<x>"}).status_code == 200


def test_a_daily_series_is_drawn_for_its_last_year(survey, make_series, bob, client_of):
    series = make_series(survey, "daily", [("131032", year, year) for year in (2021, 2023)])
    Series.objects.unscoped("test").filter(pk=series.pk).update(frequency="day")
    seen = client_of(bob).get(series.get_absolute_url()).content.decode()
    assert "最近の1年だけ" in seen and "2023-01-01" in seen and "2021-01-01" not in seen


def test_the_page_reads_in_english(survey, make_series, bob, client_of):
    page = make_series(survey, "rate", VALUES, title_en="The rate").get_absolute_url()
    seen = client_of(bob).get(page, headers={"accept-language": "en"}).content.decode()
    assert "The rate" in seen and "Minato City in 2024: 26%." in seen


def test_a_series_without_values_teaches(survey, make_series, bob, client_of):
    seen = client_of(bob).get(make_series(survey).get_absolute_url()).content.decode()
    assert "値がまだありません" in seen


def test_a_made_up_series_says_so(survey, make_series, bob, client_of):
    Source.objects.unscoped("test").update(is_illustrative=True)
    page = make_series(survey, "rate", VALUES).get_absolute_url()
    assert "この数字は架空です" in client_of(bob).get(page).content.decode()
    body = b"".join(client_of(bob).get(f"{page}values.csv").streaming_content).decode()
    assert "架空の例" in body


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_download_can_be_loaded_again(
    survey, own_survey, make_series, bob, charlie, client_of, tmp_path, file_format
):
    values = [*VALUES, ("131059", 2024, "X"), ("131059", 2023, "-1.25")]
    page = make_series(survey, "rate", [(a, y, v if v == "X" else Decimal(v)) for a, y, v in values])
    answer = client_of(bob).get(f"{page.get_absolute_url()}values.{file_format}")
    path = tmp_path / "file"
    path.write_bytes(b"".join(answer.streaming_content))
    found = read_file(path, "file")
    assert not found.refusals and len(found.series[0].cells) == len(values)
    again = load_observations(
        Actor.system("test"), source=survey, content=found, file=SentFile("f", "0" * 64, date(2026, 6, 1))
    )
    assert again.changed_nothing and again.known == len(values)
    assert Entry.objects.filter(verb="exchange.export.record").count() == 1
    assert client_of(bob).get(f"{page.get_absolute_url()}values.pdf").status_code == 404
    hidden = make_series(own_survey, "secret", VALUES).get_absolute_url()
    assert client_of(charlie).get(f"{hidden}values.{file_format}").status_code == 404


def test_sources_are_listed_for_those_who_see_them(survey, own_survey, bob, charlie, client_of):
    page = reverse("statistics:sources")
    assert "区の調査" in client_of(bob).get(page).content.decode()
    seen = client_of(charlie).get(page).content.decode()
    assert "架空の調査" in seen and "区の調査" not in seen


def test_pages_ask_for_signing_in(client, survey):
    for page in (reverse("statistics:series-list"), survey.get_absolute_url()):
        assert client.get(page).status_code == 302
