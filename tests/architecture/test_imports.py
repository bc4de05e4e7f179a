"""What import-linter's contracts do not say: cycles of modules, doors of packages, nothing let off."""

import ast
import configparser
from collections.abc import Iterator

import grimp
import pytest
from django.apps import apps

from tests.architecture.sources import ROOT, production_sources, report

SHARED_STOREYS = ("kernel", "conf")
WORDS = ("django.utils.translation", "django.utils.functional", "django.utils.text")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Every import of the package."""
    return grimp.build_graph("yui", cache_dir=None)


@pytest.fixture(scope="module")
def contracts() -> configparser.ConfigParser:
    """The contracts that ``lint-imports`` keeps."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return parser


def knots(graph: grimp.ImportGraph) -> list[set[str]]:
    """Groups of modules that import each other in a circle."""
    reach = {module: graph.find_downstream_modules(module) for module in graph.modules}
    groups = {
        frozenset({module, *(other for other in reach[module] if module in reach[other])})
        for module in graph.modules
    }
    return [set(group) for group in groups if len(group) > 1]


def test_no_module_imports_itself_through_others(graph):
    found = [" <-> ".join(sorted(group)) for group in knots(graph)]
    assert not found, report(found, "import cycles")


def test_no_contract_lets_an_import_off(contracts):
    for section in contracts.sections():
        assert "ignore_imports" not in contracts[section], f"{section} ignores imports"


def test_every_domain_room_is_under_contract(contracts):
    named = set(contracts["importlinter:contract:rooms"]["containers"].split())
    rooms = {
        app.name
        for app in apps.get_app_configs()
        if app.name.startswith("yui.") and app.name.split(".")[1] not in SHARED_STOREYS
    }
    assert rooms <= named, report(sorted(rooms - named), "name these in the contract 'rooms'")


def domain_of(module: str) -> str | None:
    """The domain package that a module belongs to; None for kernel and conf."""
    parts = module.split(".")
    if len(parts) < 2 or parts[1] in SHARED_STOREYS:
        return None
    within_pillar = parts[1] in {"governance", "people", "security", "transition"}
    return ".".join(parts[: 3 if within_pillar else 2])


def foreign_imports(graph: grimp.ImportGraph) -> Iterator[tuple[str, str]]:
    """Imports from one domain package into another, tests left out."""
    for importer in graph.modules:
        home = domain_of(importer)
        if home is None or ".tests" in importer:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            other = domain_of(imported)
            if other is not None and other != home:
                yield importer, imported


def test_packages_enter_each_other_by_their_door(graph):
    found = [
        f"{importer} -> {imported}"
        for importer, imported in foreign_imports(graph)
        if imported != f"{domain_of(imported)}.public"
    ]
    assert not found, report(found, "other packages are entered through public.py only")


def test_formats_take_nothing_but_words_from_django():
    """A format turns bytes into objects; of Django it may use translations, for what it says to people."""
    found = [
        f"{source.name}:{node.lineno} {module}"
        for source in production_sources()
        if "/formats/" in source.name
        for node in ast.walk(source.tree)
        for module in imported_names(node)
        if module.split(".")[0] == "django" and not module.startswith(WORDS)
    ]
    assert not found, report(found, "formats that need Django")


def imported_names(node: ast.AST) -> list[str]:
    """The modules that an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
