"""A killed or starved writer leaves nothing that a reader could see."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.upkeep import sweep

pytestmark = pytest.mark.django_db

WRITER = """
import os, resource, signal, sys
from decimal import Decimal
import django
django.setup()
import pyarrow as pa
from yui.kernel.lake.datasets import Dataset
from yui.kernel.lake.errors import LakeWriteFailed
from yui.kernel.lake import staging

schema = pa.schema([("amount", pa.decimal128(38, 18)), ("noise", pa.binary())])

def batches(count, then=lambda: None):
    for number in range(count):
        rows = [{"amount": Decimal(number), "noise": os.urandom(64)} for _ in range(2000)]
        yield pa.RecordBatch.from_pylist(rows, schema=schema)
        then()

def write(count=20, then=lambda: None):
    facts = Dataset("test_facts", schema)
    return staging.stage(facts, batches(count, then), organisation_code="131032", month="2026-05")
"""


def run(lake, script):
    environment = {
        **os.environ,
        "YUI_LAKE": str(lake),
        "YUI_HOME": str(lake.parent / "home"),
        "DJANGO_SETTINGS_MODULE": "yui.conf.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return subprocess.run(
        [sys.executable, "-c", WRITER + textwrap.dedent(script)],
        env=environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "moment",
    [
        "write(then=lambda: os.kill(os.getpid(), signal.SIGKILL))",
        "staging._sync = lambda path: os.kill(os.getpid(), signal.SIGKILL)\nwrite()",
        "os.utime = lambda path: os.kill(os.getpid(), signal.SIGKILL)\nwrite()",
        "write()\nos.kill(os.getpid(), signal.SIGKILL)",
    ],
    ids=["while writing", "before syncing", "after renaming", "before publishing"],
)
def test_a_writer_killed_at_any_moment_leaves_nothing_visible(lake, moment):
    ended = run(lake, moment)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert LakeFile.objects.count() == 0
    assert sweep(older_than_hours=0)
    assert not [path for path in lake.rglob("*") if path.is_file()]


def test_a_full_disk_is_told_and_leaves_nothing(lake):
    ended = run(
        lake,
        """
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            write()
        except LakeWriteFailed as error:
            print(error)
            sys.exit(7)
        """,
    )
    assert ended.returncode == 7, ended.stderr
    assert "空き容量" in ended.stdout
    assert not [path for path in lake.rglob("*") if path.is_file()]
