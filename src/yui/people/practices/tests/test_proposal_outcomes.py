"""What follows from a decision: effects, deadlines, rules, and what the database itself holds."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from yui.kernel.calendar_jp import FiscalYear, add_business_days, today
from yui.kernel.ledger.models import Entry
from yui.kernel.notices.models import Notice
from yui.kernel.policy import PermissionRefused
from yui.organisations.public import record_staff_count
from yui.people.practices.engine.proposal_states import Stage
from yui.people.practices.models import Proposal, ProposalAuthor
from yui.people.practices.operations.proposals import (
    answer_invitation,
    assign_proposal,
    begin_review,
    draft_proposal,
    implement_proposal,
    invite_author,
    merge_proposals,
    record_effect,
    return_proposal,
    set_periods,
    spread_proposal,
    submit_proposal,
)
from yui.people.practices.operations.proposals.errors import (
    FirstEffectMissing,
    NotIntoItself,
    OtherOrganisation,
    WrongStage,
)
from yui.people.practices.operations.proposals.watch_deadlines import watch_deadlines
from yui.people.practices.tests.proposal_records import facts, measured


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
