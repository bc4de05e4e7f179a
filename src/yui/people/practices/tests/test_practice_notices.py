"""Who hears of what: writers, readers asked to review, followers, and those in charge before it expires."""

from datetime import timedelta

import pytest

from yui.kernel.calendar_jp import today
from yui.kernel.notices.models import Notice
from yui.kernel.policy import PermissionRefused
from yui.organisations.models import Membership
from yui.people.practices.models import Practice, Verdict
from yui.people.practices.operations import practices as verbs
from yui.people.practices.tests.practice_records import header, in_review, published, wording

pytestmark = pytest.mark.django_db


def titles(user, kind):
    return list(
        Notice.objects.filter(user=user, kind=f"practices.practice.{kind}").values_list("title", flat=True)
    )


def second_version(writer, reader, practice):
    verbs.write_version(writer, practice=practice, wording=wording(title="二版の題"))
    verbs.submit_practice(writer, practice=practice)
    practice.refresh_from_db()
    review = verbs.take_review(reader, practice=practice)
    verbs.decide_review(reader, review=review, verdict=Verdict.PUBLISH)


def test_followers_hear_of_a_new_version(bob, charlie, actor_of, minato):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    verbs.set_follow(actor_of(charlie), practice=practice, follows=True)
    second_version(actor_of(bob), actor_of(charlie), practice)
    assert titles(charlie, "news") == ["事例「二版の題」に第2版が出ました。"]


def test_who_no_longer_sees_it_hears_nothing(bob, charlie, member, actor_of, minato, shinjuku):
    practice = published(
        actor_of(bob), minato, actor_of(charlie), audience="participants", participants=frozenset({shinjuku})
    )
    verbs.set_follow(actor_of(charlie), practice=practice, follows=True)
    clerk = member("Chloe", shinjuku, "viewer")
    Membership.objects.unscoped("test").filter(user=charlie).update(valid_to=today())
    second_version(actor_of(bob), actor_of(clerk), practice)
    assert titles(charlie, "news") == []


def test_a_reader_who_is_asked_and_the_writer_who_is_answered(bob, charlie, actor_of, minato):
    practice = in_review(actor_of(bob), minato)
    review = verbs.invite_reviewer(actor_of(bob), practice=practice, reviewer=charlie)
    assert len(titles(charlie, "review")) == 1
    verbs.decide_review(actor_of(charlie), review=review, verdict=Verdict.REVISE, comment="件数を")
    assert "意見がつきました" in titles(bob, "review")[0]


def test_thanks_reach_the_writer_but_not_from_himself(bob, charlie, actor_of, minato):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    Notice.objects.all().delete()
    verbs.set_thanks(actor_of(bob), practice=practice, given=True)
    assert titles(bob, "review") == []
    verbs.set_thanks(actor_of(charlie), practice=practice, given=True)
    assert "ありがとう" in titles(bob, "review")[0]


@pytest.mark.parametrize(("days", "told"), [(30, 1), (31, 0), (-1, 0)])
def test_expiry_is_told_thirty_days_before_and_once(bob, charlie, actor_of, system_actor, minato, days, told):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    Practice.objects.unscoped("test").update(expires_on=today() + timedelta(days=days))
    assert verbs.notice_expiring(system_actor, day=today()) == told
    assert verbs.notice_expiring(system_actor, day=today()) == 0
    assert len(titles(bob, "expiry")) == told
    assert practice.title in (titles(bob, "expiry") or [practice.title])[0]


def test_a_new_last_day_is_told_again(bob, charlie, actor_of, system_actor, minato):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    Practice.objects.unscoped("test").update(expires_on=today() + timedelta(days=3))
    verbs.notice_expiring(system_actor, day=today())
    practice.refresh_from_db()
    verbs.describe_practice(
        actor_of(bob), practice=practice, header=header(expires_on=today() + timedelta(days=20))
    )
    assert verbs.notice_expiring(system_actor, day=today()) == 1


def test_where_the_writer_has_left_the_editors_are_told(bob, alice, charlie, actor_of, system_actor, minato):
    published(actor_of(bob), minato, actor_of(charlie))
    Membership.objects.unscoped("test").filter(user=bob).update(valid_to=today())
    Practice.objects.unscoped("test").update(expires_on=today() + timedelta(days=3))
    verbs.notice_expiring(system_actor, day=today())
    assert len(titles(alice, "expiry")) == 1 and not titles(bob, "expiry")


def test_only_the_installation_reminds(alice, actor_of):
    with pytest.raises(PermissionRefused):
        verbs.notice_expiring(actor_of(alice), day=today())
