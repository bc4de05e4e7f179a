"""A key that no database can hold names no record, wherever an address takes one."""

from collections import defaultdict
from http import HTTPStatus

import pytest

from tests.walk.addresses import addresses
from tests.walk.records import WardRecords

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
