"""The definition of the ratio is numbered, made by two people, and never changes."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from yui.kernel.calendar_jp import Month, today
from yui.kernel.policy import Actor, PermissionRefused
from yui.transition.costs.models import RatioDefinition
from yui.transition.costs.operations.approve_definition import approve_definition
from yui.transition.costs.operations.define_ratio import RatioFields, define_ratio
from yui.transition.costs.queries.definition import (
    NOTHING_APPROVED,
    definition_in_force,
    definition_of,
)
from yui.transition.costs.tests.migration_story import approve

pytestmark = pytest.mark.django_db
FIELDS = {
    "valid_from": Month(2026, 4),
    "statement": "請求と台帳にある運用の経費",
    "categories": ["cloud", "software", "migration"],
    "one_off_categories": ["migration"],
    "base_fiscal_year": 2026,
    "base_rates": {"USD": Decimal("145.50")},
    "agreed_level": Decimal("2.5"),
    "completed_on": date(2026, 3, 31),
    "completion_rule": "cut_off",
}
FORM = {
    "valid_from": "2026-04",
    "statement": "請求と台帳にある運用の経費",
    "categories": ["cloud", "software", "migration"],
    "one_off_categories": ["migration"],
    "base_fiscal_year": "2026",
    "base_rates": "USD=145.5\n",
    "agreed_level": "2.5",
    "completed_on": "2026-03-31",
    "completion_rule": "cut_off",
}


@pytest.fixture
def jill(member, soc):
    """An administrator of the joint body."""
    return member("Jill", soc, "administrator")


def test_a_proposal_counts_only_once_another_person_approves(soc, jun, jill, actor_of):
    made = define_ratio(actor_of(jun), organisation=soc, fields=RatioFields(**FIELDS))
    assert (made.version, made.base_rates) == (1, {"USD": "145.5"})
    assert definition_in_force() == NOTHING_APPROVED
    with pytest.raises(PermissionRefused):
        approve_definition(actor_of(jun), definition=made)
    approve_definition(actor_of(jill), definition=made)
    found = definition_in_force()
    assert (found.version, found.agreed_level) == (1, Decimal("2.5"))
    assert found.base_rates == (("USD", Decimal("145.5")),)
    assert found.running == {"cloud", "software"}
    assert found.deadline == Month(2029, 3)


def test_nobody_approves_his_own_proposal(soc, jill, actor_of):
    made = define_ratio(actor_of(jill), organisation=soc, fields=RatioFields(**FIELDS))
    with pytest.raises(ValidationError):
        approve_definition(actor_of(jill), definition=made)
    with pytest.raises(IntegrityError), transaction.atomic():
        RatioDefinition.everything.filter(pk=made.pk).update(
            approved_by="x", approved_by_key=made.proposed_by_key, approved_at="2026-01-01T00:00:00Z"
        )


def test_only_a_joint_body_defines(minato, soc, alice, anna, actor_of):
    with pytest.raises(ValidationError):
        define_ratio(actor_of(alice), organisation=minato, fields=RatioFields(**FIELDS))
    with pytest.raises(PermissionRefused):
        define_ratio(actor_of(anna), organisation=soc, fields=RatioFields(**FIELDS))


@pytest.mark.parametrize(
    "changed",
    [
        {"categories": []},
        {"categories": ["salary"]},
        {"categories": ["migration"]},
        {"base_rates": {"USD": Decimal(0)}},
        {"base_rates": {"JPY": Decimal(1)}},
        {"agreed_level": Decimal(-1)},
        {"statement": ""},
    ],
)
def test_what_cannot_be_is_refused(soc, changed):
    with pytest.raises(ValidationError):
        define_ratio(Actor.system("x"), organisation=soc, fields=RatioFields(**(FIELDS | changed)))


def test_the_newest_version_that_has_begun_is_in_force(soc):
    approve(soc, level="2.0")
    approve(soc, level="3.0")
    approve(soc, level="4.0", valid_from=Month.of(today()).shift(1))
    assert definition_in_force().version == 2
    assert definition_of(1).agreed_level == Decimal("2.0")
    assert definition_of(9) == NOTHING_APPROVED


def test_the_page_proposes_and_approves(client_of, jun, jill, bob, soc):
    page = reverse("costs:definitions")
    assert client_of(bob).get(page).status_code == 200
    assert client_of(bob).post(page, FORM).status_code == 403
    proposer = client_of(jun)
    assert proposer.post(page, FORM | {"organisation": soc.code}).status_code == 302
    made = RatioDefinition.everything.get()
    approval = reverse("costs:definition-approve", args=[made.pk])
    assert approval not in proposer.get(page).content.decode()
    assert client_of(bob).post(approval).status_code == 403
    approver = client_of(jill)
    assert approval in approver.get(page).content.decode()
    assert approver.post(approval).status_code == 302
    assert RatioDefinition.everything.get().is_approved


@pytest.mark.parametrize("rates", ["ドル 145", "USD=", "USD=abc", "USD=0"])
def test_rates_that_cannot_be_read_are_told(client_of, jun, soc, rates):
    answer = client_of(jun).post(
        reverse("costs:definitions"), FORM | {"organisation": soc.code, "base_rates": rates}
    )
    assert answer.status_code == 200
    assert not RatioDefinition.everything.exists()
