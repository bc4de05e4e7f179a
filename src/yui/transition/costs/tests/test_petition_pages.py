"""The pages of petitions, and who may see them."""

import json

import pytest
from django.urls import reverse

from yui.kernel.links import resolve, urn
from yui.transition.costs.commands import petition as command
from yui.transition.costs.models import Petition
from yui.transition.costs.operations.edit_petition import edit_petition
from yui.transition.costs.queries.petitions import (
    document_of,
    parts_of,
)
from yui.transition.costs.tests.petition_story import FORM, fields
from yui.transition.costs.tests.test_commands import call

pytestmark = pytest.mark.django_db


def test_pages_open_for_the_ward_and_for_nobody_else(client_of, draft, bob, charlie):
    for user, status in ((bob, 200), (charlie, 404)):
        client = client_of(user)
        for name in ("petition", "petition-preview"):
            page = client.get(reverse(f"costs:{name}", args=[draft.pk]))
            assert page.status_code == status
            assert "style=" not in page.content.decode()
        for ending in ("csv", "xlsx"):
            assert client.get(reverse("costs:petition-file", args=[draft.pk, ending])).status_code == status
    assert client_of(charlie).post(reverse("costs:petition-finalise", args=[draft.pk])).status_code == 404
    assert draft.get_absolute_url() not in client_of(charlie).get(reverse("costs:petitions")).content.decode()
    assert draft.get_absolute_url() in client_of(bob).get(reverse("costs:petitions")).content.decode()


def test_named_participants_see_it(client_of, alice, charlie, draft, shinjuku, actor_of):
    edit_petition(
        actor_of(alice), petition=draft, fields=fields(visibility="participants", participants=[shinjuku])
    )
    assert client_of(charlie).get(draft.get_absolute_url()).status_code == 200
    assert client_of(charlie).get(reverse("costs:petition-edit", args=[draft.pk])).status_code == 403


def test_the_preview_is_the_document(client_of, bob, draft):
    page = client_of(bob).get(reverse("costs:petition-preview", args=[draft.pk])).content.decode()
    document = document_of(draft)
    for found in document.exhibits:
        assert found.short_hash in page
        assert f'id="exhibit-{found.number}"' in page
    assert page.count("<svg") >= len([each for each in document.exhibits if each.drawing])


def test_a_petition_is_written_edited_and_made_final_on_its_pages(client_of, story, alice, anna, minato):
    writer = client_of(alice)
    new = reverse("costs:petition-new")
    assert 'value="2026-10"' in writer.get(new).content.decode()
    answer = writer.post(new, FORM | {"organisation": minato.code})
    made = Petition.everything.get()
    assert answer.url == made.get_absolute_url()
    assert [each.text for each in parts_of(made).requests] == ["財政措置を行うこと。", "割引を広げること。"]
    edit = reverse("costs:petition-edit", args=[made.pk])
    assert "割引を広げること。" in writer.get(edit).content.decode()
    changed = FORM | {"organisation": minato.code, "kinds": ["ratio"], "title": "改題"}
    assert writer.post(edit, changed).status_code == 302
    finalise = reverse("costs:petition-finalise", args=[made.pk])
    assert writer.post(finalise).status_code == 403
    assert client_of(anna).post(finalise).status_code == 302
    assert Petition.everything.get().is_final
    assert writer.get(edit).status_code == 404


def test_a_form_that_cannot_be_keeps_what_was_written(client_of, alice, minato, story):
    answer = client_of(alice).post(
        reverse("costs:petition-new"),
        FORM | {"organisation": minato.code, "requests": " \n ", "until": "いつか"},
    )
    assert answer.status_code == 200
    assert "運用経費についての要望" in answer.content.decode()
    assert not Petition.everything.exists()


def test_who_may_only_read_writes_nothing(client_of, bob, draft):
    client = client_of(bob)
    assert client.get(reverse("costs:petition-new")).status_code == 403
    assert client.post(reverse("costs:petition-edit", args=[draft.pk]), FORM).status_code == 403
    assert client.post(reverse("costs:petition-finalise", args=[draft.pk])).status_code == 403
    assert client.get(reverse("costs:petition-file", args=[draft.pk, "exe"])).status_code == 404


def test_history_leads_back_to_the_petition(draft, alice, charlie, actor_of):
    name = urn("costs.petition", draft.pk)
    assert resolve([name], actor_of(alice))[name].url == draft.get_absolute_url()
    assert name not in resolve([name], actor_of(charlie))


def test_the_command_writes_all_files_and_their_hashes(draft, tmp_path, monkeypatch):
    monkeypatch.setattr(
        command, "WRITERS", {ending: lambda document: document.title.encode() for ending in ("pdf", "csv")}
    )
    answer = json.loads(call(command, "--out", tmp_path / "out", "--petition", draft.pk, "--json"))
    assert answer["petition"] == draft.pk
    assert [file["bytes"] for file in answer["files"]] == [6, 6]
    plain = call(command, "--out", tmp_path / "out", "--title", "要望")
    assert plain.splitlines()[0].split()[0] == answer["files"][0]["sha256"]
    with pytest.raises(command.CommandError):
        call(command, "--out", tmp_path, "--petition", 999)
