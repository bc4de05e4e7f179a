"""Every page of proposals: what it shows, to whom, and what its buttons do."""

from urllib.parse import unquote

import pytest
from django.urls import reverse

from yui.people.practices.models import AuthorState, Proposal, ProposalAuthor
from yui.people.practices.operations.proposals import (
    give_opinion,
    merge_proposals,
    prepare_decision,
)
from yui.people.practices.tests.proposal_records import take_in_many

FORM = {
    "kind": "idea",
    "title": "窓口の見本",
    "present": "迷う人が多い",
    "idea": "見本を置く",
    "visibility": "own",
}


def body(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def page():
    """A function that returns the address of a page."""
    return lambda name, *args: reverse(f"practices:{name}", args=args)


def test_the_list_shows_what_the_reader_may_see(way, bob, charlie, client_of, page):
    way.submitted(title="港区だけの提案")
    way.submitted(title="みんなの提案", visibility="wards")
    own, other = body(client_of(bob).get(page("proposals"))), body(client_of(charlie).get(page("proposals")))
    assert "港区だけの提案" in own and "みんなの提案" in own
    assert "港区だけの提案" not in other and "みんなの提案" in other


def test_a_draft_is_in_nobodys_list_but_its_authors(way, bob, anna, client_of, page):
    way.draft(title="まだ秘密の案")
    assert "まだ秘密の案" in body(client_of(bob).get(page("proposals")))
    assert "まだ秘密の案" not in body(client_of(anna).get(page("proposals")))


def test_the_list_is_narrowed_to_own_and_overdue_ones(way, bob, alice, client_of, page, days_later):
    way.submitted(title="ボブの提案")
    client = client_of(bob)
    assert "ボブの提案" in body(client.get(page("proposals"), {"mine": "1"}))
    assert "ボブの提案" not in body(client_of(alice).get(page("proposals"), {"mine": "1"}))
    assert "ボブの提案" not in body(client.get(page("proposals"), {"overdue": "1"}))
    days_later(30)
    assert "ボブの提案" in body(client.get(page("proposals"), {"overdue": "1"}))


def test_a_viewer_writes_looks_for_like_ones_and_hands_in(bob, client_of, page, minato):
    client = client_of(bob)
    looked = client.post(page("proposal-new"), FORM | {"look": "yes"})
    assert looked.status_code == 200 and not Proposal.objects.owned_by(minato).exists()
    saved = client.post(page("proposal-new"), FORM)
    proposal = Proposal.objects.owned_by(minato).get()
    assert saved.status_code == 302 and saved.url == proposal.get_absolute_url()
    client.post(proposal.get_absolute_url(), {"step": "submit", "words": ""})
    proposal.refresh_from_db()
    assert proposal.stage == "received" and proposal.number.endswith("-港区-001")


def test_an_incomplete_draft_is_not_handed_in(way, bob, client_of):
    proposal = way.draft(present="")
    answer = client_of(bob).post(proposal.get_absolute_url(), {"step": "submit"})
    assert answer.status_code == 422 and "現状と提案の内容を書いてください" in body(answer)


@pytest.mark.parametrize(
    ("text", "confirmed", "is_saved"),
    [
        ("番号は 1234 5678 9018 です", "", False),
        ("番号は 1234 5678 9018 です", "on", True),
        ("マイナンバーは 1234 5678 9018 です", "on", False),
        ("番号は 1234 5678 9012 です", "", True),
    ],
)
def test_personal_numbers_are_found_before_saving(text, confirmed, is_saved, bob, client_of, page, minato):
    data = FORM | {"present": text} | ({"is_no_personal_number": confirmed} if confirmed else {})
    answer = client_of(bob).post(page("proposal-new"), data)
    assert Proposal.objects.owned_by(minato).exists() is is_saved
    if not is_saved:
        shown = body(answer)
        assert answer.status_code == 422 and "**** **** **18" in shown


def test_two_authors_who_save_at_once_see_both_texts(way, bob, client_of, page):
    proposal = way.draft()
    first = FORM | {"present": "先に書いた文", "revision": proposal.revision}
    second = FORM | {"present": "後から書いた文", "revision": proposal.revision}
    client = client_of(bob)
    assert client.post(page("proposal-edit", proposal.pk), first).status_code == 302
    answer = client.post(page("proposal-edit", proposal.pk), second)
    shown = body(answer)
    assert answer.status_code == 422
    assert "<del>先に書いた文</del>" in shown and "<ins>後から書いた文</ins>" in shown
    assert 'name="revision" value="2"' in shown
    assert client.post(page("proposal-edit", proposal.pk), second | {"revision": 2}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.present == "後から書いた文"


def test_nobody_else_edits_a_draft(way, anna, alice, client_of, page):
    proposal = way.draft()
    for user in (anna, alice):
        assert client_of(user).get(page("proposal-edit", proposal.pk)).status_code == 404
    handed_in = way.submitted()
    assert client_of(alice).get(page("proposal-edit", handed_in.pk)).status_code == 403


def test_a_colleague_of_another_ward_is_asked_and_joins(way, bob, charlie, client_of, minato):
    proposal = way.draft()
    client = client_of(bob)
    address = proposal.get_absolute_url()
    assert client_of(charlie).get(address).status_code == 404
    client.post(address, {"step": "invite", "username": charlie.username})
    asked = client_of(charlie).get(address)
    assert asked.status_code == 200 and "共同提案者に誘われています" in body(asked)
    client_of(charlie).post(address, {"step": "accept"})
    state = ProposalAuthor.objects.owned_by(minato).get(proposal=proposal, user=charlie).state
    assert state == AuthorState.ACCEPTED


def test_votes_are_cast_and_taken_back_on_the_page(way, anna, client_of):
    proposal = way.submitted()
    client, address = client_of(anna), proposal.get_absolute_url()
    client.post(address, {"step": "vote"})
    assert "賛成をやめる" in body(client.get(address)) and proposal.votes.unscoped("test").count() == 1
    client.post(address, {"step": "unvote"})
    assert "賛成する" in body(client.get(address)) and proposal.votes.unscoped("test").count() == 0


def test_an_unknown_step_is_refused(way, bob, alice, client_of, page):
    proposal = way.submitted()
    assert client_of(bob).post(proposal.get_absolute_url(), {"step": "grow"}).status_code == 400
    assert client_of(alice).post(page("proposal-handle", proposal.pk), {"step": "grow"}).status_code == 400


def test_the_secretariat_leads_a_proposal_to_its_end(way, alice, anna, bob, client_of, page):
    proposal = way.submitted()
    handle = page("proposal-handle", proposal.pk)
    officer, chief = client_of(alice), client_of(anna)
    assert client_of(bob).get(handle).status_code == 403
    assert officer.post(handle, {"step": "review", "words": ""}).status_code == 302
    officer.post(handle, {"step": "assign", "owner": alice.username, "responsible_department": ""})
    officer.post(handle, {"step": "prepare", "outcome": "adopted", "reason": "よい"})
    refused = officer.post(handle, {"step": "decide", "outcome": "adopted", "reason": "よい"})
    assert refused.status_code == 403
    no_reason = chief.post(handle, {"step": "decide", "outcome": "rejected", "reason": ""})
    assert no_reason.status_code == 422 and "理由を書いてください" in body(no_reason)
    chief.post(handle, {"step": "decide", "outcome": "adopted", "reason": "よい案です"})
    officer.post(handle, {"step": "implement", "implemented_on": "2026-05-01", "words": ""})
    effect = {"phase": "first", "measured_on": "2026-06-01", "grade": "measured", "yen_yearly": "50000"}
    assert client_of(bob).post(page("proposal-effect", proposal.pk), effect).status_code == 302
    officer.post(handle, {"step": "spread", "words": "区の中で広めた"})
    proposal.refresh_from_db()
    assert (proposal.stage, proposal.owner) == ("spread", alice)
    shown = body(client_of(bob).get(proposal.get_absolute_url()))
    assert "よい案です" in shown and "50,000" in shown and "区の中で広めた" in shown


def test_a_deadline_is_moved_only_with_a_reason(way, alice, client_of, page):
    proposal = way.submitted()
    handle = page("proposal-handle", proposal.pk)
    client = client_of(alice)
    assert client.post(handle, {"step": "extend", "due_on": "2027-03-01", "words": ""}).status_code == 422
    client.post(handle, {"step": "extend", "due_on": "2027-03-01", "words": "担当者の異動"})
    proposal.refresh_from_db()
    assert proposal.due_on.isoformat() == "2027-03-01"


def test_prepared_decisions_and_opinions_are_read_only_by_those_who_handle_it(way, bob, alice, client_of):
    proposal = way.in_review()
    give_opinion(way.officer, proposal=proposal, kind="panel", words="審査の意見です")
    prepare_decision(way.officer, proposal=proposal, outcome="rejected", reason="内々の案です")
    address = proposal.get_absolute_url()
    assert "審査の意見です" not in body(client_of(bob).get(address))
    assert "審査の意見です" in body(client_of(alice).get(address))
    for user in (bob, alice):
        assert "内々の案です" not in body(client_of(user).get(address))
    assert "内々の案です" in body(
        client_of(alice).get(reverse("practices:proposal-handle", args=[proposal.pk]))
    )


def test_an_opinion_is_written_on_its_page(way, alice, bob, client_of, page):
    proposal = way.in_review()
    address = page("proposal-opinion", proposal.pk)
    data = {"kind": "panel", "words": "効果がありそう", "recommendation": "adopted"}
    assert client_of(bob).get(address).status_code == 403
    assert client_of(alice).post(address, data).status_code == 302
    assert "効果がありそう" in body(client_of(alice).get(proposal.get_absolute_url()))


def test_a_merged_proposal_leads_to_the_other_one(way, bob, client_of):
    source, target = way.submitted(title="見本を置く"), way.submitted(title="見本の台を置く")
    merge_proposals(way.officer, proposal=source, into=target)
    client = client_of(bob)
    assert client.get(source.get_absolute_url()).url == target.get_absolute_url()
    kept = client.get(f"{source.get_absolute_url()}?here")
    assert kept.status_code == 200 and target.number in body(kept)
    assert "見本を置く" in body(client.get(target.get_absolute_url()))


def test_merging_names_a_proposal_by_its_number(way, alice, client_of, page):
    source, target = way.submitted(), way.submitted()
    handle = page("proposal-handle", source.pk)
    wrong = client_of(alice).post(handle, {"step": "merge", "number": "令和1-港区-999", "words": ""})
    assert wrong.status_code == 422
    client_of(alice).post(handle, {"step": "merge", "number": target.number, "words": ""})
    source.refresh_from_db()
    assert source.merged_into == target


def test_hidden_authors_are_in_no_page_before_the_decision(way, bob, alice, client_of, page):
    proposal = way.submitted(is_anonymous=True)
    addresses = (proposal.get_absolute_url(), page("proposals"), page("proposal-board"))
    for address in (*addresses, page("proposal-handle", proposal.pk)):
        assert "Bob" not in body(client_of(alice).get(address)), address
    assert "Bob" in body(client_of(bob).get(proposal.get_absolute_url()))


def test_the_board_shows_overdue_ones_first(way, alice, bob, client_of, page, days_later):
    way.submitted(title="古い提案")
    days_later(30)
    way.submitted(title="新しい提案")
    shown = body(client_of(alice).get(page("proposal-board")))
    assert shown.index("古い提案") < shown.index("新しい提案") and "営業日過ぎています" in shown
    assert client_of(bob).get(page("proposal-board")).status_code == 403


def test_a_baseline_is_frozen_on_its_page(system_actor, minato, anna, alice, client_of, page):
    take_in_many(system_actor, minato, 3)
    address = page("proposal-baselines")
    data = {"kind": "idea", "fiscal_year": "令和7年度", "count": "", "source_note": "", "definition": ""}
    assert client_of(alice).post(address, data).status_code == 403
    client = client_of(anna)
    assert client.post(address, data).status_code == 302
    shown = body(client.get(address))
    assert "3件" in shown and "不明" in shown
    again = client.post(address, data)
    assert again.status_code == 422 and "もう固定しました" in body(again)
    stated = data | {"kind": "issue", "count": "12", "source_note": "人事課の実績"}
    client.post(address, stated)
    assert "申告" in body(client.get(address))


def test_growth_shows_unknown_instead_of_zero(system_actor, minato, anna, bob, client_of, page):
    take_in_many(system_actor, minato, 2)
    shown = body(client_of(bob).get(page("proposal-growth")))
    assert "不明" in shown and "まだないので、比べられません" in shown


def test_rules_are_set_by_administrators(minato, anna, alice, client_of, page, way):
    address = page("proposal-settings")
    assert client_of(alice).get(address).status_code == 403
    client = client_of(anna)
    client.post(address, {"part": "categories", "names": "窓口\n経理\n"})
    assert "経理" in body(client.get(page("proposal-new")))
    client.post(address, {"part": "staff", "fiscal_year": "2026", "people": "2400", "source": "定員管理調査"})
    shown = body(client.get(address))
    assert "2,400" in shown and "定員管理調査" in shown
    periods = {"received": 1, "review": 2, "returned": 3, "adopted": 4, "partly": 5}
    periods |= {"implemented": 6, "measured": 7}
    assert client.post(address, periods | {"part": "periods"}).status_code == 302
    assert client.post(address, {"part": "else"}).status_code == 400


def test_effects_stand_beside_what_was_expected(way, bob, charlie, client_of, page):
    way.measured()
    shown = body(client_of(bob).get(page("proposal-effects")))
    assert "60.0" in shown and "120,000" in shown
    assert "記入見本を置く" not in body(client_of(charlie).get(page("proposal-effects")))


def test_an_adopted_proposal_becomes_a_practice_in_one_step(way, bob, client_of):
    adopted, refused = way.decided(), way.decided("rejected", "効果が小さい")
    shown = body(client_of(bob).get(adopted.get_absolute_url()))
    assert f"practices.proposal:{adopted.pk}" in unquote(shown)
    other = body(client_of(bob).get(refused.get_absolute_url()))
    assert f"practices.proposal:{refused.pk}" not in unquote(other)


def test_similar_texts_answer_a_part_of_the_page(bob, client_of, client_class, page, way):
    answer = client_of(bob).post(page("proposal-similar"), {"title": "見本"})
    assert answer.status_code == 200 and "<html" not in body(answer)
    assert client_class().post(page("proposal-similar"), {"title": "見本"}).status_code == 302
