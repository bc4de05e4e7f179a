"""The datasets of the lake: a name and the columns that every reader may count on."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yui.kernel.lake.errors import UnknownDataset, UnsafeName

if TYPE_CHECKING:
    import pyarrow as pa

SAFE_NAME = re.compile(r"\A[a-z][a-z0-9_]{0,62}\Z")
PARTITION_COLUMNS = ("organisation", "month")


@dataclass(frozen=True)
class Dataset:
    """Facts of one kind.

    Files may hold more columns than the schema names (all are kept) or fewer (the missing ones read as
    null), so a schema grows without rewriting what is stored. Times are UTC without zone.
    """

    name: str
    schema: "pa.Schema"

    def __post_init__(self) -> None:
        if not SAFE_NAME.match(self.name):
            raise UnsafeName(self.name)
        taken = set(PARTITION_COLUMNS) & {name.lower() for name in self.schema.names}
        if taken:
            raise ValueError(f"{self.name}: the folder names already hold {sorted(taken)}")


_datasets: dict[str, Dataset] = {}


def register(dataset: Dataset) -> Dataset:
    """Make ``dataset`` known to the commands that sweep, verify and list; return it."""
    _datasets[dataset.name] = dataset
    return dataset


def find_dataset(name: str) -> Dataset:
    """Return the dataset ``name``.

    Raises:
        UnknownDataset: when no room registered it.
    """
    try:
        return _datasets[name]
    except KeyError:
        raise UnknownDataset(name) from None


def registered_datasets() -> list[Dataset]:
    """Return every registered dataset by name."""
    return [_datasets[name] for name in sorted(_datasets)]
