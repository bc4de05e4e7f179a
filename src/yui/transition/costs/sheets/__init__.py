"""Tables that the room takes in through the common import."""

from yui.transition.costs.sheets.bases import BASES
from yui.transition.costs.sheets.budget import BUDGET
from yui.transition.costs.sheets.invoices import INVOICES

IMPORTERS = (*BASES, BUDGET, INVOICES)
