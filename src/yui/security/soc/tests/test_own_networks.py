"""自区のアドレス: the ward's administrator states them, and no sighting can name the ward by them."""

import pytest

from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.security.soc.engine.joint.keys import KeyKind
from yui.security.soc.models import OwnNetwork
from yui.security.soc.operations.senders.own_networks import MOST_NETWORKS, keep_own_networks
from yui.security.soc.processing.database import DatabaseRules
from yui.security.soc.processing.detecting import hits_in, keys_of_hit
from yui.security.soc.processing.preparing import prepare
from yui.security.soc.queue.contract import Queued
from yui.security.soc.tests.alert_records import make_rule
from yui.security.soc.tests.processing_parts import WHOAMI, WHOAMI_ID, delivery, event

pytestmark = pytest.mark.django_db
URL = "/soc/networks/"
OWN, OTHER = "203.0.113.7", "198.51.100.9"


def ranges(ward):
    return list(OwnNetwork.objects.owned_by(ward).values_list("network", flat=True))


def test_the_administrator_states_the_ranges(minato, anna, client_of):
    answer = client_of(anna).post(URL, {"networks": "203.0.113.0/24\r\n\r\n2001:db8:0::1\r\n203.0.113.9/24"})
    assert answer.status_code == 302
    assert ranges(minato) == ["2001:db8::1/128", "203.0.113.0/24"]
    client_of(anna).post(URL, {"networks": "203.0.113.0/24"})
    client_of(anna).post(URL, {"networks": "203.0.113.0/24"})
    assert ranges(minato) == ["203.0.113.0/24"]
    assert Entry.objects.filter(verb="soc.own_networks.set", organisation_code=minato.code).count() == 2
    assert "203.0.113.0/24" in client_of(anna).get(URL).content.decode()


@pytest.mark.parametrize("text", ["seven", "0.0.0.0/0", "203.0.113.0/24\n10.0.0.0/8"])
def test_what_is_no_range_or_too_wide_changes_nothing(text, minato, anna, client_of):
    assert client_of(anna).post(URL, {"networks": text}).status_code == 422
    assert ranges(minato) == []


def test_too_many_are_refused(minato, anna, client_of):
    lines = "\n".join(f"203.0.113.{number}" for number in range(MOST_NETWORKS + 1))
    answer = client_of(anna).post(URL, {"networks": lines})
    assert answer.status_code == 422
    assert "100" in answer.content.decode()


def test_others_do_not_state_them(minato, alice, charlie, client_of, actor_of, jun):
    assert client_of(alice).get(URL).status_code == 200
    assert client_of(alice).post(URL, {"networks": OWN}).status_code == 403
    assert client_of(charlie).get(URL, {"ward": minato.code}).status_code == 404
    for person in (charlie, jun):
        with pytest.raises(PermissionRefused):
            keep_own_networks(actor_of(person), ward=minato, networks=[OWN])


def test_detection_takes_the_ranges_up_and_makes_no_key_of_them(soc, minato, anna, actor_of, tmp_path):
    make_rule(soc, WHOAMI_ID, source=WHOAMI, is_default=True)
    first = DatabaseRules(tmp_path).look("")
    keep_own_networks(actor_of(anna), ward=minato, networks=[f"{OWN}/32"])
    book = DatabaseRules(tmp_path).look(first.version)
    raws = delivery(event("whoami.exe", DestinationIp=OWN, SourceIp=OTHER))
    wards = prepare([Queued(1, raws)]).wards
    (hit,) = hits_in(book, wards)
    addresses = {key.value for key in keys_of_hit(hit, book.own_networks).keys if key.kind is KeyKind.IP}
    assert addresses == {OTHER}
    before = {key.value for key in keys_of_hit(hit, first.own_networks).keys if key.kind is KeyKind.IP}
    assert before == {OTHER, OWN}
