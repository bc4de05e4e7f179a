"""``yui costs petition`` writes what is there, and begins where nothing is."""

import json
from io import StringIO

import pytest
from django.core.management.base import CommandError

from yui.transition.costs.commands.petition import Command
from yui.transition.costs.models import Petition

pytestmark = pytest.mark.django_db


def run(folder, **options):
    command, out = Command(), StringIO()
    command.stdout._out = out
    command.handle(out=folder, petition=None, title="", json=True, **options)
    return json.loads(out.getvalue())


def test_without_bills_there_is_nothing_to_petition_with(organisations, tmp_path):
    with pytest.raises(CommandError, match="yui costs import"):
        run(tmp_path)
    assert not Petition.objects.unscoped("test").exists()


def test_the_first_petition_is_drafted_once_from_what_was_billed(take_in, bill_file, tmp_path):
    take_in(bill_file({}))
    first, second = run(tmp_path / "a"), run(tmp_path / "b")
    assert first["state"] == "draft"
    assert first["petition"] == second["petition"] == Petition.objects.unscoped("test").get().pk
    hashes = [[file["sha256"] for file in made["files"]] for made in (first, second)]
    assert hashes[0] == hashes[1]
    assert {file["path"].rsplit(".")[-1] for file in first["files"]} == {"pdf", "docx", "xlsx", "csv"}
