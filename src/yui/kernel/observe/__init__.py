"""Seeing how Yui is: structured logs, metrics, health."""
