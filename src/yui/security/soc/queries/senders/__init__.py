"""Reads of the SOC's senders."""
