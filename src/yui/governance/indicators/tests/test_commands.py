"""``yui indicators``, ``yui take-snapshots`` and ``yui report``."""

import io
import json

import pytest
from django.core.management import CommandError

from yui.governance.indicators.commands import indicators, report, take_snapshots
from yui.governance.indicators.models import IndicatorSnapshot
from yui.governance.indicators.tests.test_api import KEYS

pytestmark = pytest.mark.django_db


def run(command, *arguments: str) -> str:
    out = io.StringIO()
    parser = command.Command(stdout=out)
    options = vars(parser.create_parser("yui", "x").parse_args(list(arguments)))
    parser.execute(**options | {"no_color": True, "force_color": False, "skip_checks": True})
    return out.getvalue()


def test_json_has_the_promised_shape(offer, systems):
    offer(lambda scope, month: 60)
    rows = json.loads(run(indicators, "--json", "--month", "2026-10"))
    assert len(rows) == 15
    assert all(list(row) == KEYS for row in rows)
    assert [row["value"] for row in rows] == [None, 60.0, *[None] * 13]
    assert {row["status"] for row in rows} == {"データなし", "遅れ"}


def test_text_names_every_indicator(offer, organisations):
    offer(lambda scope, month: 60)
    text = run(indicators, "--as-of", "2026-10-31", "--ward", "131032")
    assert text.startswith("2026年10月")
    assert len(text.splitlines()) == 16
    assert "131032" in text


@pytest.mark.parametrize("arguments", [("--month", "soon"), ("--ward", "130001"), ("--as-of", "2026-02-31")])
def test_a_wrong_question_ends_with_status_2(arguments, organisations):
    with pytest.raises(CommandError) as failed:
        run(indicators, *arguments)
    assert failed.value.returncode == 2


def test_snapshots_of_a_span_are_stored(offer, organisations):
    offer(lambda scope, month: 60)
    assert run(take_snapshots, "--from", "2026-08", "--to", "2026-10").strip() == f"{15 * 24 * 3:,}"
    assert IndicatorSnapshot.objects.unscoped("test").values("month").distinct().count() == 3


def test_the_report_is_written_as_two_files(offer, store, tmp_path):
    offer(lambda scope, month: 60)
    store()
    told = run(report, "--month", "2026-10", "--out", str(tmp_path / "new")).split()
    assert [path.rsplit("/", 1)[1] for path in told] == ["indicators-2026-10.pdf", "indicators-2026-10.xlsx"]
    assert (tmp_path / "new" / "indicators-2026-10.pdf").read_bytes().startswith(b"%PDF-")


def test_a_folder_that_cannot_be_written_is_said_plainly(store, tmp_path):
    store()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CommandError) as failed:
        run(report, "--month", "2026-10", "--out", str(tmp_path / "file"))
    assert failed.value.returncode == 3
