"""Pages that show statistics: what stands on them, and for whom."""

import pytest
from django.urls import reverse

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
