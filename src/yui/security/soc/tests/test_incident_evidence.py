"""Evidence: kept by hash, handed out only unchanged, every handling written down."""

import hashlib
import sys
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from yui.kernel.exchange.storage import path_of
from yui.kernel.policy import PermissionRefused
from yui.security.soc.models import CustodyEntry
from yui.security.soc.operations import incidents
from yui.security.soc.operations.incidents import custody, errors
from yui.security.soc.operations.incidents.collect_evidence import plain_name
from yui.security.soc.tests.alert_records import entrust
from yui.security.soc.tests.incident_records import keep_file, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(system_actor, minato):
    return start(system_actor, minato)


@pytest.fixture
def evidence(incident, alice, actor_of):
    return keep_file(actor_of(alice), incident)


def chain(evidence):
    """The chain of custody: act and whether it was intact."""
    rows = CustodyEntry.objects.unscoped("test").filter(evidence=evidence)
    return [(row.act, row.is_intact) for row in rows]


def test_a_file_is_kept_under_its_hash(evidence):
    assert evidence.sha256 == hashlib.sha256(b"memory image").hexdigest()
    assert path_of(evidence.sha256).read_bytes() == b"memory image"
    assert chain(evidence) == [("collected", True)]


def test_every_opening_is_written_down(evidence, actor_of, bob, jun, charlie, minato, soc):
    assert incidents.open_evidence(actor_of(bob), evidence=evidence, purpose="確認").path is not None
    for person in (jun, charlie):
        with pytest.raises(PermissionRefused):
            incidents.open_evidence(actor_of(person), evidence=evidence)
    entrust(minato, soc)
    assert incidents.open_evidence(actor_of(jun), evidence=evidence).path is not None
    assert chain(evidence) == [("collected", True), ("opened", True), ("opened", True)]


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_changed_file_is_not_handed_out_and_told_loudly(evidence, actor_of, alice, harm):
    path = path_of(evidence.sha256)
    if harm == "changed":
        path.write_bytes(b"memory imagE")
    else:
        path.unlink()
    assert incidents.verify_evidence(actor_of(alice), evidence=evidence) is False
    assert incidents.open_evidence(actor_of(alice), evidence=evidence).path is None
    incidents.hand_over_evidence(actor_of(alice), evidence=evidence, holder="警視庁", purpose="鑑定")
    assert chain(evidence)[1:] == [("verified", False), ("opened", False), ("handed_over", False)]


def test_handing_over_names_holder_and_purpose(evidence, actor_of, alice):
    for holder, purpose in (("", "鑑定"), ("警視庁", " ")):
        with pytest.raises(ValidationError, match="相手と目的"):
            incidents.hand_over_evidence(actor_of(alice), evidence=evidence, holder=holder, purpose=purpose)


def test_the_chain_cannot_be_rewritten(evidence):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CustodyEntry.objects.unscoped("test").filter(evidence=evidence).update(is_intact=False)


def test_what_cannot_be_kept_is_refused(incident, evidence, actor_of, alice, monkeypatch):
    actor = actor_of(alice)
    with pytest.raises(errors.FileNotKept):
        incidents.collect_evidence(actor, incident=incident, file=BytesIO(b""), name="x")
    with pytest.raises(ValidationError, match="同じ内容"):
        keep_file(actor, incident)
    module = sys.modules["yui.security.soc.operations.incidents.collect_evidence"]
    monkeypatch.setattr(module, "LARGEST_FILE", 4)
    with pytest.raises(errors.FileNotKept):
        keep_file(actor, incident, b"12345")
    assert custody.LARGEST_FILE == 2 * 2**30


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\mem.raw", "mem.raw"),
        ("a\x00b\x1b[31m.exe", "ab[31m.exe"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("", "file"),
        (" .. ", "file"),
        ("x" * 300 + ".evtx", "x" * 195 + ".evtx"),
    ],
)
def test_names_lose_folders_and_steering_signs(given, kept):
    assert plain_name(given) == kept
