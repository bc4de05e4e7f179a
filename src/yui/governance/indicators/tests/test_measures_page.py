"""/indicators/measures/"""

import pytest

from yui.kernel.measures.values import Unit

pytestmark = pytest.mark.django_db
PAGE = "/indicators/measures/"


def test_every_measure_is_listed_with_its_unit_room_and_reader(offer, bob, client_of):
    offer(lambda scope, month: 1)
    offer(lambda scope, month: 1, code="registry.other", unit=Unit.YEN)
    page = client_of(bob).get(PAGE).content.decode()
    assert "<code>bpr.departments_with_bpr</code>" in page
    assert "/indicators/1-ksi-1/" in page
    assert "情報システム台帳" in page
    assert 'data-label="単位">円</td>' in page


def test_indicators_that_wait_for_a_room_are_named(offer, bob, client_of):
    offer(lambda scope, month: 1)
    page = client_of(bob).get(PAGE).content.decode()
    assert page.count('data-label="待っている値"') == 14
    assert "soc.serious_incidents" in page


def test_without_measures_the_page_teaches(bob, client_of):
    assert "測る値はまだありません" in client_of(bob).get(PAGE).content.decode()


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.get(PAGE).status_code == 302
