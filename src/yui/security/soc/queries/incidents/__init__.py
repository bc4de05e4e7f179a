"""Reads of incidents: lists, moments, clocks, people, papers, times to respond."""
