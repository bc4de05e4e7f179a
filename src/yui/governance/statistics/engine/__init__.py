"""Computation of the statistics room: pure functions over plain values."""
