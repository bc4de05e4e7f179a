"""Two people at one record: nothing is overwritten unseen."""

from dataclasses import replace

from django.urls import reverse

from yui.registry.facts import SystemFacts
from yui.registry.models import InformationSystem
from yui.registry.operations import update_system


def test_who_saves_second_sees_first_what_the_other_wrote(alice, anna, actor_of, client_of, system):
    page = reverse("registry:system-edit", args=[system.pk])
    client = client_of(alice)
    form = client.get(page).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"name": "アリスの名前"}
    update_system(actor_of(anna), system=system, facts=replace(SystemFacts.of(system), name="アンナの名前"))

    refused = client.post(page, data)
    assert refused.status_code == 422
    assert "「アンナの名前」" in refused.content.decode()
    assert InformationSystem.everything.get(pk=system.pk).name == "アンナの名前"

    again = refused.context["form"]
    assert again["name"].value() == "アリスの名前"
    assert client.post(page, data | {"basis": again["basis"].value()}).status_code == 302
    assert InformationSystem.everything.get(pk=system.pk).name == "アリスの名前"
