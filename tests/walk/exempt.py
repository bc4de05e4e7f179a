"""Addresses at which a visit or a post may write, each with the reason."""

from tests.walk.commons_records import FOR_EVERY_MEMBER as EVERYBODY_IN_THE_COMMONS

WRITES_BY_GET = {
    "challenges:model-file": "an export is entered into the ledger",
    "costs:allocated-focus": "an export is entered into the ledger",
    "costs:business-export": "an export is entered into the ledger",
    "costs:bridge-export": "an export is entered into the ledger",
    "costs:budget-export": "an export is entered into the ledger",
    "costs:commitments-export": "an export is entered into the ledger",
    "costs:export": "an export is entered into the ledger",
    "costs:multipliers-export": "an export is entered into the ledger",
    "costs:petition-file": "an export is entered into the ledger",
    "costs:ratio-export": "an export is entered into the ledger",
    "costs:focus-check-export": "an export is entered into the ledger",
    "costs:unit-costs-export": "an export is entered into the ledger",
    "costs:whatif-export": "an export is entered into the ledger",
    "costs:outlook-export": "an export is entered into the ledger",
    "costs:reconciliation-export": "an export is entered into the ledger",
    "exchange:errors": "an export is entered into the ledger",
    "indicators:report-file": "an export is entered into the ledger",
    "overview:panel-file": "an export is entered into the ledger",
    "practices:practices-export": "an export is entered into the ledger",
    "priorities:result-file": "an export is entered into the ledger",
    "reports:edition-file": "an export is entered into the ledger, and a file that is new is kept",
    "registry:export": "an export is entered into the ledger",
    "soc:rota-ical": "an export is entered into the ledger",
    "soc:hunting-export": "an export is entered into the ledger",
    "statistics:series-file": "an export is entered into the ledger",
    "soc:sightings-stix": "an export is entered into the ledger",
}
OWN_AFFAIRS = {
    "notices:settings": "changes how the reader himself gets notices",
    "portal:notices-read": "marks the reader's own notices",
    "organisations:sessions_end": "ends the reader's own sessions",
    "organisations:settings": "changes the reader's own settings",
    "tables:save_view": "keeps a list for the reader himself",
    "ui:preferences": "changes the reader's own look",
    "ui:set_language": "changes the reader's own language",
}
FOR_EVERY_MEMBER = {
    "practices:practice-new": "whoever works here may tell of a practice",
    "practices:proposal": "whoever works here may vote for a proposal",
    "practices:proposal-new": "whoever works here may propose",
} | EVERYBODY_IN_THE_COMMONS
"""Addresses by which also those write who only read elsewhere."""
