"""From the queue to alerts and the lake: parse, detect, raise, store, commit; each effect once."""
