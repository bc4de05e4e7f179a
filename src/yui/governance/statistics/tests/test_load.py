"""Loading: idempotent, in any order, in bulk; and taking out again."""

import io
import itertools
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.governance.statistics.errors import (
    FrequencyDiffers,
    NoSeriesChosen,
    NotApplied,
    NotWaiting,
    OtherSource,
    UnitDiffers,
)
from yui.governance.statistics.facts import SentFile, SourceFacts, Wanted
from yui.governance.statistics.formats.contents import Cell, Figure, FileContent, Refusal, SeriesContent
from yui.governance.statistics.models import Intake, IntakeState, Observation, Series
from yui.governance.statistics.operations import (
    cancel_intake,
    keep_file,
    load_observations,
    receive_file,
    save_source,
    withdraw_intake,
)
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import Actor, PermissionRefused
from yui.kernel.scope.models import Organisation

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
NUMBERS = itertools.count()


def figure(value):
    """A figure: what begins with X is a sign of absence."""
    is_sign = isinstance(value, str) and value.startswith("X")
    return Figure(None, value) if is_sign else Figure(Decimal(value))


def content(values, code="rate", unit="%", frequency="year", refusals=()):
    """A file of one yearly series: values by area and year."""
    cells = [
        Cell(
            area,
            date(year, 1, 1),
            figure(value),
            "1",
        )
        for (area, year), value in values.items()
    ]
    return FileContent("long", (SeriesContent(code, "率", unit, frequency, cells),), tuple(refusals))


def load(source, values, day, actor=SYSTEM, **options):
    """Load a file retrieved on a day of June 2026."""
    file = SentFile("file.csv", "0" * 64, date(2026, 6, day))
    made = values if isinstance(values, FileContent) else content(values)
    return load_observations(actor, source=source, content=made, file=file, **options)


def current(source):
    rows = Observation.objects.unscoped("test").filter(series__source=source, superseded_by=None)
    return {(each.area_code, each.starts_on.year): each.missing or each.value for each in rows}


def counts(result):
    return result.new, result.changed, result.known, result.older


MINATO, SHINJUKU = ("131032", 2024), ("131041", 2024)


def test_new_figures_come_with_their_series_and_a_note_in_the_ledger(survey):
    result = load(survey, {MINATO: "1.5", SHINJUKU: "X"}, 1, wanted=Wanted(topic="costs"))
    assert counts(result) == (2, 0, 0, 0) and result.series == ("rate",)
    assert current(survey) == {MINATO: Decimal("1.5"), SHINJUKU: "X"}
    made = Series.objects.unscoped("test").get()
    assert (made.topic, made.decimals, made.retrieved_on) == ("costs", 1, date(2026, 6, 1))
    entry = Entry.objects.get(verb="statistics.observations.load")
    assert json.loads(entry.payload)["data"]["new"] == 2


def test_the_same_file_again_changes_nothing(survey):
    load(survey, {MINATO: "1.5", SHINJUKU: "X"}, 1)
    entries = Entry.objects.count()
    result = load(survey, {MINATO: "1.50", SHINJUKU: "X"}, 1)
    assert counts(result) == (0, 0, 2, 0) and result.changed_nothing and result.intake is None
    assert Entry.objects.count() == entries and Intake.objects.unscoped("test").count() == 1


def test_a_changed_figure_supersedes_and_both_stay(survey):
    load(survey, {MINATO: "1.5", SHINJUKU: "2"}, 1)
    result = load(survey, {MINATO: "1.6", SHINJUKU: "2"}, 2)
    assert counts(result) == (0, 1, 1, 0)
    assert current(survey) == {MINATO: Decimal("1.6"), SHINJUKU: Decimal(2)}
    former = Observation.objects.unscoped("test").get(superseded_by__isnull=False)
    assert former.value == Decimal("1.5") and former.superseded_by.value == Decimal("1.6")


def test_an_older_retrieval_is_history_and_a_confirmed_figure_stands(survey):
    load(survey, {MINATO: "1"}, 1)
    assert counts(load(survey, {MINATO: "1"}, 9)) == (0, 0, 1, 0)
    assert counts(load(survey, {MINATO: "7"}, 5)) == (0, 0, 0, 1)
    assert current(survey) == {MINATO: Decimal(1)}
    assert counts(load(survey, {MINATO: "7"}, 5)) == (0, 0, 1, 0)
    assert Observation.objects.unscoped("test").count() == 2


def test_of_one_day_the_later_file_counts_and_the_former_does_not_come_back(survey):
    load(survey, {MINATO: "1"}, 1)
    assert counts(load(survey, {MINATO: "2"}, 1)) == (0, 1, 0, 0)
    assert counts(load(survey, {MINATO: "1"}, 1)) == (0, 0, 1, 0)
    assert current(survey) == {MINATO: Decimal(2)}


FILES = st.lists(
    st.dictionaries(
        st.sampled_from([MINATO, SHINJUKU, ("131016", 2023)]), st.sampled_from(["1", "2", "X"]), min_size=1
    ),
    min_size=2,
    max_size=4,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES, st.data())
def test_any_order_of_files_gives_the_same_current_figures(db, organisations, files, data):
    keeper = organisations["JB-OFFICE"]
    dated = list(enumerate(files, start=1))
    expected: dict = {}
    for _day, values in dated:
        expected |= {cell: value if value == "X" else Decimal(value) for cell, value in values.items()}
    number = next(NUMBERS)
    source = save_source(SYSTEM, organisation=keeper, facts=SourceFacts(f"s{number}", "題", "機関"))
    for day, values in data.draw(st.permutations(dated)):
        load(source, content(values, code=f"c{number}"), day)
    assert current(source) == expected
    for day, values in data.draw(st.permutations(dated)):
        assert load(source, content(values, code=f"c{number}"), day).changed_nothing
    assert current(source) == expected


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES, st.data())
def test_withdrawing_a_file_leaves_what_the_others_say(db, organisations, files, data):
    keeper = organisations["JB-OFFICE"]
    number = next(NUMBERS)
    source = save_source(SYSTEM, organisation=keeper, facts=SourceFacts(f"w{number}", "題", "機関"))
    # Each file says something of its own, so that none only confirms another.
    own = [
        {cell: f"{day}{value}" if value != "X" else f"X{day}" for cell, value in values.items()}
        for day, values in enumerate(files)
    ]
    results = [load(source, content(values, code=f"w{number}"), day + 1) for day, values in enumerate(own)]
    gone = data.draw(st.integers(0, len(files) - 1))
    withdraw_intake(SYSTEM, intake=Intake.objects.unscoped("test").get(pk=results[gone].intake))
    expected: dict = {}
    for day, values in enumerate(own):
        if day != gone:
            expected |= {cell: v if v.startswith("X") else Decimal(v) for cell, v in values.items()}
    assert current(source) == expected


def test_a_withdrawn_file_is_not_withdrawn_twice(survey):
    result = load(survey, {MINATO: "1"}, 1)
    intake = Intake.objects.unscoped("test").get(pk=result.intake)
    assert withdraw_intake(SYSTEM, intake=intake).state == IntakeState.WITHDRAWN
    assert Series.objects.unscoped("test").get().retrieved_on is None
    with pytest.raises(NotApplied):
        withdraw_intake(SYSTEM, intake=intake)


def test_only_what_is_chosen_is_loaded(survey):
    two = FileContent("long", content({MINATO: "1"}).series + content({MINATO: "2"}, code="other").series)
    assert load(survey, two, 1, chosen={"other"}).series == ("other",)
    assert current(survey) == {MINATO: Decimal(2)}
    with pytest.raises(NoSeriesChosen, match="rate、other"):
        load(survey, two, 1, chosen={"unknown"})


def test_figures_of_another_kind_do_not_enter_a_series(survey, own_survey):
    load(survey, {MINATO: "1"}, 1)
    for wrong, refusal in (
        (content({MINATO: "1"}, unit="円"), UnitDiffers),
        (content({MINATO: "1"}, frequency="fiscal_year"), FrequencyDiffers),
    ):
        with pytest.raises(refusal):
            load(survey, wrong, 2)
    with pytest.raises(OtherSource):
        load(own_survey, {MINATO: "1"}, 2)
    assert load(survey, content({MINATO: "2"}, unit=""), 2).changed == 1


def test_who_may_load_is_told_by_the_source(survey, own_survey, alice, bob, charlie, sara, actor_of):
    load(own_survey, {MINATO: "1"}, 1, actor=actor_of(alice))
    for person, source in ((bob, own_survey), (charlie, own_survey), (alice, survey), (sara, own_survey)):
        with pytest.raises(PermissionRefused):
            load(source, {MINATO: "2"}, 2, actor=actor_of(person))
    with pytest.raises(PermissionRefused):
        intake = Intake.objects.unscoped("test").get()
        withdraw_intake(actor_of(charlie), intake=intake)


def test_a_waiting_file_is_loaded_or_given_up_once(survey, alice, actor_of):
    file = SentFile("../b.csv", keep_file(io.BytesIO(b"x")), date(2026, 6, 1))
    make = lambda actor: receive_file(actor, source=survey, file=file, file_format="long", wanted=Wanted())  # noqa: E731
    with pytest.raises(PermissionRefused):
        make(actor_of(alice))
    waiting = make(SYSTEM)
    assert waiting.state == IntakeState.WAITING and waiting.file_name == "b.csv"
    refusals = [Refusal("3", "=1+1", "だめ")]
    load(survey, content({MINATO: "1"}, refusals=refusals), 1, intake=waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.new_count, waiting.refused_count) == (IntakeState.APPLIED, 1, 1)
    assert waiting.refused[0]["why"] == {"ja": "だめ", "en": "だめ"}
    with pytest.raises(NotWaiting):
        load(survey, {MINATO: "1"}, 1, intake=waiting)
    with pytest.raises(NotWaiting):
        cancel_intake(SYSTEM, intake=waiting)
    assert cancel_intake(SYSTEM, intake=make(SYSTEM)).state == IntakeState.CANCELLED


def test_many_figures_cost_few_queries(survey, django_assert_max_num_queries):
    wards = [ward.code for ward in Organisation.objects.wards()]
    values = {(code, year): str(year) for code in wards for year in range(1900, 2100)}
    with django_assert_max_num_queries(100):
        assert load(survey, values, 1).new == len(values)
    with django_assert_max_num_queries(150):
        assert load(survey, {cell: f"{value}.5" for cell, value in values.items()}, 2).changed == len(values)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 9))
def test_every_value_comes_back_as_it_was(db, organisations, digits, places):
    number = next(NUMBERS)
    source = save_source(
        SYSTEM, organisation=organisations["JB-OFFICE"], facts=SourceFacts(f"v{number}", "題", "機関")
    )
    value = Decimal(digits).scaleb(-places)
    load(source, content({MINATO: value}, code=f"v{number}"), 1)
    assert current(source) == {MINATO: value}
    assert load(source, content({MINATO: value}, code=f"v{number}"), 1).changed_nothing
