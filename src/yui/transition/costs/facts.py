"""The datasets that this room keeps in the lake, and the words of 経費区分."""

import pyarrow as pa
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from yui.kernel.lake.datasets import Dataset, register
from yui.transition.costs.formats.focus_columns import CONTRACT_COMMITMENT, COST_AND_USAGE, Column, Kind

AMOUNT = pa.decimal128(38, 18)
_TYPES = {Kind.TEXT: pa.string(), Kind.JSON: pa.string(), Kind.NUMBER: AMOUNT, Kind.TIME: pa.timestamp("us")}


class CostCategory(TextChoices):
    """経費区分: what a cost of running information systems is for."""

    CLOUD = "cloud", _("クラウド利用料")
    LINE = "line", _("通信回線")
    OPERATION = "operation", _("運用管理補助")
    SOFTWARE = "software", _("ソフトウェア利用・保守")
    DATA_LINK = "data_link", _("データ連携")
    MIGRATION = "migration", _("移行経費(一時)")
    OTHER = "other", _("その他")


OWN_COLUMNS = (
    "x_month",
    "x_part",
    "x_provider",
    "x_cost_category",
    "x_tag_system",
    "x_tag_business",
    "x_tag_application",
    "x_tag_environment",
    "x_contract_number",
    "x_account",
    "x_budget_item",
    "x_budget_detail",
    "x_fiscal_year",
)


def _schema(columns: tuple[Column, ...], own: tuple[str, ...]) -> pa.Schema:
    fields = [pa.field(column.name, _TYPES[column.kind]) for column in columns]
    return pa.schema([*fields, *(pa.field(name, pa.string()) for name in own)])


CHARGES = register(Dataset("costs_charges", _schema(COST_AND_USAGE, OWN_COLUMNS)))
"""Bill lines of every kind of cost, in the shape of FOCUS Cost and Usage with ``x_`` columns."""

COMMITMENTS = register(Dataset("costs_commitments", _schema(CONTRACT_COMMITMENT, ("x_month", "x_part"))))
"""Contract commitments; of several imports of one commitment the newest counts."""
