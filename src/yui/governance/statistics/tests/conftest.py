"""Sources of the secretariat and of a ward, and their people."""

from datetime import date
from decimal import Decimal

import pytest

from yui.governance.statistics.facts import SeriesFacts, SourceFacts
from yui.governance.statistics.models import Intake, IntakeState, Observation
from yui.governance.statistics.operations import save_series, save_source
from yui.kernel.calendar_jp import now


@pytest.fixture
def secretariat(organisations):
    """事務局, which keeps what all wards see."""
    return organisations["JB-OFFICE"]


@pytest.fixture
def sara(member, secretariat):
    """Joint staff of the 事務局."""
    return member("Sara", secretariat, "joint_staff")


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
        intake = Intake.objects.create(
            source=source,
            file_name="made.csv",
            file_format="long",
            state=IntakeState.APPLIED,
            retrieved_on=date(2026, 6, 1),
            finished_at=now(),
        )
        Observation.objects.bulk_create(
            Observation(
                series=made,
                area_code=area,
                starts_on=date(year, 1, 1),
                value=None if isinstance(value, str) else Decimal(value),
                missing=value if isinstance(value, str) else "",
                confirmed_on=intake.retrieved_on,
                intake=intake,
            )
            for area, year, value in values
        )
        return made

    return make
