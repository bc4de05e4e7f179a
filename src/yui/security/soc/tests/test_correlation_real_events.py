"""The correlation lane of the data folder: the engine and the slow reference agree on it."""

import gzip

import orjson

from yui.security.soc.engine.correlation.alerts import Observation
from yui.security.soc.engine.correlation.correlator import Correlator
from yui.security.soc.engine.correlation.parsing import parse_correlations
from yui.security.soc.tests.correlation_reference import reference_alerts
from yui.security.soc.tests.correlation_samples import SECOND, known

RULES = {"authentication_failure": "perf-auth-failure", "authentication_success": "perf-auth-success"}


def test_the_lane_gives_the_alerts_of_the_reference(shared_data):
    folder = shared_data / "soc" / "rsigma-lanes"
    rules = parse_correlations([(folder / "correlation.yml").read_text()], {}).rules
    with gzip.open(folder / "correlation.ndjson.gz") as lines:
        events = [orjson.loads(line) for _number, line in zip(range(1_200), lines, strict=False)]
    observations = [
        Observation(RULES[event["EventType"]], number * SECOND, f"line {number}", "131016", event)
        for number, event in enumerate(events)
    ]
    correlator = Correlator(rules, 0)
    alerts = correlator.observe(observations) + correlator.finish()
    assert known(alerts) == {one[:4] for one in reference_alerts(rules, observations)}
    assert {alert.rule_id for alert in alerts} == {rule.identifier for rule in rules}
