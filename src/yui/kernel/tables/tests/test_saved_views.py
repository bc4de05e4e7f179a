"""Saved views: mine, and those shared in my organisation; never those of strangers."""

import pytest
from django.urls import reverse

from yui.kernel.tables.models import SavedView
from yui.kernel.tables.operations.delete_view import delete_view
from yui.kernel.tables.operations.save_view import save_view


@pytest.fixture
def view_of(actor_of, minato):
    def make(user, name="期限が近い", shared=False, organisation=minato):
        return save_view(
            actor_of(user),
            organisation=organisation,
            table_code="tests.organisations",
            path="/list/",
            query="kind=ward",
            name=name,
            shared=shared,
        )

    return make


def test_own_and_shared_views_are_offered(view_of, table_of, alice, bob, charlie, shinjuku):
    view_of(alice, "わたしの")
    view_of(alice, "みんなの", shared=True)
    view_of(charlie, "よその", shared=True, organisation=shinjuku)
    assert {view.name for view in table_of(alice).saved_views} == {"みんなの", "わたしの"}
    assert [view.name for view in table_of(bob).saved_views] == ["みんなの"]
    assert [view.name for view in table_of(charlie).saved_views] == ["よその"]


def test_saving_twice_replaces(view_of, alice, minato):
    view_of(alice)
    view_of(alice, shared=True)
    assert SavedView.objects.owned_by(minato).get().shared


def test_a_form_saves_and_deletes(client_of, alice, minato):
    client = client_of(alice)
    form = {"table": "tests.organisations", "path": "/list/", "query": "q=港", "name": "港"}
    response = client.post(reverse("tables:save_view"), form)
    assert response.status_code == 302
    assert response["Location"].startswith("/list/?q=")
    view = SavedView.objects.owned_by(minato).get()
    assert client.post(reverse("tables:delete_view", args=[view.pk])).status_code == 302
    assert not SavedView.objects.owned_by(minato).exists()


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_view_leads_nowhere_else(client_of, alice, minato, path):
    form = {"table": "tests.organisations", "path": path, "query": "", "name": "x"}
    assert client_of(alice).post(reverse("tables:save_view"), form).status_code == 400
    assert not SavedView.objects.owned_by(minato).exists()


def test_strangers_cannot_delete(view_of, client_of, actor_of, alice, bob, charlie, anna, minato):
    view = view_of(alice, shared=True)
    assert client_of(charlie).post(reverse("tables:delete_view", args=[view.pk])).status_code == 404
    assert client_of(bob).post(reverse("tables:delete_view", args=[view.pk])).status_code == 403
    assert SavedView.objects.owned_by(minato).exists()
    delete_view(actor_of(anna), view=view)
    assert not SavedView.objects.owned_by(minato).exists()
