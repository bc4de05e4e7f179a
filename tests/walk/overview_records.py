"""The views show the records of other rooms: nothing is made for them."""

OTHERS = {
    "api:get_overview.view": "costs",
    "overview:panel-file.file_format": "csv",
    "overview:panel-file.panel": "needs-time",
    "overview:panel-file.view": "migration",
    "overview:records.code": "soc.detections",
}
"""Parameters that name no record, with their values."""
