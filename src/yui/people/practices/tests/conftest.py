"""Fixtures of the room's tests; each half keeps its own."""

from yui.people.practices.tests.proposal_fixtures import days_later, way

__all__ = ["days_later", "way"]
