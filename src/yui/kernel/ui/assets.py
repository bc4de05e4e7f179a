"""Addresses of built styles, scripts and fonts, with the hash of their content."""

import json
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static

BUILD = Path(__file__).resolve().parent / "static" / "ui" / "build"
MANIFEST = BUILD / "manifest.json"


def asset_url(name: str) -> str:
    """Return the address of the built file ``name``; ``?v=`` changes whenever its content does.

    Without a manifest (assets not built yet) the address carries no hash, and the page still works.
    """
    try:
        stamp = MANIFEST.stat().st_mtime_ns
    except FileNotFoundError:
        return static(f"ui/build/{name}")
    digest = _hashes(stamp).get(name)
    address = static(f"ui/build/{name}")
    return f"{address}?v={digest}" if digest else address


@lru_cache(maxsize=1)
def _hashes(stamp: int) -> dict[str, str]:
    """Read the manifest; ``stamp`` is its modification time, so a new build is noticed without a restart."""
    hashes: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return hashes
