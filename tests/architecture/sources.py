"""The project's own files, read once: what the architecture tests look at."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "yui"


@dataclass(frozen=True)
class Source:
    """One Python file of the package."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Path from the project's root."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def is_test(self) -> bool:
        """Whether it belongs to a test folder."""
        return "tests" in self.path.parts or self.path.name == "conftest.py"

    @property
    def is_migration(self) -> bool:
        """Whether it is a database migration."""
        return "migrations" in self.path.parts

    def lines(self) -> list[str]:
        """The file's lines."""
        return self.text.splitlines()


@cache
def python_sources() -> tuple[Source, ...]:
    """Every Python file of the project: package, tests, benchmarks, web."""
    files = [
        path for folder in ("src", "tests", "benchmarks", "web") for path in (ROOT / folder).rglob("*.py")
    ]
    files += ROOT.glob("*.py")
    kept = sorted(path for path in files if "node_modules" not in path.parts)
    return tuple(
        Source(path, text, ast.parse(text)) for path in kept for text in [path.read_text(encoding="utf-8")]
    )


@cache
def production_sources() -> tuple[Source, ...]:
    """The package's files that run in production, migrations left out."""
    return tuple(
        source
        for source in python_sources()
        if source.path.is_relative_to(PACKAGE) and not source.is_test and not source.is_migration
    )


@cache
def templates() -> tuple[Path, ...]:
    """Every template of the package."""
    return tuple(sorted(path for path in PACKAGE.rglob("templates/**/*") if path.is_file()))


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that git tracks or would track; without git, every file outside what .gitignore names."""
    found = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = sorted(filter(None, found.stdout.decode().split("\0")))
    return tuple(path for path in (ROOT / name for name in names) if path.is_file())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method below ``tree``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def report(violations: list[str], rule: str) -> str:
    """What a failing test says: the rule, then each place."""
    return f"{rule} ({len(set(violations))}):\n  " + "\n  ".join(sorted(set(violations)))
