"""The command line says what is wrong with the database, and shows no trace."""

import os
import subprocess
import sys

import pytest


def run(home, *words, **more):
    env = {**os.environ, "YUI_HOME": str(home), "YUI_LOG_LEVEL": "CRITICAL", **more}
    env.pop("YUI_TEST_POSTGRESQL", None)
    if "DATABASE_URL" not in more:
        env.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "yui", *words], env=env, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize("words", [("demo",), ("costs", "summary", "--json"), ("indicators",)])
def test_an_empty_database_is_named_with_its_remedy(tmp_path, words):
    done = run(tmp_path, *words)
    assert done.returncode == 2
    assert "yui migrate" in done.stderr and "Traceback" not in done.stderr


def test_a_database_that_is_not_there_is_named(tmp_path):
    done = run(tmp_path, "indicators", DATABASE_URL="postgres://nobody@127.0.0.1:9/none")
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr and "Traceback" not in done.stderr
