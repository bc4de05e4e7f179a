"""Fixtures of several rooms of governance: the secretariat and its people, measures, the language."""

import pytest
from django.utils.translation import override

from yui.kernel.measures import registry
from yui.kernel.measures.values import EvidenceColumn, QuerySetEvidence
from yui.organisations.public import SECRETARIAT_CODE
from yui.registry.models import InformationSystem


@pytest.fixture
def secretariat(organisations):
    """事務局, which keeps what all wards see."""
    return organisations[SECRETARIAT_CODE]


@pytest.fixture
def sara(member, secretariat):
    """Joint staff of the secretariat: keeps what all wards share."""
    return member("Sara", secretariat, "joint_staff")


@pytest.fixture
def sven(member, secretariat):
    """An administrator of the secretariat: decides, closes and publishes."""
    return member("Sven", secretariat, "administrator")


@pytest.fixture(autouse=True)
def in_japanese():
    """Read and write in Japanese, whatever language an earlier test's page was shown in."""
    with override("ja"):
        yield


@pytest.fixture(autouse=True)
def only_these_measures(monkeypatch):
    """Start each test without any room's measures: what is measured is what the test registers."""
    monkeypatch.setattr(registry, "_definitions", {})


def evidence_of(scope) -> QuerySetEvidence:
    """The information systems of a scope, as records behind a figure."""
    systems = InformationSystem.objects.select_related("organisation").order_by("organisation__code", "code")
    if scope.organisation:
        systems = systems.filter(organisation=scope.organisation)
    return QuerySetEvidence(
        systems,
        (EvidenceColumn("ward", "区"), EvidenceColumn("code", "コード"), EvidenceColumn("name", "名称")),
        lambda system: (system.organisation.name, system.code, system.name),
        InformationSystem.get_absolute_url,
    )
