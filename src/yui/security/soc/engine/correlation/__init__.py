"""Sigma correlation rules, decided in event time.

``parsing.parse_correlations`` reads them, ``correlator.Correlator`` runs them.
``docs/correlation.md`` says exactly when an alert fires and which events belong to it.
"""
