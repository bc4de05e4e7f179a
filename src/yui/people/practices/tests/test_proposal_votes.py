"""Votes: one a person, counted, taken back, and traceable by nobody."""

import pytest
from django.core import serializers
from django.db import connection

from yui.kernel.events.models import Event
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.people.practices.models import ProposalVote
from yui.people.practices.operations.proposals import (
    cast_vote,
    decide_proposal,
    merge_proposals,
    take_vote_back,
)
from yui.people.practices.operations.proposals.errors import OwnProposal, WrongStage
from yui.people.practices.operations.proposals.votes import digest_of, has_voted


def votes_of(proposal) -> list[ProposalVote]:
    return list(ProposalVote.objects.unscoped("test").filter(proposal=proposal))


def test_a_person_votes_once_and_takes_the_vote_back(way, anna, actor_of):
    proposal, voter = way.submitted(), actor_of(anna)
    assert cast_vote(voter, proposal=proposal) and not cast_vote(voter, proposal=proposal)
    assert len(votes_of(proposal)) == 1 and has_voted(proposal, anna.pk)
    assert take_vote_back(voter, proposal=proposal) and not take_vote_back(voter, proposal=proposal)
    assert votes_of(proposal) == [] and not has_voted(proposal, anna.pk)


def test_a_vote_keeps_neither_person_nor_time(way, anna, alice, actor_of):
    proposal = way.submitted()
    cast_vote(actor_of(anna), proposal=proposal)
    cast_vote(actor_of(alice), proposal=proposal)
    assert {field.name for field in ProposalVote._meta.get_fields()} == {"digest", "proposal"}
    text = serializers.serialize("json", votes_of(proposal))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM practices_proposalvote")
        text += repr(cursor.fetchall())
    for word in ("Anna", "Alice", anna.username, alice.username, f'"{anna.pk}"', f"'{anna.pk}'"):
        assert word not in text


def test_a_vote_leaves_no_line_in_the_ledger_and_no_event(way, anna, actor_of):
    proposal = way.submitted()
    entries, events = Entry.objects.count(), Event.objects.unscoped("test").count()
    cast_vote(actor_of(anna), proposal=proposal)
    take_vote_back(actor_of(anna), proposal=proposal)
    cast_vote(actor_of(anna), proposal=proposal)
    assert (Entry.objects.count(), Event.objects.unscoped("test").count()) == (entries, events)


def test_the_ledger_takes_the_number_when_the_proposal_is_decided(way, charlie, anna, alice, actor_of):
    proposal = way.in_review(visibility="wards")
    for user in (charlie, alice):
        cast_vote(actor_of(user), proposal=proposal)
    decide_proposal(way.administrator, proposal=proposal, outcome="adopted")
    entry = Entry.objects.filter(verb="practices.proposal.decide").latest("pk")
    assert entry.content["data"]["votes"] == 2


def test_the_same_person_has_another_digest_for_each_proposal_and_secret(settings):
    seen = {digest_of(secret, proposal, 7) for secret in ("a" * 50, "b" * 50) for proposal in (1, 2)}
    assert len(seen) == 4


def test_votes_are_recognised_after_the_secret_was_renewed(way, anna, actor_of, settings):
    proposal = way.submitted()
    cast_vote(actor_of(anna), proposal=proposal)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret of the installation, long enough"
    assert has_voted(proposal, anna.pk)
    assert not cast_vote(actor_of(anna), proposal=proposal)
    assert take_vote_back(actor_of(anna), proposal=proposal) and votes_of(proposal) == []


def test_merging_counts_everybody_once(way, anna, alice, audrey, actor_of):
    source, target = way.submitted(), way.submitted()
    for user in (anna, alice):
        cast_vote(actor_of(user), proposal=source)
    for user in (alice, audrey):
        cast_vote(actor_of(user), proposal=target)
    merge_proposals(way.officer, proposal=source, into=target)
    assert len(votes_of(target)) == 3 and votes_of(source) == []
    assert all(has_voted(target, user.pk) for user in (anna, alice, audrey))
    assert take_vote_back(actor_of(anna), proposal=target)


def test_who_may_not_vote(way, bob, charlie, actor_of, system_actor):
    proposal = way.submitted()
    with pytest.raises(OwnProposal):
        cast_vote(actor_of(bob), proposal=proposal)
    with pytest.raises(PermissionRefused):
        cast_vote(actor_of(charlie), proposal=proposal)
    with pytest.raises(PermissionRefused):
        cast_vote(system_actor, proposal=proposal)
    decided = way.decided()
    with pytest.raises(WrongStage):
        cast_vote(actor_of(charlie), proposal=way.decided(visibility="wards"))
    with pytest.raises(WrongStage):
        take_vote_back(way.officer, proposal=decided)
