"""Makes improvement proposals for show."""

from yui.kernel.demonstration import Demonstration


def seed_proposals(demo: Demonstration) -> None:
    """Make the improvement proposals of every ward."""
