"""From the queue to alerts and the lake: parse, detect, raise, store, commit — again and again, each effect once."""
