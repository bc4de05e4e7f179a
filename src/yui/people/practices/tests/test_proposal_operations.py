"""What each verb of proposals does, and what it refuses."""

import pytest

from yui.kernel.calendar_jp import FiscalYear, add_business_days, today
from yui.kernel.events.models import Event
from yui.kernel.notices.models import Notice
from yui.kernel.policy import PermissionRefused
from yui.people.practices.models import Proposal, ProposalAuthor, ProposalCategory, ProposalStep
from yui.people.practices.operations.proposals import (
    answer_invitation,
    assign_proposal,
    begin_review,
    decide_proposal,
    draft_proposal,
    edit_proposal,
    give_opinion,
    invite_author,
    prepare_decision,
    return_proposal,
    set_categories,
    submit_proposal,
    withdraw_proposal,
)
from yui.people.practices.operations.proposals.errors import (
    AlreadyAuthor,
    AuthorCannotHandle,
    ChangedByAnother,
    JudgeCannotPropose,
    NotInvited,
    OtherOrganisation,
    PersonUnknown,
    WordsNeeded,
    WrongStage,
)
from yui.people.practices.tests.proposal_records import facts


def test_numbers_follow_each_other_within_a_ward_and_year(way, charlie, shinjuku, actor_of):
    first, second = way.submitted(), way.submitted()
    other = draft_proposal(actor_of(charlie), organisation=shinjuku, facts=facts())
    submit_proposal(actor_of(charlie), proposal=other)
    other.refresh_from_db()
    assert [first.serial, second.serial, other.serial] == [1, 2, 1]
    assert first.number.startswith("令和") and first.number.endswith("-港区-001")
    assert first.fiscal_year == FiscalYear.of(today()).year


def test_a_draft_is_seen_by_its_authors_alone(way, bob, alice, anna, charlie, actor_of):
    proposal = way.draft()
    seen = {
        user: Proposal.objects.visible_to(actor_of(user)).exists() for user in (bob, alice, anna, charlie)
    }
    assert seen == {bob: True, alice: False, anna: False, charlie: False}
    assert not ProposalAuthor.objects.visible_to(actor_of(anna)).exists()
    withdraw_proposal(way.author, proposal=proposal)
    assert not Proposal.objects.visible_to(actor_of(anna)).exists()


def test_a_draft_is_told_of_without_title_and_name(way):
    way.draft(title="まだ秘密の案")
    event = Event.objects.unscoped("test").latest("pk")
    assert "まだ秘密の案" not in event.summary and event.actor_name == "提案者"


def test_only_members_propose_for_an_organisation(charlie, minato, actor_of):
    with pytest.raises(PermissionRefused):
        draft_proposal(actor_of(charlie), organisation=minato, facts=facts())


def test_lists_of_another_ward_are_refused(way, anna, shinjuku, minato, actor_of, system_actor):
    set_categories(system_actor, organisation=shinjuku, names=["新宿の分類"])
    foreign = ProposalCategory.objects.owned_by(shinjuku).get()
    with pytest.raises(OtherOrganisation):
        draft_proposal(way.author, organisation=minato, facts=facts(category=foreign))


def test_every_step_writes_a_line_and_sets_the_deadline(way):
    proposal = way.in_review()
    lines = list(ProposalStep.objects.owned_by(way.organisation).filter(proposal=proposal))
    assert [line.kind for line in lines] == ["submit", "review"]
    assert proposal.due_on == add_business_days(today(), 40)
    assert [line.is_by_author for line in lines] == [True, False]


def test_a_returned_proposal_keeps_its_number(way):
    proposal = way.submitted()
    number = proposal.number
    with pytest.raises(WordsNeeded):
        return_proposal(way.officer, proposal=proposal, words=" ")
    return_proposal(way.officer, proposal=proposal, words="見込みを書いてください")
    edit_proposal(way.author, proposal=proposal, facts=facts(idea="直した案"), revision=1)
    submit_proposal(way.author, proposal=proposal)
    proposal = way.again(proposal)
    assert (proposal.number, proposal.stage, proposal.revision) == (number, "received", 2)


def test_a_handed_in_text_is_not_changed(way):
    with pytest.raises(WrongStage):
        edit_proposal(way.author, proposal=way.submitted(), facts=facts(title="別の題"), revision=1)


def test_an_older_form_is_refused_with_the_text_that_stands(way):
    proposal = way.draft()
    assert edit_proposal(way.author, proposal=proposal, facts=facts(title="新しい題"), revision=1)
    with pytest.raises(ChangedByAnother) as refusal:
        edit_proposal(way.author, proposal=proposal, facts=facts(title="古い題"), revision=1)
    assert refusal.value.stored.title == "新しい題"
    assert not edit_proposal(way.author, proposal=proposal, facts=facts(title="新しい題"), revision=2)


def test_co_authors_of_other_wards_bring_their_ward_in(way, charlie, shinjuku, actor_of):
    proposal = way.draft()
    invite_author(way.author, proposal=proposal, username=charlie.username)
    proposal = way.again(proposal)
    assert proposal.visibility == "participants" and list(proposal.participants.all()) == [shinjuku]
    answer_invitation(actor_of(charlie), proposal=proposal, accepts=True)
    assert edit_proposal(actor_of(charlie), proposal=proposal, facts=facts(title="二人の案"), revision=1)
    assert way.again(proposal).visibility == "participants"
    with pytest.raises(NotInvited):
        answer_invitation(actor_of(charlie), proposal=proposal, accepts=True)


def test_who_cannot_be_asked(way, bob, alice, actor_of):
    proposal = way.draft()
    with pytest.raises(PersonUnknown):
        invite_author(way.author, proposal=proposal, username="nobody")
    with pytest.raises(AlreadyAuthor):
        invite_author(way.author, proposal=proposal, username=bob.username)
    with pytest.raises(PermissionRefused):
        invite_author(actor_of(alice), proposal=way.submitted(), username=alice.username)


def test_nobody_judges_the_own_proposal_nor_joins_one_after_judging(way, minato, alice, anna, actor_of):
    own = draft_proposal(way.officer, organisation=minato, facts=facts())
    submit_proposal(way.officer, proposal=own)
    with pytest.raises(PermissionRefused):
        begin_review(way.officer, proposal=own)
    begin_review(way.administrator, proposal=own)
    with pytest.raises(PermissionRefused):
        give_opinion(way.officer, proposal=own, kind="panel", words="よいと思う")
    with pytest.raises(PermissionRefused):
        decide_proposal(way.officer, proposal=own, outcome="adopted")
    judged = way.in_review()
    give_opinion(way.officer, proposal=judged, kind="panel", words="よいと思う")
    return_proposal(way.administrator, proposal=judged, words="書き足す")
    with pytest.raises(JudgeCannotPropose):
        invite_author(way.author, proposal=judged, username=alice.username)
    with pytest.raises(AuthorCannotHandle):
        assign_proposal(way.administrator, proposal=own, owner=alice, responsible_department=None)


def test_the_decision_needs_the_right_role_and_a_reason(way):
    proposal = way.in_review()
    with pytest.raises(PermissionRefused):
        decide_proposal(way.officer, proposal=proposal, outcome="adopted")
    for outcome in ("rejected", "partly"):
        with pytest.raises(WordsNeeded):
            decide_proposal(way.administrator, proposal=proposal, outcome=outcome, reason="")
    prepare_decision(way.officer, proposal=proposal, outcome="partly", reason="案")
    decide_proposal(way.administrator, proposal=proposal, outcome="partly", reason="一つの課で試す")
    decided = way.again(proposal)
    assert (decided.stage, decided.outcome, decided.decided_on) == ("partly", "partly", today())
    assert not hasattr(Proposal.objects.owned_by(way.organisation).get(pk=proposal.pk), "prepared")


def test_authors_hear_of_the_decision(way, bob):
    way.decided()
    assert Notice.objects.filter(user=bob, title__contains="採用").exists()


def test_names_are_hidden_until_the_decision(way, bob, alice, actor_of):
    proposal = way.in_review(is_anonymous=True)
    authors = ProposalAuthor.objects
    assert not authors.visible_to(actor_of(alice)).exists() and authors.visible_to(way.author).exists()
    names = Event.objects.unscoped("test").filter(subject=f"yui:practices.proposal:{proposal.pk}")
    assert "Bob" not in set(names.values_list("actor_name", flat=True))
    decide_proposal(way.administrator, proposal=proposal, outcome="adopted")
    assert authors.visible_to(actor_of(alice)).get().user == bob
