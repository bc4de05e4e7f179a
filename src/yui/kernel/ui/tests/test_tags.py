"""The component tags say what they should and let no hostile text through."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from yui.kernel.ui.components.icons import ALIASES, SHAPES
from yui.kernel.ui.components.words import STATUS_SHAPES, STATUS_WORDS, person, status_cell

HOSTILE = "<script>alert(1)</script>\"'"


def draw(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{% chip bad %}",
        "{% chip bad url=bad %}",
        "{% chip bad remove_url=bad %}",
        "{% panel title=bad lead=bad id=bad url=bad more=bad %}{{ bad }}{% endpanel %}",
        "{% figure bad bad bad note=bad url=bad target=bad change_label=bad change=1 change_unit=bad %}",
        "{% status bad label=bad %}",
        "{% facts %}{% fact bad %}{{ bad }}{% endfact %}{% endfacts %}",
        "{% tabs label=bad %}{% tab bad bad %}{% endtabs %}",
        "{% breadcrumbs %}{% crumb bad bad %}{% crumb bad %}{% endbreadcrumbs %}",
        "{% empty bad bad bad url=bad help_url=bad %}",
        "{% notice bad title=bad %}{{ bad }}{% endnotice %}",
        "{% button bad url=bad %}{% button bad name=bad value=bad form=bad type=bad icon=bad %}",
        "{% progress 1 2 label=bad %}",
        "{% history changes %}",
        "{% field form.name %}{% form_errors form %}{% dropzone form.name %}",
        "{% icon bad %}",
        "{{ bad|number }}",
    ],
)
def test_hostile_text_is_escaped(source):
    class Form(forms.Form):
        name = forms.CharField(label=HOSTILE, help_text="plain", max_length=3)

    change = SimpleNamespace(
        at=datetime(2026, 4, 1, tzinfo=UTC),
        actor_name=HOSTILE,
        summary=HOSTILE,
        changes={HOSTILE: [HOSTILE, HOSTILE]},
    )
    html = draw(source, bad=HOSTILE, changes=[change], form=Form({"name": HOSTILE}))
    assert "<script>" not in html
    assert "alert(1)" in html or "icon" in html


@pytest.mark.parametrize("code", STATUS_WORDS)
def test_each_state_has_its_word_and_its_own_shape(code):
    html = draw("{% status code %}", code=code)
    assert str(STATUS_WORDS[code]) in html
    assert STATUS_SHAPES[code] in html
    assert list(STATUS_SHAPES.values()).count(STATUS_SHAPES[code]) == 1


def test_unknown_state_reads_as_no_data_and_not_as_good_news():
    assert 'data-status="no_data"' in draw("{% status 'splendid' %}")


def test_a_rooms_own_state_in_a_table_keeps_its_word_and_borrows_no_shape():
    html = status_cell(("migrating", "移行中"))
    assert "移行中" in html
    assert "<svg" not in html
    assert "<svg" in status_cell(("late", "遅れ"))


def test_figure_without_value_is_no_data_and_never_zero():
    html = draw("{% figure value '%' '比率' %}", value=None)
    assert "データなし" in html
    assert "0" not in html.split("figure-value")[1].split("figure-details")[0]


def test_figure_shows_value_unit_change_date_and_the_way_down():
    html = draw(
        "{% figure value '%' '比率' as_of=day change=change url='/records/' state='late' %}",
        value=Decimal("1234.50"),
        day=date(2026, 11, 23),
        change=Decimal("-0.12"),
    )
    for expected in (
        "1,234.50",
        "%",
        "−0.12",
        "前月比",
        "2026年11月23日(令和8年)",
        'href="/records/"',
        "遅れ",
    ):
        assert expected in html


def test_yen_is_short_to_read_and_exact_on_request():
    html = draw("{% yen value %}", value=123_400_000)
    assert ">1億2,340万円<" in html
    assert 'title="123,400,000円"' in html
    assert 'value="123400000"' in html
    assert "データなし" in draw("{% yen value %}", value=None)


def test_moment_is_shown_in_tokyo():
    html = draw("{% date_ja value %}", value=datetime(2026, 11, 22, 20, 30, tzinfo=UTC))
    assert "2026年11月23日(令和8年) 05:30" in html


def test_progress_of_unknown_length_has_no_value():
    assert "value=" not in draw("{% progress value %}", value=None)
    assert "(64%)" in draw("{% progress 310 482 %}")
    assert "(0%)" in draw("{% progress 0 0 %}")


def test_absent_fact_is_heard_as_missing():
    assert "未入力" in draw("{% facts %}{% fact '後継' %} {% endfact %}{% endfacts %}")


class Sample(forms.Form):
    name = forms.CharField(label="名前", help_text="正式な名前")
    kind = forms.ChoiceField(label="種類", choices=[("a", "A")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="同意", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_field_ties_label_help_and_errors_to_the_control():
    html = draw("{% field form.name %}", form=Sample({}))
    assert '<label class="field-label" for="id_name">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "必須" in html


def test_choices_are_a_fieldset_and_hidden_fields_are_bare():
    form = Sample()
    assert "<fieldset" in draw("{% field form.kind %}", form=form)
    assert "<legend" in draw("{% field form.kind %}", form=form)
    assert "label" not in draw("{% field form.secret %}", form=form)
    assert "data-check" in draw("{% field form.agreed %}", form=form)


def test_error_summary_counts_and_links_to_fields():
    html = draw("{% form_errors form %}", form=Sample({}))
    assert "(2件)" in html
    assert 'href="#id_name"' in html
    assert draw("{% form_errors form %}", form=Sample()) == ""


def test_pager_keeps_conditions_and_marks_the_current_page():
    request = RequestFactory().get("/list/?zone=lgwan&page=3")
    page = Paginator(range(482), 50).page(3)
    html = draw("{% pager page %}", page=page, request=request)
    assert "482件のうち 101〜150件" in html
    assert 'href="?zone=lgwan&amp;page=4" rel="next"' in html
    assert 'aria-current="page" aria-label="3ページ"' in html
    assert "<nav" not in draw("{% pager page %}", page=Paginator(range(3), 50).page(1), request=request)


def test_pager_does_not_change_the_query_it_was_given():
    from yui.kernel.ui.components.structure import pager

    query = QueryDict("page=1")
    pager(Paginator(range(100), 10).page(1), query)
    assert query.urlencode() == "page=1"


def test_tab_of_the_shown_page_is_current():
    html = draw(
        "{% tabs %}{% tab '概要' '/a/' %}{% tab '契約' '/b/' count=1200 %}{% endtabs %}", current_path="/b/"
    )
    assert '<a href="/b/" aria-current="page">契約' in html
    assert '<a href="/a/">' in html
    assert "1,200" in html


def test_history_tells_before_and_after():
    change = SimpleNamespace(
        at=datetime(2026, 4, 1, tzinfo=UTC),
        actor_name="見本",
        summary="直した",
        changes={"満了日": [None, "2028-03-31"]},
    )
    html = draw("{% history changes %}", changes=[change])
    assert "なし" in html
    assert "<ins>" in html
    assert "<del>" not in html
    assert "まだありません" in draw("{% history changes %}", changes=[])


def test_post_button_carries_the_token_and_the_values():
    request = RequestFactory().get("/")
    html = draw("{% post_button 'やめる' '/cancel/' job=7 %}", request=request)
    assert 'method="post"' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert 'name="job" value="7"' in html


def test_icons_are_hidden_from_screen_readers_and_aliases_exist():
    assert 'aria-hidden="true"' in draw("{% icon 'search' %}")
    assert draw("{% icon 'no such icon' %}") == draw("{% icon 'dot' %}")
    assert set(ALIASES.values()) <= set(SHAPES)


def test_words_follow_the_language():
    with override("en"):
        assert "Achieved" in draw("{% status 'achieved' %}")
        assert "No data" in draw("{% no_data %}")


def test_the_installation_itself_is_named_in_a_word():
    assert person("system:worker") == "Yui(自動)"
    assert person("田中 葵") == "田中 葵"
