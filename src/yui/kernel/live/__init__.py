"""Tells open pages what has changed, by server-sent events."""
