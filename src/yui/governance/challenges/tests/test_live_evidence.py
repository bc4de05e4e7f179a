"""Evidence that names a public series shows its newest figure; an initiative shows the rank of its option."""

from datetime import date
from decimal import Decimal

import pytest

from yui.governance.challenges.demo import seed
from yui.governance.challenges.facts import EvidenceFacts, InitiativeFacts
from yui.governance.challenges.models import ChallengeEvidence
from yui.governance.challenges.operations import save_evidence, save_initiative
from yui.governance.challenges.queries.records import evidence_of
from yui.governance.challenges.tests.conftest import challenge_of, initiative_of
from yui.governance.priorities.models import Option, PrioritySet, Round
from yui.governance.statistics.models import FileFormat, Frequency, Intake, Observation, Series, Source
from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(secretariat):
    """A made-up series of attacks with two years, shown to all wards."""
    source = Source.objects.create(
        organisation=secretariat,
        visibility="wards",
        code="fiction",
        title="架空の調査",
        publisher="架空の統計",
        is_illustrative=True,
    )
    made = Series.objects.create(
        source=source,
        code="kakuu-attacks",
        title="攻撃の件数",
        unit="件",
        frequency=Frequency.YEAR,
        topic="threats",
    )
    day = date(2026, 4, 1)
    intake = Intake.objects.create(
        source=source,
        file_name="x.csv",
        sha256="0" * 64,
        file_format=FileFormat.LONG,
        retrieved_on=day,
        taken_by_name="試験",
    )
    for year, value in ((2024, 1200), (2025, 1900)):
        Observation.objects.create(
            series=made,
            area_code="000000",
            starts_on=date(year, 1, 1),
            value=Decimal(value),
            confirmed_on=day,
            intake=intake,
        )
    return made


def test_the_newest_figure_stands_beside_the_quoted_one(series, challenge, sara, alice, actor_of, client_of):
    facts = EvidenceFacts(
        "statistics", "攻撃の増加", "3.8倍", series_code="kakuu-attacks", area_code="000000"
    )
    save_evidence(actor_of(sara), of=challenge, facts=facts)
    text = client_of(alice).get(challenge.get_absolute_url()).content.decode()
    assert "1,900件" in text and "2025年" in text and "架空の統計" in text and "3.8倍" in text
    made = ChallengeEvidence.objects.unscoped("test").get()
    edit = client_of(sara).get(f"/challenges/evidence/{made.pk}/").content.decode()
    assert 'value="kakuu-attacks" selected' in edit


def test_where_the_area_has_no_figure_the_page_says_so(series, challenge, sara, alice, actor_of, client_of):
    facts = EvidenceFacts("statistics", "攻撃の増加", series_code="kakuu-attacks", area_code="131032")
    save_evidence(actor_of(sara), of=challenge, facts=facts)
    assert "データなし" in client_of(alice).get(challenge.get_absolute_url()).content.decode()


def test_a_series_that_the_reader_may_not_see_shows_nothing(series, challenge, sara, alice, actor_of):
    facts = EvidenceFacts("statistics", "攻撃の増加", series_code="kakuu-attacks", area_code="000000")
    save_evidence(actor_of(sara), of=challenge, facts=facts)
    Source.objects.unscoped("test").update(visibility="own")
    (line,) = evidence_of(actor_of(alice), challenge)
    assert line.live is None
    (line,) = evidence_of(actor_of(sara), challenge)
    assert line.live.value_text == "1,900件"


def test_the_demonstration_ties_made_up_series_and_says_so(series, system_actor, minato):
    seed(Demonstration(Month(2026, 9), Month(2026, 10), [minato]))
    tied = challenge_of("administration-2").evidence.unscoped("test").get(series_code="kakuu-attacks")
    assert tied.title.startswith("架空: ") and not tied.is_quoted
    assert not challenge_of("administration-1").evidence.unscoped("test").exists()


def test_the_demonstration_takes_no_real_series_for_its_own(series, minato):
    Source.objects.unscoped("test").update(is_illustrative=False)
    seed(Demonstration(Month(2026, 9), Month(2026, 10), [minato]))
    assert not ChallengeEvidence.objects.unscoped("test").filter(series_code="kakuu-attacks").exists()


def test_the_demonstration_does_without_statistics(secretariat, minato):
    seed(Demonstration(Month(2026, 9), Month(2026, 10), [minato]))
    assert challenge_of("residents-1").is_quoted and initiative_of("1-1").set_code == ""


def test_an_initiative_shows_how_its_option_stands(initiative, secretariat, sara, alice, actor_of, client_of):
    of = PrioritySet.objects.create(
        organisation=secretariat, visibility="wards", code="initiatives", title="取組の優先順位"
    )
    Round.objects.create(priority_set=of, number=1, opened_on=date(2026, 4, 1))
    Option.objects.create(priority_set=of, code="i", title="共同の見張り", position=1)
    facts = InitiativeFacts("i", 2, "共同の見張り", set_code="initiatives", option_code="i")
    save_initiative(actor_of(sara), organisation=secretariat, facts=facts, initiative=initiative)
    text = client_of(alice).get(initiative.get_absolute_url()).content.decode()
    assert "点数がそろうと、ここに順位が出ます。" in text and of.get_absolute_url() in text
    form = client_of(sara).get(f"/challenges/initiatives/{initiative.pk}/edit/").content.decode()
    assert 'value="initiatives|i" selected' in form
