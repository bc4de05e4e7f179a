"""How wards take practices of others over."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from yui.kernel.calendar_jp import today
from yui.kernel.operations.saving import SameValueMeanwhile
from yui.kernel.policy import PermissionRefused
from yui.people.practices.models import Adoption, AdoptionEffect, AdoptionStep
from yui.people.practices.operations import adoptions as verbs
from yui.people.practices.operations.practices import errors
from yui.people.practices.queries.practices.reading import effects_of, reading_of
from yui.people.practices.queries.practices.spread import adoptions_of, comparisons, spread_map
from yui.people.practices.tests.practice_records import MINUTES, introduced, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(bob, charlie, actor_of, minato):
    """A practice of 港区 that 新宿区 has read."""
    return published(actor_of(bob), minato, actor_of(charlie))


def test_a_ward_begins_once_and_goes_on_step_by_step(practice, charlie, actor_of, shinjuku):
    actor = actor_of(charlie)
    adoption = introduced(actor, practice, shinjuku, days=20)
    assert (adoption.state, adoption.days_to_adopt) == ("introduced", 20)
    with pytest.raises(SameValueMeanwhile):
        verbs.begin_adoption(actor, practice=practice, ward=shinjuku)
    states = AdoptionStep.objects.visible_to(actor).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["considering", "introduced"]


@pytest.mark.parametrize(
    ("state", "days", "note", "reason"),
    [
        ("established", 0, "", "out_of_turn"),
        ("trial", 1, "", "in_the_future"),
        ("trial", -30, "", "before_the_last"),
        ("declined", 0, "  ", "reason_missing"),
    ],
)
def test_a_wrong_step_says_why(practice, charlie, actor_of, shinjuku, state, days, note, reason):
    actor = actor_of(charlie)
    adoption = verbs.begin_adoption(actor, practice=practice, ward=shinjuku, on=today() - timedelta(days=5))
    with pytest.raises(errors.StepNotTaken) as refused:
        verbs.record_step(actor, adoption=adoption, state=state, on=today() + timedelta(days=days), note=note)
    assert refused.value.code == reason


def test_a_declined_practice_can_be_considered_again(practice, charlie, actor_of, shinjuku):
    actor = actor_of(charlie)
    adoption = verbs.begin_adoption(actor, practice=practice, ward=shinjuku)
    verbs.record_step(actor, adoption=adoption, state="declined", on=today(), note="時期が合いません。")
    verbs.begin_adoption(actor, practice=practice, ward=shinjuku)
    assert Adoption.objects.visible_to(actor).count() == 2


def test_a_ward_does_not_adopt_its_own_nor_a_failure(practice, bob, charlie, actor_of, minato, shinjuku):
    with pytest.raises(errors.CannotAdopt):
        verbs.begin_adoption(actor_of(bob), practice=practice, ward=minato)
    failed = published(actor_of(bob), minato, actor_of(charlie), kind="failure")
    with pytest.raises(errors.CannotAdopt):
        verbs.begin_adoption(actor_of(charlie), practice=failed, ward=shinjuku)


def test_who_began_it_or_edits_for_the_ward_goes_on(practice, charlie, bob, member, actor_of, shinjuku):
    clerk = member("Chloe", shinjuku, "viewer")
    other = member("Chris", shinjuku, "viewer")
    adoption = verbs.begin_adoption(actor_of(clerk), practice=practice, ward=shinjuku)
    for person in (other, bob):
        with pytest.raises(PermissionRefused):
            verbs.record_step(actor_of(person), adoption=adoption, state="trial", on=today())
    assert verbs.record_step(actor_of(charlie), adoption=adoption, state="trial", on=today()).state == "trial"


def test_steps_are_never_rewritten(practice, charlie, actor_of, shinjuku):
    introduced(actor_of(charlie), practice, shinjuku)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE practices_adoptionstep SET state = 'trial'")


def test_a_published_text_is_never_rewritten(practice):
    for table, column in (("practices_practiceversion", "title"), ("practices_practiceeffect", "name")):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = 'x'")


def test_own_figures_stand_beside_the_origin_s(practice, charlie, actor_of, shinjuku):
    actor = actor_of(charlie)
    adoption = introduced(actor, practice, shinjuku)
    origin = reading_of(actor, practice).effects[0]
    own = MINUTES.__class__(
        **(MINUTES.values() | {"before": Decimal(10), "after": Decimal(5), "lineage": origin.lineage})
    )
    assert verbs.record_own_effect(actor, adoption=adoption, effect=own)
    assert not verbs.record_own_effect(actor, adoption=adoption, effect=own)
    assert AdoptionEffect.objects.visible_to(actor).count() == 1
    adoptions = adoptions_of(actor, practice)
    version = reading_of(actor, practice).version
    (compared,) = comparisons(actor, practice, effects_of(actor, version), adoptions)
    assert [(row.ward.code, row.figure.change, row.share) for row in compared.rows] == [
        ("131032", Decimal(-9), Decimal(-75)),
        ("131041", Decimal(-5), Decimal(-50)),
    ]


def test_the_map_shows_how_far_each_ward_is(practice, charlie, actor_of, shinjuku):
    introduced(actor_of(charlie), practice, shinjuku)
    chart = spread_map(practice, adoptions_of(actor_of(charlie), practice))
    words = {tile.code: tile.value_text for tile in chart.tiles}
    assert (words["131032"], words["131041"], words["131016"]) == ("もとの区", "導入", "なし")
    assert len(chart.tiles) == 23
