"""A key that no database can hold names no record, wherever an address takes one."""

from collections import defaultdict
from http import HTTPStatus

import pytest

from tests.walk.addresses import addresses
from tests.walk.records import WardRecords
from yui.kernel.links import resolve
from yui.kernel.links.registry import kinds
from yui.organisations.actors import actor_of

ON_ONE_PAGE = {"practices.baseline"}
"""Kinds whose records stand together on one page, to which all of their URNs lead."""

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", [2**63, 10**40])
def test_a_key_beyond_the_database_is_not_there(key, minato, anna, client_of):
    client = client_of(anna)
    client.raise_request_exception = False
    made = WardRecords(minato, "", defaultdict(lambda: key))
    asked = [each for each in addresses(made) if each.is_record and str(key) in each.path]
    assert len(asked) > 100
    wrong = []
    for address in asked:
        for ask in (client.get, client.post):
            answer = ask(address.path)
            if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status_code == HTTPStatus.OK:
                wrong.append(f"{address.name} {address.path}: {answer.status_code}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("identifier", [str(2**63), "9" * 100, "²", "٣", "-1", "0x1", "1;--", "x"])
def test_a_urn_whose_identifier_names_nothing_leads_nowhere(identifier, anna):
    urns = [f"yui:{kind}:{identifier}" for kind in kinds() if kind not in ON_ONE_PAGE]
    assert len(urns) > 25
    assert resolve(urns, actor_of(anna)) == {}
