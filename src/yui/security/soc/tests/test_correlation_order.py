"""Whatever the order and the batches, the same alerts; and the same as a slow reference."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from yui.security.soc.engine.correlation.alerts import Observation
from yui.security.soc.engine.correlation.correlator import Correlator
from yui.security.soc.tests.correlation_reference import reference_alerts
from yui.security.soc.tests.correlation_samples import SECOND, every_rule, known, matches

LONG = 10**12
RULES = every_rule()
CHAINED = {"chained", "chained_twice", "chained_values"}


def partitioned(chance, items):
    """Cut a list into batches, some of them empty."""
    cuts = sorted(chance.choices(range(len(items) + 1), k=chance.randrange(1, 12)))
    return [items[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(items)], strict=True)]


def run(batches, lateness=LONG):
    correlator = Correlator(RULES, lateness)
    alerts = [alert for batch in batches for alert in correlator.observe(batch)]
    alerts += correlator.finish()
    assert len({alert.identifier for alert in alerts}) == len(alerts)
    return sorted(alerts), correlator


def test_a_hundred_permutations_and_partitionings_give_the_same_alerts():
    observations = matches(7, 120)
    expected, first = run([observations])
    assert len(expected) > 150
    chance = random.Random(1)
    for _round in range(100):
        shuffled = chance.sample(observations, len(observations))
        alerts, correlator = run(partitioned(chance, shuffled))
        assert alerts == expected
        assert correlator.counts == first.counts


def test_partitions_by_ward_give_the_same_alerts():
    observations = matches(8, 200)
    wards = {one.tenant for one in observations}
    apart = [alert for ward in wards for alert in run([[o for o in observations if o.tenant == ward]])[0]]
    assert sorted(apart) == run([observations])[0]


def test_order_within_the_declared_lateness_changes_nothing():
    lateness = 20 * SECOND
    observations = matches(9, 150, seconds=900)
    expected, _first = run([observations])
    chance = random.Random(2)
    for _round in range(20):
        delayed = sorted(observations, key=lambda one: one.time_us + chance.uniform(0, lateness))
        alerts, correlator = run(partitioned(chance, delayed), lateness)
        assert correlator.counts.late == 0
        assert alerts == expected


def test_alerts_equal_the_reference():
    for seed in range(16):
        observations = matches(seed, 5 + seed * 8, seconds=150 + 10 * seed)
        alerts, _correlator = run([observations])
        reference = reference_alerts(RULES, observations)
        assert known(alerts) == {one[:4] for one in reference}
        events = {one[:4]: one[4] for one in reference if one[0] not in CHAINED}
        for alert in alerts:
            key = (alert.rule_id, alert.tenant, tuple(value for _name, value in alert.group), alert.time_us)
            assert alert.rule_id in CHAINED or alert.event_ids == events[key]


@st.composite
def few_matches(draw):
    """Matches on a narrow stage: ties, boundaries and repeated events are frequent."""
    one = st.builds(
        Observation,
        rule_id=st.sampled_from(["id-a", "id-b", "id-c"]),
        time_us=st.integers(0, 14).map(lambda n: n * 10 * SECOND),
        event_id=st.just(""),
        tenant=st.sampled_from(["131016", "131024"]),
        fields=st.fixed_dictionaries(
            {
                "User": st.sampled_from(["u", "U", "v", None]),
                "Host": st.sampled_from(["h", "i"]),
                "Target": st.sampled_from(["x", "y", "z"]),
                "Bytes": st.sampled_from([1, 50, "60", 0.25, "none"]),
            }
        ),
    )
    found = draw(st.lists(one, max_size=24))
    numbered = [match._replace(event_id=f"e{number}") for number, match in enumerate(found)]
    repeated = draw(st.lists(st.sampled_from(numbered), max_size=4)) if numbered else []
    return draw(st.permutations(numbered + repeated))


@settings(max_examples=80, deadline=None)
@given(few_matches(), st.randoms(use_true_random=False))
def test_any_matches_in_any_batches_equal_the_reference(observations, chance):
    alerts, _correlator = run(partitioned(chance, observations))
    assert known(alerts) == {one[:4] for one in reference_alerts(RULES, observations)}
