"""How much of what is read at once; what goes beyond is rejected with a reason, never read into memory."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds on one reading.

    Attributes:
        record_bytes: longest single record (line, JSON value, CSV row).
        nesting: deepest JSON nesting.
        fields: most fields of one record after flattening.
        archive_depth: how many archives or compressions may lie inside each other.
        members: most members of one archive or folder.
        expanded_bytes: most bytes that one file may expand to, all members together.
        expansion: most bytes that one compressed byte may become, once ``expansion_from`` bytes came out.
        expansion_from: bytes from which the expansion is judged, so that a small, regular log is no suspect.
    """

    record_bytes: int = 1 << 20
    nesting: int = 32
    fields: int = 2_000
    archive_depth: int = 3
    members: int = 200_000
    expanded_bytes: int = 1 << 40
    expansion: int = 250
    expansion_from: int = 1 << 27


DEFAULT_LIMITS = ReadLimits()
