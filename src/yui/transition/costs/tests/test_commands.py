"""The command line answers as documented, and survives being killed at any moment."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.core.management.base import CommandError

from yui.transition.costs.commands import import_, set_rate, summary


def call(module, *arguments):
    out = StringIO()
    command = module.Command(stdout=out, stderr=StringIO())
    parser = command.create_parser("yui", "x")
    options = vars(parser.parse_args([str(argument) for argument in arguments]))
    command.handle(**options)
    return out.getvalue()


@pytest.mark.django_db
def test_import_prints_the_agreed_json(lake, minato, bill_file):
    path = bill_file({}, {"BilledCost": "x"})
    answer = json.loads(call(import_, path, "--ward", "131032", "--json"))
    assert {
        key: answer[key]
        for key in ("file", "kind", "rows_read", "rows_accepted", "rows_rejected", "billed_cost")
    } == {
        "file": str(path),
        "kind": "focus",
        "rows_read": 2,
        "rows_accepted": 1,
        "rows_rejected": 1,
        "billed_cost": "10.5",
    }
    (error,) = answer["errors"]
    assert set(error) == {"row", "column", "value", "message"}
    assert (error["row"], error["column"], error["value"]) == (3, "BilledCost", "x")


@pytest.mark.django_db
def test_a_refused_file_ends_with_1_and_json(lake, minato, bill_file):
    out = StringIO()
    command = import_.Command(stdout=out)
    with pytest.raises(SystemExit) as ended:
        command.handle(path=bill_file({}, without=("BilledCost",)), ward="131032", kind="auto", json=True)
    assert ended.value.code == 1
    answer = json.loads(out.getvalue())
    assert (answer["rows_accepted"], answer["billed_cost"]) == (0, None)
    assert "BilledCost" in answer["errors"][0]["message"]


@pytest.mark.django_db
def test_unknown_wards_and_files_are_told(lake, minato, tmp_path):
    with pytest.raises(CommandError, match="999999"):
        call(import_, tmp_path, "--ward", "999999")
    with pytest.raises(CommandError, match=r"nothing\.csv"):
        call(import_, tmp_path / "nothing.csv", "--ward", "131032")


@pytest.mark.django_db
def test_summary_adds_up_by_the_groups_asked_for(lake, minato, bill_file):
    rows = [{}, {"BillingCurrency": "USD", "BilledCost": "2"}, {"BillingPeriodStart": "2026-06-01T00:00:00Z"}]
    call(import_, bill_file(*rows), "--ward", "131032")
    answer = json.loads(call(summary, "--by", "ward,system,month", "--json"))
    assert [(row["ward"], row["system"], row["month"]) for row in answer] == [
        ("131032", "S-1", "2026-05"),
        ("131032", "S-1", "2026-06"),
    ]
    assert answer[0]["amounts"] == {"JPY": "10.5", "USD": "2"}
    assert (answer[0]["yen"], answer[0]["missing_rates"]) == (None, ["USD 2026-05"])
    assert answer[1]["yen"] == "10.5"
    call(set_rate, "usd", "2026-05", "150", "--source", "試験")
    only_may = json.loads(call(summary, "--by", "month", "--from", "2026-05", "--to", "2026-05", "--json"))
    assert [(row["month"], row["yen"]) for row in only_may] == [("2026-05", "310.5")]
    with pytest.raises(CommandError, match="colour"):
        call(summary, "--by", "colour")


def yui(home, *arguments, **options):
    environment = {
        **os.environ,
        "YUI_HOME": str(home),
        "DATABASE_URL": f"sqlite:///{home}/yui.sqlite3",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    environment.pop("YUI_LAKE", None)
    command = [sys.executable, "-m", "yui", *map(str, arguments)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


PREPARE = """
import django
django.setup()
from yui.organisations.operations.ensure_organisations import ensure_organisations
ensure_organisations()
"""


def test_a_killed_import_leaves_nothing_and_is_retried_cleanly(migrated_database, tmp_path, bill_file):
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(migrated_database, home / "yui.sqlite3")
    environment = os.environ | {
        "YUI_HOME": str(home),
        "DATABASE_URL": f"sqlite:///{home}/yui.sqlite3",
        "DJANGO_SETTINGS_MODULE": "yui.conf.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, capture_output=True)
    path = bill_file(*({"BilledCost": str(number)} for number in range(20_000)))
    arguments = ("costs", "import", path, "--ward", "131032", "--json", "--skip-checks")
    for seconds in (1.0, 1.6, 2.2):
        running = yui(home, *arguments)
        time.sleep(seconds)
        running.send_signal(signal.SIGKILL)
        output, _errors = running.communicate()
        # Killed before its answer, the import either did everything or nothing.
        if output:
            assert json.loads(output)["rows_accepted"] == 20_000
    done = yui(home, *arguments)
    output, errors = done.communicate()
    assert done.returncode == 0, errors
    assert json.loads(output)["rows_accepted"] == 20_000
    counted = yui(home, "costs", "summary", "--by", "ward", "--json", "--skip-checks").communicate()[0]
    (row,) = json.loads(counted)
    assert (row["rows"], row["amounts"]) == (20_000, {"JPY": str(sum(range(20_000)))})
    swept = yui(home, "lake", "sweep", "--older-than-hours", "0", "--json", "--skip-checks").communicate()[0]
    assert json.loads(swept)["removed"] is not None
    verified = yui(home, "lake", "verify", "--json", "--skip-checks")
    assert json.loads(verified.communicate()[0]) == {"checked": 1, "damaged": []}
    assert len(list((home / "lake").glob("**/*.parquet"))) == 1


def test_a_full_disk_imports_nothing_and_says_so(tmp_path, bill_file):
    script = """
import resource, signal, sys, tempfile
import django
django.setup()
from pathlib import Path
from yui.kernel.lake.errors import LakeWriteFailed
from yui.transition.costs.engine.conversion import convert_focus
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(tempfile.mkdtemp(dir=sys.argv[2]))
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    convert_focus(Path(sys.argv[1]), folder, engine={"threads": 1, "memory_limit": "400MB"})
except LakeWriteFailed as error:
    print(error)
    sys.exit(7)
"""
    rows = [{"ResourceId": os.urandom(24).hex(), "BilledCost": str(number)} for number in range(5_000)]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "yui.conf.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "YUI_HOME": str(tmp_path / "home"),
    }
    ended = subprocess.run(
        [sys.executable, "-c", script, str(bill_file(*rows)), str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 7, ended.stderr
    assert "空き容量" in ended.stdout
