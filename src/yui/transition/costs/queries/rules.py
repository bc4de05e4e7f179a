"""The system mappings of an organisation, as the engine wants them."""

from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.roll_up import Rules
from yui.transition.costs.models import MatchColumn, SystemMapping


def rules_of(organisation: Organisation) -> Rules:
    """Return the mappings in force, the most particular column first; for callers that checked access."""
    found: dict[str, dict[str, str]] = {}
    for column, value, code in SystemMapping.objects.owned_by(organisation).values_list(
        "column", "value", "system_code"
    ):
        found.setdefault(column, {})[value] = code
    return Rules(tuple((column, found[column]) for column in MatchColumn.values if column in found))
