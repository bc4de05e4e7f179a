"""Stored figures."""

from yui.governance.indicators.models.snapshot import JOINT, IndicatorSnapshot

__all__ = ["JOINT", "IndicatorSnapshot"]
