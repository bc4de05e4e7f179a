"""Figures of good practices and of improvement proposals; importing them offers them."""

from yui.people.practices import measures_practices, measures_proposals

__all__ = ["measures_practices", "measures_proposals"]
