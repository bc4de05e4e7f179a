"""The mentors' turns: planned by the secretariat, named by the ward, exchanged; and their page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import today
from yui.kernel.notices.models import Notice
from yui.kernel.policy import PermissionRefused
from yui.kernel.scope.models import Organisation
from yui.organisations.actors import actor_of
from yui.people.commons.engine.turns import monday_of
from yui.people.commons.errors_helping import NoSuchTurn, NotReadyForTurns, WeeksOutOfRange
from yui.people.commons.models import HelperProfile, MentorTurn
from yui.people.commons.operations.helping.name_mentor import name_mentor
from yui.people.commons.operations.helping.plan_turns import plan_turns
from yui.people.commons.operations.helping.swap_turns import swap_turns

PAGE = "commons:turns"


@pytest.fixture
def planned(moderator):
    """The turns of all wards once round, from this week on."""
    return plan_turns(actor_of(moderator), weeks=23)


def of(planned, ward) -> MentorTurn:
    return next(turn for turn in planned if turn.organisation_id == ward.pk)


def stored(turn) -> MentorTurn:
    return MentorTurn.objects.unscoped("test").get(pk=turn.pk)


def body(answer) -> str:
    return answer.content.decode()


def test_the_plan_goes_on_where_it_ended(planned, moderator):
    wards = [ward.pk for ward in Organisation.objects.wards()]
    assert [turn.organisation_id for turn in planned] == wards
    assert planned[0].starts_on == monday_of(today())
    (more,) = plan_turns(actor_of(moderator), weeks=1)
    assert (more.organisation_id, more.starts_on) == (wards[0], planned[-1].starts_on + timedelta(weeks=1))


@pytest.mark.parametrize("weeks", [0, 53])
def test_a_plan_has_a_reasonable_length(weeks, moderator):
    with pytest.raises(WeeksOutOfRange):
        plan_turns(actor_of(moderator), weeks=weeks)


def test_only_the_secretariat_plans(administrator, answerer):
    for person in (administrator, answerer):
        with pytest.raises(PermissionRefused):
            plan_turns(actor_of(person), weeks=1)


def test_a_ward_names_one_of_its_people_who_take_turns(planned, administrator, colleague, answerer, minato):
    turn = of(planned, minato)
    with pytest.raises(NotReadyForTurns):
        name_mentor(actor_of(administrator), turn=turn.pk, mentor=colleague.pk)
    for person in (colleague, answerer):
        HelperProfile.objects.create(user=person, takes_turns=True)
    with pytest.raises(NotReadyForTurns):
        name_mentor(actor_of(administrator), turn=turn.pk, mentor=answerer.pk)
    name_mentor(actor_of(administrator), turn=turn.pk, mentor=colleague.pk)
    assert stored(turn).mentor == colleague
    assert Notice.objects.get(user=colleague, kind="commons.turn").url == reverse(PAGE)
    name_mentor(actor_of(administrator), turn=turn.pk, mentor=None)
    assert stored(turn).mentor is None


def test_nobody_names_the_mentor_of_another_ward(planned, administrator, asker, minato, shinjuku):
    for person, ward in ((administrator, shinjuku), (asker, minato)):
        with pytest.raises(PermissionRefused):
            name_mentor(actor_of(person), turn=of(planned, ward).pk, mentor=None)


def test_what_is_over_stays_as_it_was(planned, moderator):
    old = MentorTurn.objects.create(
        organisation=planned[0].organisation,
        visibility="wards",
        starts_on=monday_of(today()) - timedelta(weeks=1),
    )
    with pytest.raises(NoSuchTurn):
        name_mentor(actor_of(moderator), turn=old.pk, mentor=None)
    with pytest.raises(NoSuchTurn):
        swap_turns(actor_of(moderator), one=old.pk, other=planned[1].pk)


def test_two_weeks_change_places_with_their_mentors(
    planned, moderator, administrator, colleague, minato, shinjuku
):
    HelperProfile.objects.create(user=colleague, takes_turns=True)
    one, other = of(planned, minato), of(planned, shinjuku)
    name_mentor(actor_of(administrator), turn=one.pk, mentor=colleague.pk)
    with pytest.raises(PermissionRefused):
        swap_turns(actor_of(administrator), one=one.pk, other=other.pk)
    swap_turns(actor_of(moderator), one=one.pk, other=other.pk)
    assert (stored(one).organisation, stored(one).mentor) == (shinjuku, None)
    assert (stored(other).organisation, stored(other).mentor) == (minato, colleague)
    with pytest.raises(NoSuchTurn):
        swap_turns(actor_of(moderator), one=one.pk, other=one.pk)


def test_the_page_offers_each_reader_what_he_may_do(
    planned, moderator, administrator, asker, colleague, client_of
):
    HelperProfile.objects.create(user=colleague, takes_turns=True)
    assert "計画する" in body(client_of(moderator).get(reverse(PAGE)))
    of_ward = body(client_of(administrator).get(reverse(PAGE)))
    assert "計画する" not in of_ward and of_ward.count("Anna</option>") == 1
    of_viewer = body(client_of(asker).get(reverse(PAGE)))
    assert "今週" in of_viewer and "Anna" not in of_viewer and "<select" not in of_viewer


def test_the_buttons_of_the_page_do_what_they_say(
    moderator, administrator, colleague, client_of, minato, shinjuku
):
    HelperProfile.objects.create(user=colleague, takes_turns=True)
    office, ward = client_of(moderator), client_of(administrator)
    assert office.post(reverse("commons:turns-plan"), {"weeks": "23"}).status_code == 302
    turns = list(MentorTurn.objects.unscoped("test"))
    assert len(turns) == 23
    one, other = of(turns, minato), of(turns, shinjuku)
    ward.post(reverse("commons:turn-name", args=[one.pk]), {"mentor": colleague.pk})
    assert stored(one).mentor == colleague
    office.post(reverse("commons:turns-swap"), {"one": one.pk, "other": other.pk})
    assert stored(other).mentor == colleague
    refused = ward.post(reverse("commons:turns-plan"), {"weeks": "1"})
    assert refused.status_code == 403 and MentorTurn.objects.unscoped("test").count() == 23
    wrong = office.post(reverse("commons:turns-plan"), {"weeks": "x"}, follow=True)
    assert "1週から52週" in body(wrong)
