"""Verbs: every change of Yui's records is an operation."""

from yui.kernel.operations.field_changes import field_changes, field_values
from yui.kernel.operations.operation import (
    OperationIncomplete,
    OutsideOperation,
    operation,
    record,
    record_nothing,
)

__all__ = [
    "OperationIncomplete",
    "OutsideOperation",
    "field_changes",
    "field_values",
    "operation",
    "record",
    "record_nothing",
]
