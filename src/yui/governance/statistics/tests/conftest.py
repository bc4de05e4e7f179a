"""Sources of the secretariat and of a ward, and their people."""

import pytest

from yui.governance.statistics.facts import SeriesFacts, SourceFacts
from yui.governance.statistics.operations import save_series, save_source
from yui.governance.statistics.tests.observations import observe
from yui.governance.tests.fixtures import sara, secretariat

__all__ = ["sara", "secretariat"]


@pytest.fixture
def survey(system_actor, secretariat):
    """A survey of the secretariat that all wards see."""
    facts = SourceFacts(
        "survey", "架空の調査", "架空の統計", "https://statistics.example/survey", "cc-by-4.0"
    )
    shown = SourceFacts(**{**vars(facts), "visibility": "wards"})
    return save_source(system_actor, organisation=secretariat, facts=shown)


@pytest.fixture
def own_survey(system_actor, minato):
    """A survey that 港区 keeps for itself."""
    return save_source(system_actor, organisation=minato, facts=SourceFacts("own", "区の調査", "港区の窓口"))


@pytest.fixture
def make_series(system_actor):
    """A function that makes a yearly series of a source, with values by area and year."""

    def make(source, code="rate", values=(), **facts):
        made = save_series(
            system_actor,
            source=source,
            facts=SeriesFacts(
                **{"code": code, "title": f"系列{code}", "unit": "%", "frequency": "year"} | facts
            ),
        )
        observe(made, values)
        return made

    return make
