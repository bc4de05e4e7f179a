"""The ledger finds every change, gap and swap — in the database and in an exported file."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.ledger.append import Act, append
from yui.kernel.ledger.commands.anchor import Command as Anchor
from yui.kernel.ledger.commands.verify import Command as Verify
from yui.kernel.ledger.engine.chain import GENESIS, canonical_json, entry_hash, verify_rows
from yui.kernel.ledger.models import Chain, Entry
from yui.kernel.ledger.standalone import verify_file
from yui.kernel.ledger.verify import export_to, heads, verify_all

payloads = st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=3)


def _rows(payload_list):
    rows, previous = [], GENESIS
    for number, payload in enumerate(payload_list, start=1):
        parts = (
            number,
            1_700_000_000_000_000 + number,
            "user:1|Alice",
            "a.b.c",
            "yui:a.b:1",
            canonical_json(payload),
        )
        previous = entry_hash(previous, "131032", parts)
        rows.append((*parts, previous))
    return rows


@given(st.lists(payloads, min_size=1, max_size=12))
def test_an_untouched_chain_holds(payload_list):
    count, _last, fault = verify_rows("131032", _rows(payload_list))
    assert (count, fault) == (len(payload_list), None)


@given(st.lists(payloads, min_size=2, max_size=12), st.data())
def test_any_edit_removal_or_swap_is_located(payload_list, data):
    rows = _rows(payload_list)
    index = data.draw(st.integers(0, len(rows) - 2))
    kind = data.draw(st.sampled_from(["edit", "remove", "swap", "hash"]))
    if kind == "edit":
        row = list(rows[index])
        row[2] += "x"
        rows[index] = tuple(row)
    elif kind == "remove":
        del rows[index]
    elif kind == "swap":
        rows[index], rows[index + 1] = rows[index + 1], rows[index]
    else:
        rows[index] = (*rows[index][:6], bytes(32))
    count, _last, fault = verify_rows("131032", rows)
    assert fault is not None
    assert fault.sequence == index + 1
    assert count == index


@pytest.fixture
def chain(db):
    append(
        "131032",
        [Act("user:1|Alice", "a.b.c", f"yui:a.b:{n}", {"summary": f"{n}件目\n\x1f\x00"}) for n in range(5)],
    )
    append("131041", [Act("user:2|Charlie", "a.b.c", "yui:a.b:9", {"summary": "新宿"})])


def test_chains_in_the_database_hold(chain):
    assert [(v.organisation_code, v.entries, v.holds) for v in verify_all()] == [
        ("131032", 5, True),
        ("131041", 1, True),
    ]


@pytest.mark.parametrize(
    ("spoil", "sequence"),
    [
        (
            lambda: Entry.objects.filter(organisation_code="131032", sequence=3).update(
                actor="user:9|Mallory"
            ),
            3,
        ),
        (lambda: Entry.objects.filter(organisation_code="131032", sequence=2).delete(), 2),
        (lambda: Entry.objects.filter(organisation_code="131032", sequence=5).delete(), 5),
        (lambda: Chain.objects.filter(organisation_code="131032").delete(), 0),
        (lambda: Chain.objects.filter(organisation_code="131032").update(length=4), 6),
    ],
)
def test_a_spoilt_database_is_located(chain, spoil, sequence):
    spoil()
    faults = [v.fault for v in verify_all() if v.fault]
    assert [(f.organisation_code, f.sequence) for f in faults] == [("131032", sequence)]


def test_a_shortened_chain_with_a_forged_head_is_found_by_the_anchor(chain, tmp_path):
    anchor = tmp_path / "anchor.json"
    anchor.write_text(json.dumps(heads()))
    Entry.objects.filter(organisation_code="131032", sequence=5).delete()
    last = Entry.objects.get(organisation_code="131032", sequence=4)
    Chain.objects.filter(organisation_code="131032").update(length=4, head=bytes(last.hash))
    call_command(Verify(), stdout=StringIO())
    with pytest.raises(CommandError):
        call_command(Verify(), anchor=anchor, stdout=StringIO())


def test_the_anchor_command_prints_every_head(chain):
    out = StringIO()
    call_command(Anchor(), stdout=out)
    assert json.loads(out.getvalue())["131032"][0] == 5


def test_the_exported_ledger_verifies_without_the_database(chain, tmp_path):
    path = tmp_path / "ledger.txt"
    assert export_to(path) == 6
    done = subprocess.run(
        [sys.executable, "-m", "yui.kernel.ledger.standalone", str(path)], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "6 entries hold\n")


def test_a_changed_line_of_the_exported_ledger_is_located(chain, tmp_path):
    path = tmp_path / "ledger.txt"
    export_to(path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:2], lines[2].replace("Alice", "Alicia"), *lines[3:]]), encoding="utf-8")
    assert verify_file(path).fault == "131032 #3: changed"
    path.write_text("".join(lines[:1] + lines[2:]), encoding="utf-8")
    assert verify_file(path).fault == "131032 #2: missing or reordered (found 3)"


def test_segments_of_a_large_file_join(tmp_path, monkeypatch, db):
    monkeypatch.setattr("yui.kernel.ledger.standalone.READ_BYTES", 512)
    append("131032", [Act("user:1|Alice", "a.b.c", "yui:a.b:1", {"n": n}) for n in range(200)])
    path = tmp_path / "ledger.txt"
    export_to(path)
    assert verify_file(path, processes=3).entries == 200
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    del lines[120]
    path.write_text("".join(lines), encoding="utf-8")
    assert verify_file(path, processes=3).fault == "131032 #121: missing or reordered (found 122)"


def test_control_characters_never_break_a_line(chain, tmp_path):
    path = tmp_path / "ledger.txt"
    export_to(path)
    assert len(path.read_bytes().splitlines()) == 6
