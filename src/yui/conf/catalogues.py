"""Compiles message catalogues (``.po`` → ``.mo``) without gettext's tools; run by ``yui up`` and the build.

``python -m yui.conf.catalogues`` compiles whatever is missing or older than its source.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


class CatalogueError(ValueError):
    """A catalogue cannot be read; names the file and what is wrong."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Correct the file; every entry needs msgid and msgstr.")


def stale_catalogues(package: Path = PACKAGE) -> Iterator[Path]:
    """Yield each ``.po`` file whose ``.mo`` is missing or older."""
    for source in sorted(package.glob("**/locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            yield source


def compile_catalogue(source: Path) -> Path:
    """Compile one catalogue, leaving out fuzzy and obsolete entries; return the compiled file.

    Raises:
        CatalogueError: when the file is not a valid catalogue.
        OSError: when the compiled file cannot be written.
    """
    # Babel belongs to the checkout and the build; an installed wheel carries compiled catalogues only.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    locale = source.parent.parent.name
    try:
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=locale, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CatalogueError(source, str(error)) from error
    compiled = source.with_suffix(".mo")
    draft = compiled.with_suffix(f".{os.getpid()}")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(compiled)
    return compiled


def compile_catalogues(package: Path = PACKAGE) -> list[Path]:
    """Compile every stale catalogue of ``package``; return the compiled files.

    An installation that cannot be written (a read-only image) carries its compiled files already; what
    cannot be written there is left as it is.
    """
    compiled = []
    for source in stale_catalogues(package):
        if os.access(source.parent, os.W_OK):
            compiled.append(compile_catalogue(source))
    return compiled


if __name__ == "__main__":
    for written in compile_catalogues():
        sys.stdout.write(f"{written.relative_to(PACKAGE)}\n")
