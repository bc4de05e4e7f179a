"""Records of the statistics room that only their ward sees."""

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

ADDRESSES: dict[str, str] = {}
"""Parameters of addresses that name a record, with the key of the record."""
OTHERS: dict[str, str] = {}
"""Parameters that name no record, with their values."""


def make_statistics_records(ward: Organisation, secret: str, actor: Actor) -> dict[str, int | str]:
    """Make nothing yet."""
    return {}
