"""Fixtures around the importer of municipalities."""

import io

import pytest

from yui.kernel.exchange import importers
from yui.kernel.exchange.importers import register_importer
from yui.kernel.exchange.operations import upload_file
from yui.kernel.exchange.tests.bodies import BODIES
from yui.kernel.scope.models import Organisation, OrganisationKind


@pytest.fixture
def bodies(monkeypatch):
    """The importer, registered for this test only."""
    monkeypatch.setattr(importers, "_importers", dict(importers._importers))
    return register_importer(BODIES)


@pytest.fixture
def sent(bodies, actor_of, alice, minato):
    """A function that uploads bytes for 港区 and returns the run."""

    def send(data: bytes, name: str = "市.csv", user=None, organisation=None):
        return upload_file(
            actor_of(user or alice),
            organisation=organisation or minato,
            importer="tests.bodies",
            source=io.BytesIO(data),
            name=name,
        )

    return send


@pytest.fixture
def bodies_count():
    """A function that counts the municipalities made so far."""
    return lambda: Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).count()
