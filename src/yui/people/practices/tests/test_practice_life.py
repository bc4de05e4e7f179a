"""From a draft to publication, and what comes after."""

import pytest

from yui.kernel.policy import PermissionRefused
from yui.organisations.models import Membership
from yui.people.practices.models import (
    Practice,
    PracticeFollow,
    PracticeReview,
    PracticeState,
    PracticeVersion,
    Verdict,
    VersionStage,
)
from yui.people.practices.operations import practices as verbs
from yui.people.practices.operations.practices import errors
from yui.people.practices.tests.practice_records import drafted, header, in_review, published, wording

pytestmark = pytest.mark.django_db


def stored(practice):
    return Practice.objects.unscoped("test").get(pk=practice.pk)


def test_a_draft_is_seen_by_the_own_ward_alone(bob, charlie, actor_of, minato):
    practice = drafted(actor_of(bob), minato)
    assert Practice.objects.visible_to(actor_of(bob)).contains(practice)
    assert not Practice.objects.visible_to(actor_of(charlie)).exists()
    assert PracticeFollow.objects.visible_to(actor_of(bob)).count() == 1


def test_a_reader_of_another_ward_lets_it_be_published(bob, charlie, actor_of, minato, shinjuku):
    practice = in_review(actor_of(bob), minato)
    assert Practice.objects.visible_to(actor_of(charlie)).contains(practice)
    review = verbs.take_review(actor_of(charlie), practice=practice)
    verbs.decide_review(actor_of(charlie), review=review, verdict=Verdict.PUBLISH)
    now_stored = stored(practice)
    assert now_stored.state == PracticeState.PUBLISHED
    assert now_stored.current.reviewing_ward == shinjuku
    assert now_stored.current.label == "第1版"


def test_nobody_reviews_the_own_ward_s(bob, alice, actor_of, minato):
    practice = in_review(actor_of(bob), minato)
    with pytest.raises(errors.NotAReviewer):
        verbs.take_review(actor_of(alice), practice=practice)
    with pytest.raises(errors.NotAReviewer):
        verbs.invite_reviewer(actor_of(bob), practice=practice, reviewer=alice)


def test_only_the_reviewer_decides(bob, charlie, alice, actor_of, minato):
    practice = in_review(actor_of(bob), minato)
    review = verbs.invite_reviewer(actor_of(bob), practice=practice, reviewer=charlie)
    with pytest.raises(PermissionRefused):
        verbs.decide_review(actor_of(alice), review=review, verdict=Verdict.PUBLISH)


def test_sending_back_needs_a_word_and_asks_the_same_reader_again(bob, charlie, actor_of, minato):
    practice = in_review(actor_of(bob), minato)
    review = verbs.take_review(actor_of(charlie), practice=practice)
    with pytest.raises(errors.CommentNeeded):
        verbs.decide_review(actor_of(charlie), review=review, verdict=Verdict.REVISE, comment="  ")
    verbs.decide_review(
        actor_of(charlie),
        review=review,
        verdict=Verdict.REVISE,
        sections={"problem": "件数も書いてください。"},
    )
    assert stored(practice).state == PracticeState.DRAFT
    assert not Practice.objects.visible_to(actor_of(charlie)).exists()
    verbs.submit_practice(actor_of(bob), practice=stored(practice))
    assert PracticeReview.objects.visible_to(actor_of(charlie)).waiting().count() == 1


def test_a_text_in_review_stands_still_until_it_is_taken_back(bob, charlie, actor_of, minato):
    practice = in_review(actor_of(bob), minato)
    review = verbs.take_review(actor_of(charlie), practice=practice)
    with pytest.raises(errors.TextInReview):
        verbs.save_draft(actor_of(bob), practice=practice, wording=wording(), header=header())
    verbs.take_back_practice(actor_of(bob), practice=practice)
    with pytest.raises(errors.ReviewEnded):
        verbs.decide_review(actor_of(charlie), review=review, verdict=Verdict.PUBLISH)
    verbs.save_draft(actor_of(bob), practice=practice, wording=wording(title="直した題"), header=header())
    assert stored(practice).title == "直した題"


def test_what_another_ward_needs_must_be_said(bob, actor_of, minato):
    practice = drafted(actor_of(bob), minato, pitfalls="", contact="", expires_on=None)
    with pytest.raises(errors.SectionsMissing) as refused:
        verbs.submit_practice(actor_of(bob), practice=practice)
    assert "失敗したこと" in refused.value.messages[0] and "有効期限" in refused.value.messages[0]


def test_a_failure_needs_no_steps_to_do_the_same(bob, actor_of, minato):
    practice = in_review(actor_of(bob), minato, kind="failure", reuse_steps="", effect_note="")
    assert practice.state == PracticeState.IN_REVIEW


def test_a_practice_for_the_own_ward_is_not_published(bob, actor_of, minato):
    practice = drafted(actor_of(bob), minato, audience="own")
    with pytest.raises(errors.NoAudience):
        verbs.submit_practice(actor_of(bob), practice=practice)


def test_a_second_writer_overwrites_nothing_unseen(bob, alice, actor_of, minato):
    practice = drafted(actor_of(bob), minato)
    verbs.save_draft(
        actor_of(alice), practice=practice, wording=wording(problem="係長の文"), header=header(), revision=0
    )
    with pytest.raises(errors.PracticeChangedMeanwhile) as refused:
        verbs.save_draft(
            actor_of(bob), practice=practice, wording=wording(problem="私の文"), header=header(), revision=0
        )
    assert refused.value.revision == 1
    assert PracticeVersion.objects.visible_to(actor_of(bob)).get().problem == "係長の文"


def test_a_new_version_is_seen_after_its_review(bob, charlie, actor_of, minato):
    reader = actor_of(charlie)
    practice = published(actor_of(bob), minato, reader)
    verbs.write_version(actor_of(bob), practice=practice, wording=wording(title="二版の題"))
    assert stored(practice).title == "申請書の転記をやめる"
    assert {version.number for version in PracticeVersion.objects.visible_to(reader)} == {1}
    verbs.submit_practice(actor_of(bob), practice=practice)
    assert stored(practice).state == PracticeState.PUBLISHED
    review = verbs.take_review(reader, practice=stored(practice))
    verbs.decide_review(reader, review=review, verdict=Verdict.PUBLISH)
    assert stored(practice).title == "二版の題"
    assert stored(practice).current.number == 2


def test_a_small_correction_keeps_the_figures_and_the_text_before(bob, charlie, actor_of, minato):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    changed = wording(problem="誤字を直しました。", effects=())
    assert verbs.correct_practice(actor_of(bob), practice=practice, wording=changed, note="誤字")
    current = stored(practice).current
    assert (current.number, current.correction) == (1, 1)
    assert current.effects.visible_to(actor_of(charlie)).count() == 1
    assert PracticeVersion.objects.visible_to(actor_of(charlie)).count() == 2


def test_a_version_can_be_given_up(bob, charlie, actor_of, minato):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    verbs.write_version(actor_of(bob), practice=practice, wording=wording(title="やめる"))
    verbs.discard_version(actor_of(bob), practice=practice)
    versions = PracticeVersion.objects.visible_to(actor_of(bob))
    assert [version.stage for version in versions] == [VersionStage.PUBLISHED]


def test_readers_do_not_lose_what_they_read(bob, charlie, actor_of, minato, shinjuku):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    with pytest.raises(errors.AudienceNarrowed):
        verbs.describe_practice(
            actor_of(bob),
            practice=practice,
            header=header(audience="participants", participants=frozenset({shinjuku})),
        )


def test_readers_are_not_told_another_result(bob, charlie, actor_of, minato):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    with pytest.raises(errors.ResultFixed):
        verbs.describe_practice(actor_of(bob), practice=practice, header=header(kind="failure"))


def test_who_has_come_to_the_ward_that_wrote_it_no_longer_decides(bob, charlie, actor_of, minato):
    practice = in_review(actor_of(bob), minato)
    review = verbs.take_review(actor_of(charlie), practice=practice)
    Membership.objects.create(user=charlie, organisation=minato, role="viewer", valid_from="2020-04-01")
    with pytest.raises(errors.NotAReviewer):
        verbs.decide_review(actor_of(charlie), review=review, verdict=Verdict.PUBLISH)


def test_withdrawing_says_why_and_stays_readable(bob, charlie, actor_of, minato):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    verbs.withdraw_practice(actor_of(bob), practice=practice, reason="制度が変わりました。")
    assert stored(practice).state == PracticeState.WITHDRAWN
    assert Practice.objects.visible_to(actor_of(charlie)).contains(practice)


def test_another_ward_changes_nothing(bob, charlie, actor_of, minato):
    stranger = actor_of(charlie)
    practice = published(actor_of(bob), minato, stranger)
    for attempt in (
        lambda: verbs.write_version(stranger, practice=practice, wording=wording()),
        lambda: verbs.correct_practice(stranger, practice=practice, wording=wording(), note=""),
        lambda: verbs.withdraw_practice(stranger, practice=practice, reason="x"),
        lambda: verbs.extend_practice(stranger, practice=practice),
        lambda: verbs.describe_practice(stranger, practice=practice, header=header()),
    ):
        with pytest.raises(PermissionRefused):
            attempt()


def test_thanks_are_given_once_and_taken_back(bob, charlie, actor_of, minato):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    assert verbs.set_thanks(actor_of(charlie), practice=practice, given=True)
    assert not verbs.set_thanks(actor_of(charlie), practice=practice, given=True)
    assert verbs.set_thanks(actor_of(charlie), practice=practice, given=False)
