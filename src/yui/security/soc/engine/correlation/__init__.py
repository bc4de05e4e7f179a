"""Sigma correlation rules, decided in event time: any order or cutting of the same matches, the same alerts.

What other rooms call:

``parsing.parse_correlations(texts, rule_names) -> ParsedCorrelations(rules, unsupported, silenced)``
    ``rule_names``: name or id of each detection rule → the id its matches carry. Matches of ``silenced``
    rules are no alerts of their own.
``correlator.Correlator(rules, lateness_us, limits=None)``
    ``.observe(observations, now_us=None)``, ``.advance(watermark_us)``, ``.finish()`` give alerts;
    ``.counts`` and ``.late`` tell what became of everything.
``alerts.Observation(rule_id, time_us, event_id, tenant, fields)``, ``alerts.CorrelationAlert``
``snapshots.snapshot(correlator) -> bytes``, ``snapshots.restore(correlator, state) -> Restored``

``docs/correlation.md`` says exactly when an alert fires and which events belong to it.
"""
