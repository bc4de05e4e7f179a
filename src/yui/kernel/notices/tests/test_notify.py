"""Telling people: whom, how, and how often."""

import pytest
from django.db import transaction

from yui.kernel.notices.errors import ForeignAddress
from yui.kernel.notices.models import Notice
from yui.kernel.notices.preferences import Choice, save_choices
from yui.kernel.notices.public import NoticeKind, notify, register_notice_kind
from yui.kernel.notices.reading import mark_all_read, notices_for, open_notice, unread_notices
from yui.kernel.notices.registry import UnknownNoticeKind

pytestmark = pytest.mark.django_db
URN = "yui:test.question:1"


def tell(
    *people, kind="test.answered", title="回答がつきました", urn=URN, url="/questions/1/", **more
) -> int:
    """Tell these people."""
    return notify([person.pk for person in people], kind=kind, title=title, url=url, urn=urn, **more)


def test_each_recipient_has_a_notice_once(alice, bob, charlie, minato, actor_of):
    assert tell(alice, bob, alice, organisation=minato, body="**本文**") == 2
    (notice,) = notices_for(actor_of(alice))
    assert (notice.title, notice.body, notice.organisation, notice.read_at) == (
        "回答がつきました", "**本文**", minato, None,
    )  # fmt: skip
    assert notices_for(actor_of(charlie)) == []


def test_an_unread_notice_is_renewed_rather_than_repeated(alice, actor_of):
    tell(alice)
    tell(alice, title="回答が2件つきました")
    tell(alice, kind="test.asked", title="別の種類")
    tell(alice, urn="yui:test.question:2", title="別の質問")
    assert {n.title for n in notices_for(actor_of(alice))} == {"回答が2件つきました", "別の種類", "別の質問"}


def test_after_reading_there_is_a_new_one(alice, actor_of):
    tell(alice)
    mark_all_read(actor_of(alice))
    tell(alice)
    assert [notice.read_at is None for notice in notices_for(actor_of(alice))] == [True, False]


def test_without_a_record_every_notice_stands_alone(alice, actor_of):
    tell(alice, urn="")
    tell(alice, urn="")
    assert len(notices_for(actor_of(alice))) == 2


def test_nothing_is_told_that_did_not_happen(alice):
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(alice)
        raise RuntimeError
    assert not Notice.objects.exists()


def test_people_who_left_are_told_nothing(alice, bob):
    alice.is_active = False
    alice.save()
    assert tell(alice, bob) == 1
    assert notify([10**9], kind="test.asked", title="x", url="/") == 0


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "questions/1", ""])
def test_a_notice_leads_inside(alice, url):
    with pytest.raises(ForeignAddress):
        tell(alice, url=url)


def test_unknown_kinds_are_a_fault_of_the_room(alice):
    with pytest.raises(UnknownNoticeKind, match="unknown"):
        tell(alice, kind="test.unknown")
    with pytest.raises(ValueError, match="two kinds"):
        register_notice_kind(NoticeKind("test.asked", "別の題"))


def test_a_title_is_one_short_line(alice, actor_of):
    tell(alice, title="題\r\nBcc: x@y.example " + "長" * 300)
    (notice,) = notices_for(actor_of(alice))
    assert notice.title.startswith("題 Bcc:") and len(notice.title) == 200


def test_preferences_hold_from_the_kind_to_the_general_choice(alice, bob, actor_of):
    save_choices(alice.pk, {"*": Choice(False, "none"), "test.asked": Choice(True)})
    tell(alice)
    tell(alice, kind="test.asked", title="質問です")
    assert [notice.title for notice in notices_for(actor_of(alice))] == ["質問です"]
    save_choices(bob.pk, {"*": Choice(None, "immediate"), "test.urgent": Choice(None, "none")})
    tell(bob)
    tell(bob, kind="test.urgent")
    assert dict(Notice.objects.filter(user=bob).values_list("kind", "mail")) == {
        "test.answered": "immediate", "test.urgent": "none",
    }  # fmt: skip


def test_who_wants_mail_only_gets_each_one(alice, actor_of):
    save_choices(alice.pk, {"test.answered": Choice(False, "daily")})
    tell(alice)
    tell(alice)
    assert notices_for(actor_of(alice)) == [] and unread_notices(alice.pk, most=9) == 0
    assert Notice.objects.filter(user=alice, mail="daily").count() == 2


def test_choices_that_follow_the_wider_one_are_forgotten(alice):
    save_choices(alice.pk, {"*": Choice(), "test.asked": Choice(False), "gone.kind": Choice(False)})
    save_choices(alice.pk, {"*": Choice(), "test.asked": Choice()})
    assert tell(alice, kind="test.asked") == 1


def test_telling_many_costs_few_queries(member, minato, django_assert_max_num_queries):
    people = [member(f"Person{number}", minato, "viewer") for number in range(30)]
    tell(*people[:10])
    with django_assert_max_num_queries(8):
        assert tell(*people) == 30
    assert Notice.objects.count() == 30


def test_only_the_recipient_opens_a_notice(alice, bob, actor_of):
    tell(alice)
    pk = Notice.objects.get().pk
    assert open_notice(actor_of(bob), pk) is None
    assert unread_notices(alice.pk, most=9) == 1
    assert open_notice(actor_of(alice), pk).url == "/questions/1/"
    assert unread_notices(alice.pk, most=9) == 0


def test_counting_is_one_query(alice, django_assert_num_queries):
    tell(alice)
    with django_assert_num_queries(1):
        assert unread_notices(alice.pk, most=100) == 1
    assert unread_notices(None, most=100) == 0
