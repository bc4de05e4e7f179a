"""A lake of its own for every test."""

import pyarrow as pa
import pytest

from yui.kernel.lake.datasets import Dataset

SCHEMA = pa.schema([("amount", pa.decimal128(38, 18)), ("label", pa.string()), ("at", pa.timestamp("us"))])


@pytest.fixture
def lake(settings, tmp_path):
    """The lake's folder."""
    settings.LAKE = tmp_path / "lake"
    return settings.LAKE


@pytest.fixture
def dataset():
    """Facts with an exact amount, a text and a time."""
    return Dataset("test_facts", SCHEMA)
