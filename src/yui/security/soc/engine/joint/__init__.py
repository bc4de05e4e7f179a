"""The same sign in several wards: found, weighed, and told to others without naming the victim.

What other rooms call:

``keys.keys_of(fields, RuleWords(identifier, tags), own_networks=()) -> tuple[Key(kind, value), ...]``
``correlator.JointCorrelator(facts.JointConfig(wards, …))``
    ``.observe(alerts, now_us=None)``, ``.advance(watermark_us)``, ``.finish()`` give
    ``facts.JointAlertFact``; a later fact with the same ``identifier`` replaces the earlier one.
``facts.AlertKeys(ward, time_us, alert_id, keys, level)``
``sightings.sightings(correlator, SightingPolicy(least, otherwise, reveal_from), since_us=None)``
``snapshots.snapshot(correlator) -> bytes``, ``snapshots.restore(correlator, state)``

``docs/correlation.md`` gives the statistic and what other wards may see.
"""
