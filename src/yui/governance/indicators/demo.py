"""Stores what the indicators showed in every month of the 架空データ, from the rooms' records."""

from yui.governance.indicators.operations.take_snapshots import take_snapshots
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation
from yui.organisations.public import SECRETARIAT_CODE


def seed(demo: Demonstration) -> None:
    """Measure all months at once; the rooms' own records have to be there already."""
    secretariat = Organisation.objects.get(code=SECRETARIAT_CODE)
    take_snapshots(demo.actor, secretariat=secretariat, months=demo.months)
