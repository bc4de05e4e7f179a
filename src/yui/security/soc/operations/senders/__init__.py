"""Verbs of the SOC's senders."""
