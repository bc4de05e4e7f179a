"""What each verb of proposals does, and what it refuses."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from yui.kernel.calendar_jp import FiscalYear, add_business_days, today
from yui.kernel.events.models import Event
from yui.kernel.ledger.models import Entry
from yui.kernel.notices.models import Notice
from yui.kernel.policy import PermissionRefused
from yui.people.practices.engine.proposal_states import Stage
from yui.people.practices.models import Proposal, ProposalAuthor, ProposalCategory, ProposalStep
from yui.people.practices.operations.proposals import (
    answer_invitation,
    assign_proposal,
    begin_review,
    decide_proposal,
    draft_proposal,
    edit_proposal,
    give_opinion,
    implement_proposal,
    invite_author,
    merge_proposals,
    prepare_decision,
    record_effect,
    record_staff_count,
    return_proposal,
    set_categories,
    set_periods,
    spread_proposal,
    submit_proposal,
    withdraw_proposal,
)
from yui.people.practices.operations.proposals.errors import (
    AlreadyAuthor,
    AuthorCannotHandle,
    ChangedByAnother,
    FirstEffectMissing,
    JudgeCannotPropose,
    NotIntoItself,
    NotInvited,
    OtherOrganisation,
    PersonUnknown,
    WordsNeeded,
    WrongStage,
)
from yui.people.practices.operations.proposals.watch_deadlines import watch_deadlines
from yui.people.practices.tests.proposal_records import facts, measured


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


def test_effects_are_measured_and_confirmed(way):
    proposal = way.implemented()
    with pytest.raises(FirstEffectMissing):
        record_effect(way.officer, proposal=proposal, facts=measured(phase="six_months"))
    effect = record_effect(way.author, proposal=proposal, facts=measured())
    proposal = way.again(proposal)
    assert effect.hours == 60
    assert (proposal.stage, proposal.next_check_on) == ("measured", date(2026, 12, 1))
    record_effect(
        way.officer, proposal=proposal, facts=measured(phase="six_months", measured_on=date(2026, 12, 1))
    )
    assert way.again(proposal).next_check_on == date(2027, 6, 1)
    record_effect(
        way.officer, proposal=proposal, facts=measured(phase="twelve_months", measured_on=date(2027, 6, 1))
    )
    assert way.again(proposal).next_check_on is None
    spread_proposal(way.officer, proposal=proposal)
    assert way.again(proposal).due_on is None


@pytest.mark.parametrize(
    "gap", [{"volume": None}, {"minutes_after": None}, {"minutes_before": -1}, {"grade": "guessed"}]
)
def test_half_an_effect_is_refused(way, gap):
    with pytest.raises(ValidationError):
        record_effect(way.officer, proposal=way.implemented(), facts=measured(**gap))


def test_only_decided_proposals_are_carried_out(way):
    with pytest.raises(WrongStage):
        implement_proposal(way.officer, proposal=way.in_review())
    with pytest.raises(WrongStage):
        implement_proposal(way.officer, proposal=way.decided("rejected", "効果が小さい"))


def test_merging_asks_the_other_authors(way, bob, minato, member, actor_of):
    carol = member("Carol", minato, "viewer")
    source = draft_proposal(actor_of(carol), organisation=minato, facts=facts())
    submit_proposal(actor_of(carol), proposal=source)
    target = way.submitted()
    with pytest.raises(NotIntoItself):
        merge_proposals(way.officer, proposal=target, into=target)
    merge_proposals(way.officer, proposal=source, into=target)
    source.refresh_from_db()
    assert (source.stage, source.merged_into, source.due_on) == ("merged", target, None)
    asked = ProposalAuthor.objects.owned_by(minato).get(proposal=target, user=carol)
    assert asked.state == "invited" and Notice.objects.filter(user=carol).exists()
    with pytest.raises(NotIntoItself):
        merge_proposals(way.officer, proposal=target, into=way.decided())


def test_a_merged_proposal_tells_nothing_of_an_unseen_one(way, charlie, actor_of, client_of):
    source = way.draft()
    invite_author(way.author, proposal=source, username=charlie.username)
    answer_invitation(actor_of(charlie), proposal=source, accepts=True)
    submit_proposal(way.author, proposal=source)
    target = way.submitted(title="区の中だけの題")
    ProposalAuthor.objects.owned_by(way.organisation).filter(proposal=source, user=charlie).delete()
    merge_proposals(way.officer, proposal=source, into=target)
    answer = client_of(charlie).get(source.get_absolute_url())
    assert answer.status_code == 200 and "区の中だけの題" not in answer.content.decode()


def test_whoever_looks_after_it_works_for_the_ward(way, charlie):
    with pytest.raises(OtherOrganisation):
        assign_proposal(way.officer, proposal=way.submitted(), owner=charlie, responsible_department=None)


def test_an_anonymous_proposal_names_no_group(way):
    with pytest.raises(ValidationError):
        way.draft(is_anonymous=True, group_name="窓口改善グループ")


def test_periods_hold_from_the_next_change_of_stage(way, minato):
    proposal = way.submitted()
    assert set_periods(way.administrator, organisation=minato, days={Stage.REVIEW: 3})
    assert not set_periods(way.administrator, organisation=minato, days={Stage.REVIEW: 3})
    begin_review(way.officer, proposal=proposal)
    assert way.again(proposal).due_on == add_business_days(today(), 3)
    with pytest.raises(PermissionRefused):
        set_periods(way.officer, organisation=minato, days={Stage.REVIEW: 4})
    with pytest.raises(ValidationError):
        set_periods(way.administrator, organisation=minato, days={Stage.REVIEW: 0})


def test_overdue_stages_are_told_once_for_each_deadline(way, alice, anna, bob, days_later):
    proposal = way.submitted()
    assert watch_deadlines(today()) == 0
    days_later(30)
    assert watch_deadlines(today()) == 1 and watch_deadlines(today()) == 0
    assert Notice.objects.filter(user=anna, kind="practices.proposal.due").exists()
    assign_proposal(way.administrator, proposal=proposal, owner=alice, responsible_department=None)
    return_proposal(way.officer, proposal=proposal, words="書き足す")
    days_later(60)
    Notice.objects.all().delete()
    assert watch_deadlines(today()) == 1
    assert list(Notice.objects.values_list("user_id", flat=True)) == [bob.pk]


def test_effects_to_confirm_are_told_once(way, anna):
    proposal = way.measured()
    due = proposal.next_check_on
    assert watch_deadlines(due - timedelta(days=1)) == 0
    told = watch_deadlines(due)
    assert told >= 1 and Notice.objects.filter(user=anna, title__contains="効果").exists()
    assert not watch_deadlines(due)


def test_staff_numbers_are_kept_by_administrators(way, minato):
    year = FiscalYear(2025)
    record_staff_count(way.administrator, ward=minato, fiscal_year=year, people=2400, source="定員調査")
    again = record_staff_count(
        way.administrator, ward=minato, fiscal_year=year, people=2500, source="定員調査"
    )
    assert again.people == 2500
    with pytest.raises(PermissionRefused):
        record_staff_count(way.officer, ward=minato, fiscal_year=year, people=1, source="推測")
    with pytest.raises(ValidationError):
        record_staff_count(way.administrator, ward=minato, fiscal_year=FiscalYear(2024), people=5, source=" ")


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": "adopted"},
        {"outcome": "adopted"},
        {"stage": "merged"},
        {"number": ""},
        {"visibility": "public"},
        {"stage": "rejected", "outcome": "rejected", "decided_on": date(2026, 5, 1)},
    ],
)
def test_the_database_holds_what_the_stages_say(way, wrong):
    proposal = way.submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.owned_by(way.organisation).filter(pk=proposal.pk).update(**wrong)


def test_the_ledger_keeps_who_it_was(way, bob):
    proposal = way.submitted(is_anonymous=True)
    entry = Entry.objects.filter(verb="practices.proposal.submit").latest("pk")
    assert str(proposal.pk) in entry.subject and entry.actor_name == "Bob"
