"""How the code is written: short, explained, in rooms with names."""

import ast
import io
import re
import tokenize
from pathlib import Path

from tests.architecture.sources import (
    PACKAGE,
    Source,
    functions,
    production_sources,
    project_files,
    python_sources,
    report,
)

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
WRITTEN_BY_HAND = {".py", ".html", ".js", ".mjs", ".ts", ".css", ".svg"}
NAMELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "base_classes"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|WIP)\b|raise NotImplementedError")
BANNER = re.compile(r"#\s*([-=#*~─━═])\1{3,}")


def test_no_file_is_long():
    found = []
    for path in project_files():
        if path.suffix in WRITTEN_BY_HAND and "migrations" not in path.parts:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LONGEST_FILE:
                found.append(f"{path.relative_to(PACKAGE.parents[1])}: {lines}")
    assert not found, report(found, f"files over {LONGEST_FILE} lines")


def test_no_function_is_long():
    found = [
        f"{source.name}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1}"
        for source in python_sources()
        for node in functions(source.tree)
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not found, report(found, f"functions over {LONGEST_FUNCTION} lines")


def test_every_file_is_named_for_what_it_holds():
    found = [source.name for source in python_sources() if source.path.stem in NAMELESS]
    assert not found, report(found, "files that could hold anything")


def undocumented(source: Source) -> list[str]:
    """Public modules, classes, functions and methods without a docstring, at module or class level."""
    found = []
    if source.tree.body and ast.get_docstring(source.tree) is None:
        found.append(f"{source.name}: the module")
    stack: list[ast.AST] = [source.tree]
    while stack:
        for node in getattr(stack.pop(), "body", []):
            is_class = isinstance(node, ast.ClassDef)
            if not is_class and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if node.name.startswith("_") or node.name == "Meta" or is_overload(node):
                continue
            if ast.get_docstring(node) is None:
                found.append(f"{source.name}:{node.lineno} {node.name}")
            if is_class:
                stack.append(node)
    return found


def is_overload(node: ast.AST) -> bool:
    """Whether a function only states one of several signatures."""
    return any(getattr(mark, "id", "") == "overload" for mark in getattr(node, "decorator_list", []))


def test_everything_public_says_what_it_is():
    found = [place for source in production_sources() for place in undocumented(source)]
    assert not found, report(found, "public things without a docstring")


def inner_imports(source: Source) -> list[int]:
    """Lines of imports inside functions."""
    return sorted(
        {
            node.lineno
            for function in functions(source.tree)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
    )


def has_reason(source: Source, line: int) -> bool:
    """Whether a comment explains the import: on its line or the lines of imports and comments before it."""
    lines = source.lines()
    while line >= 1:
        code, _sign, comment = lines[line - 1].partition("#")
        said = re.sub(r"(type: ignore|noqa)\S*", "", comment)
        if len(said.split()) >= 3:
            return True
        if code.strip() and not code.lstrip().startswith(("import ", "from ")):
            return False
        line -= 1
    return False


def test_imports_inside_functions_have_a_reason():
    found = [
        f"{source.name}:{line} {source.lines()[line - 1].strip()}"
        for source in production_sources()
        for line in inner_imports(source)
        if not has_reason(source, line)
    ]
    assert not found, report(found, "imports inside functions without a comment that says why")


def comments(path: Path) -> list[tuple[int, str]]:
    """The comments of a Python file with their lines."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def test_nothing_is_left_unfinished():
    found = []
    for source in production_sources():
        for number, line in enumerate(source.lines(), start=1):
            if UNFINISHED.search(line):
                found.append(f"{source.name}:{number} {line.strip()}")
    assert not found, report(found, "unfinished work")


def test_no_banners():
    found = [
        f"{source.name}:{line}"
        for source in python_sources()
        for line, text in comments(source.path)
        if BANNER.match(text)
    ]
    assert not found, report(found, "comments that are drawings")


def test_every_room_says_what_it_is_for():
    rooms = {source.path.parent for source in production_sources() if source.path.name == "apps.py"}
    rooms -= {PACKAGE / "conf"}
    found = [str(room.relative_to(PACKAGE)) for room in rooms if not (room / "README.md").is_file()]
    assert not found, report(found, "rooms without a README.md")
