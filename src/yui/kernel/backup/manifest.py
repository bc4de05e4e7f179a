"""What an archive says of itself, and how its members may be called."""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database/"
LAKE = "lake/"
FILES = "files/"
SECRET = "secrets/secret_key"  # noqa: S105 - the name of a member, no secret
_SHA256 = re.compile(r"\A[0-9a-f]{64}\Z")


@dataclass(frozen=True)
class Member:
    """Size in bytes and SHA-256 (hexadecimal) of one member."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The archive's table of contents.

    Attributes:
        format: version of the archive's form.
        yui: version of Yui that wrote it.
        made_at: when the snapshot was taken, ISO 8601.
        vendor: the database it was taken from.
        migrations: every applied migration, ``app.name``, sorted: the shape of the tables.
        rows: number of rows by table.
        ledger: length and head of each organisation's chain.
        members: every other member of the archive.
    """

    format: int
    yui: str
    made_at: str
    vendor: str
    migrations: list[str]
    rows: dict[str, int]
    ledger: dict[str, tuple[int, str]]
    members: dict[str, Member] = field(default_factory=dict)

    @property
    def has_secret(self) -> bool:
        """Whether the installation's secret key is inside."""
        return SECRET in self.members

    def size_below(self, prefix: str) -> int:
        """Return the bytes of the members whose name begins with ``prefix``."""
        return sum(member.size for name, member in self.members.items() if name.startswith(prefix))

    def names_below(self, prefix: str) -> list[str]:
        """Return the members whose name begins with ``prefix``."""
        return [name for name in self.members if name.startswith(prefix)]

    def to_json(self) -> bytes:
        """Return the manifest as it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Manifest":
        """Read a stored manifest.

        Raises:
            ValueError: when something is missing, has another type, or a name could leave its folder.
        """
        try:
            values: dict[str, Any] = json.loads(content)
            values["members"] = {name: _member(name, value) for name, value in values["members"].items()}
            values["ledger"] = {code: (int(n), str(head)) for code, (n, head) in values["ledger"].items()}
            values["rows"] = {str(label): int(count) for label, count in values["rows"].items()}
            values["migrations"] = [str(name) for name in values["migrations"]]
            return cls(**values)
        except (TypeError, KeyError, AttributeError, UnicodeDecodeError) as problem:
            raise ValueError(str(problem)) from problem


def _member(name: str, value: dict[str, Any]) -> Member:
    if not is_safe_name(name):
        raise ValueError(f"the name {name!r} is not allowed")
    if not isinstance(value["size"], int) or value["size"] < 0 or not _SHA256.match(value["sha256"]):
        raise ValueError(f"{name}: size or checksum is not one")
    return Member(value["size"], value["sha256"])


def is_safe_name(name: str) -> bool:
    """Return whether a member of this name stays below one of the archive's folders when unpacked."""
    if name == SECRET:
        return True
    if not name.startswith((DATABASE, LAKE, FILES)) or "\\" in name or any(ord(sign) < 32 for sign in name):
        return False
    return all(part not in {"", ".", ".."} for part in name.split("/"))
