"""Makes the room's 架空データ: improvement proposals, and good practices with the wards that adopted them."""

from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.querysets import unscoped_allowed
from yui.people.practices.demo.practices import seed_practices
from yui.people.practices.demo.proposals import seed_proposals

__all__ = ["seed"]


def seed(demo: Demonstration) -> None:
    """Make the records of every ward; the same seed gives the same data."""
    with unscoped_allowed("demonstration data"):
        seed_proposals(demo)
        seed_practices(demo)
