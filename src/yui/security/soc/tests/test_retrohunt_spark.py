"""Stream, store and Spark find the same, however the events are divided."""

import importlib.util
import random
import shutil
import sys
from collections import Counter

import pytest

from yui.kernel.lake.errors import SparkUnavailable
from yui.kernel.lake.spark import spark_session
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.engine.sigma import detect
from yui.security.soc.event_store.clocks import HOUR
from yui.security.soc.event_store.compaction import compact
from yui.security.soc.event_store.reading import live_paths, source_of
from yui.security.soc.event_store.retro_hunt import retro_hunt
from yui.security.soc.event_store.spark import detect_on_spark, matched_text
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.tests.test_retrohunt_engine import ALL, ALWAYS, rules
from yui.security.soc.tests.test_store_append import NOON, OTHER, WARD, ids

pytestmark = pytest.mark.django_db
SEED = 23


@pytest.fixture
def spark(tmp_path):
    """A Spark of this process; without one the test is left out, and says why."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("PySpark is not installed: make spark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime: apt install openjdk-17-jre-headless")
    with spark_session(tmp_path, name="yui-test") as session:
        yield session


def records():
    """Events that the rules match in every way: texts, lists, null, numbers, any value, odd letters."""
    creation, linux = LogSource("windows", "process_creation", ""), LogSource("linux", "", "")
    draw = random.Random(SEED)
    found = []
    for number in range(150):
        time = NOON - draw.randrange(2) * HOUR + draw.randrange(HOUR)
        fields = draw.choice(
            [
                {"Image": "C:\\Tools\\Mimikatz.exe", "User": draw.choice(["a", "trusted"])},
                {"CommandLine": "RUN STRASSE now", "Image": None},
                {"Image": "C:\\x1", "tags": ["one", "two"], "DestinationPort": 443},
                {"DestinationIp": "10.1.2.3", "DestinationPort": draw.choice([80, 8080, "9000"])},
                {"CommandLine": "aXbYc", "Weird": True, "big": 2**70, "mixed": [1, {"k": "ſecret"}]},
                {"message": "see C:\\Evil here", "nothing": None},
            ]
        )
        found.append(LogRecord(draw.choice([creation, linux]), time, fields | {"n": number}, f"raw {number}"))
    return found


@pytest.mark.spark
def test_all_three_find_the_same(organisations, spark):
    draw, compiled = random.Random(SEED), rules()
    everything = records()
    expected = Counter()
    for ward in (WARD, OTHER):
        keys = ids(*range(len(everything)))
        expected += Counter(
            (ward, keys[m.position], m.rule.id, matched_text(m.atoms)) for m in detect(compiled, everything)
        )
        order = list(range(len(everything)))
        draw.shuffle(order)
        while order:
            some, order = order[: (size := draw.randrange(1, 90))], order[size:]
            chosen = [everything[at] for at in some]
            EventStore().append(ward, chosen, [NOON] * len(some), [keys[at] for at in some])
    assert len({rule for _, _, rule, _ in expected}) == len(compiled)

    def found_twice(partitions):
        hunted = retro_hunt(ALL, compiled, ALWAYS)
        by_store = Counter(
            (one.event.ward, one.event.event_id, one.match.rule.id, matched_text(one.match.atoms))
            for one in hunted.found
        )
        paths = [path for path, _ in live_paths(source_of(ALL, ALWAYS, {}))]
        by_spark = Counter(
            (one.ward, one.event_id, one.rule_id, one.matched)
            for one in detect_on_spark(spark, paths, compiled, partitions=partitions)
        )
        return by_store, by_spark

    assert found_twice(None) == (expected, expected)
    compact(NOON + 3 * HOUR, wards=[WARD])
    assert found_twice(7) == (expected, expected)


def test_without_files_nothing_is_started():
    assert detect_on_spark(None, [], rules()) == []


def test_without_spark_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(SparkUnavailable, match="PySpark"), spark_session(tmp_path, name="x"):
        pass
