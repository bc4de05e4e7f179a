"""What the project's files name and what its locks hold."""

import json
import re

from tests.architecture.sources import ROOT, project_files, report

FORBIDDEN = {
    "a machine's path": re.compile(r"(?<![\w.])/(?:work/(?:main|shared)|root/|tmp/yui)|/home/[a-z]"),
    "a package index's host": re.compile(
        "|".join(["py" + "pi\\.org", "python" + "hosted", "registry\\.npm" + "js", "registry\\.yarn" + "pkg"])
    ),
    "a content delivery network": re.compile(
        "|".join(["jsdeli" + "vr", "unp" + "kg\\.com", "cdn" + "js", "fonts\\.google" + "apis"])
    ),
}
BINARY = {".png", ".jpg", ".ico", ".woff2", ".parquet", ".zip", ".xlsx", ".pdf", ".gz"}
NOT_OURS = {"LICENSE"}


def test_files_name_no_machine_and_no_index():
    found = []
    for path in project_files():
        if path.suffix in BINARY or path.name in NOT_OURS:
            continue
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        ):
            for what, pattern in FORBIDDEN.items():
                if pattern.search(line):
                    found.append(f"{path.relative_to(ROOT)}:{number} {what}: {line.strip()[:80]}")
    assert not found, report(found, "forbidden words")


def test_requirement_locks_hold_hashes_and_no_addresses():
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert locks
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, f"{lock.name} names an address"
        entries = re.split(
            r"\n(?=[A-Za-z0-9])", "\n".join(line for line in text.splitlines() if not line.startswith("#"))
        )
        bare = [entry.split()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry]
        assert not bare, report(bare, f"{lock.name}: requirements without a hash")


def test_the_node_lock_holds_hashes_and_no_addresses():
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name and not entry.get("link")}
    assert not [name for name, entry in packages.items() if "integrity" not in entry]
    assert not [name for name, entry in packages.items() if "resolved" in entry]


def test_no_third_party_code_is_committed():
    found = [
        str(path.relative_to(ROOT))
        for path in project_files()
        if path.name.endswith((".min.js", ".min.css", ".woff", ".woff2", ".ttf", ".otf", ".whl"))
        or {"node_modules", "vendor", "third_party"} & set(path.parts)
    ]
    assert not found, report(found, "files that come from packages")
