"""The ledger as tables: one file each with its columns, how rows become facts, how records become rows.

What is written out can be read in again without a change.
"""

from yui.registry.sheets.contracts import CONTRACTS
from yui.registry.sheets.links import LINKS
from yui.registry.sheets.migrations import MIGRATIONS
from yui.registry.sheets.outages import OUTAGES
from yui.registry.sheets.sheet import Sheet
from yui.registry.sheets.systems import SYSTEMS

SHEETS: dict[str, Sheet] = {sheet.name: sheet for sheet in (SYSTEMS, CONTRACTS, LINKS, MIGRATIONS, OUTAGES)}

__all__ = ["CONTRACTS", "LINKS", "MIGRATIONS", "OUTAGES", "SHEETS", "SYSTEMS", "Sheet"]
