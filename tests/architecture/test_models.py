"""Every record belongs to somebody, and points only downward."""

import ast

from django.apps import apps
from django.db.models import Model

from tests.architecture.sources import production_sources, report
from yui.kernel.scope.models import ScopedChild, ScopedModel

STOREYS = {"kernel": 0, "organisations": 1, "registry": 2, "transition": 3, "security": 3, "people": 3}
STOREYS |= {"governance": 4, "portal": 5, "conf": 6}
KERNEL_ROOMS = {
    **dict.fromkeys(("lake",), 0),
    **dict.fromkeys(("scope",), 1),
    **dict.fromkeys(("events", "ledger"), 2),
    **dict.fromkeys(("measures", "tasks"), 3),
    **dict.fromkeys(("exchange", "search", "explanations"), 4),
    **dict.fromkeys(("attachments", "notices"), 5),
    **dict.fromkeys(("tables",), 6),
    **dict.fromkeys(("backup", "live", "observe", "ui", "charts"), 7),
}
WITHOUT_ORGANISATION = {
    "commons.HelperProfile": "what a person says about being asked; the person alone sees it",
    "commons.Tag": "words, shown only beside questions that the reader sees",
    "commons.TagFollow": "a bookmark of the person, who alone sees it",
    "costs.ExchangeRate": "published rates, the same for every ward",
    "costs.RollUpEdition": "names of the standing roll-ups, which say nothing about costs; never shown",
    "registry.StandardBusinessArea": "the business areas named by law, the same for every ward",
    "events.ReadMark": "a bookmark of the person, who alone sees it",
    "backup.Restoration": "notes of the installation itself",
    "lake.LakeFile": "the lake lies below the wall: readers name organisation codes or batches",
    "notices.Notice": "a message to one person, who alone sees it",
    "notices.NoticePreference": "a choice of the person, who alone sees it",
    "ledger.Chain": "heads of chains, named by organisation code; read by verification only",
    "ledger.Entry": "outlives the organisation's row; has its own visible_to",
    "organisations.SessionRecord": "belongs to a person, who alone sees it",
    "organisations.User": "a person may belong to several organisations",
    "scope.Organisation": "the organisations themselves; their names are no secret",
    "search.DirtyDocument": "names of records that wait for the index; never shown",
    "search.Synonym": "words of the language, shared by all",
    "tasks.PeriodicTask": "the installation's timetable",
    "tasks.WorkerRecord": "signs of life of the installation's processes",
}


def own_models() -> list[type[Model]]:
    """Every concrete model of Yui, links between records left out."""
    return [model for model in apps.get_models() if model.__module__.startswith("yui.")]


def rank(model: type[Model]) -> tuple[int, int]:
    """How high a model stands: its storey, then its room inside the kernel."""
    parts = model.__module__.split(".")
    return STOREYS[parts[1]], KERNEL_ROOMS[parts[2]] if parts[1] == "kernel" else 0


def package(model: type[Model]) -> str:
    """The domain package of a model."""
    return ".".join(model.__module__.split(".")[:3])


def test_references_point_down():
    found = []
    for model in own_models():
        for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]:
            target = field.related_model
            if getattr(field, "swappable_setting", None) == "AUTH_USER_MODEL":
                continue  # Django's own seam: whoever signs in, whatever model the installation names.
            if not isinstance(target, type) or not target.__module__.startswith("yui."):
                continue
            sideways = rank(target) == rank(model) and package(target) != package(model)
            if rank(target) > rank(model) or (sideways and rank(model)[0] != 0):
                found.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert not found, report(found, "references to a higher storey or to a neighbour")


def test_every_record_is_scoped_or_says_why_not():
    unscoped = {
        model._meta.label for model in own_models() if not issubclass(model, ScopedModel | ScopedChild)
    }
    unexplained = sorted(unscoped - set(WITHOUT_ORGANISATION))
    assert not unexplained, report(unexplained, "models outside the wall of access, without a reason")
    stale = sorted(set(WITHOUT_ORGANISATION) - unscoped)
    assert not stale, report(stale, "reasons for models that are scoped or gone")


def test_parts_of_records_lead_to_a_scoped_record():
    for model in own_models():
        if issubclass(model, ScopedChild):
            owner = model
            for step in model.scope_path.split("__"):
                owner = owner._meta.get_field(step).related_model
            assert issubclass(owner, ScopedModel), (
                f"{model._meta.label}.scope_path ends in {owner._meta.label}"
            )


def test_models_are_imported_not_looked_up_by_name():
    found = [
        f"{source.name}:{node.lineno}"
        for source in production_sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"get_model", "get_registered_model"}
    ]
    assert not found, report(found, "models looked up by a string")
