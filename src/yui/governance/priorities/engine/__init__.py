"""Ranking of options under uncertain weights: exact volumes, drawn weights, robustness, agreement."""
