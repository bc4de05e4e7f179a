"""Tests of time series that more than one room judges by: pure functions over numbers, no Django."""
