"""Makes good practices for show."""

from yui.kernel.demonstration import Demonstration


def seed_practices(demo: Demonstration) -> None:
    """Make the good practices of every ward."""
