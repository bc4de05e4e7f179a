"""Finds the records that words in a sheet name, from a few reads made once per file."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.importers import ImportColumn, ImportRow, RowError
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.public import Department
from yui.registry.engine.names import fold_width, name_key
from yui.registry.models import InformationSystem, StandardBusinessArea, Vendor
from yui.registry.operations import register_vendor
from yui.registry.sheets.sheet import unknown


@dataclass
class Vendors:
    """The shared list of vendors by name and by 法人番号; a new one joins when a row needs it."""

    by_name: dict[str, Vendor] = field(default_factory=dict)
    by_number: dict[str, Vendor] = field(default_factory=dict)

    @classmethod
    def read(cls, actor: Actor) -> "Vendors":
        """Read the whole list."""
        vendors = cls()
        for vendor in Vendor.objects.visible_to(actor):
            vendors.add(vendor)
        return vendors

    def add(self, vendor: Vendor) -> Vendor:
        """Remember a vendor."""
        self.by_name[vendor.name_key] = vendor
        if vendor.corporate_number:
            self.by_number[vendor.corporate_number] = vendor
        return vendor

    def find(self, name: str, number: str | None = None) -> Vendor | None:
        """Return the vendor with this number, else with this name."""
        return self.by_number.get(number or "") or self.by_name.get(name_key(name))

    def find_or_register(
        self, actor: Actor, organisation: Organisation, name: str, number: str | None = None
    ) -> Vendor:
        """Return the vendor, registering it on behalf of the organisation where it is new."""
        known = self.find(name, number)
        if known is not None:
            return known
        return self.add(register_vendor(actor, organisation=organisation, name=name, corporate_number=number))


def areas_by_word() -> dict[str, StandardBusinessArea]:
    """Return the business areas by code and by each name."""
    found: dict[str, StandardBusinessArea] = {}
    for area in StandardBusinessArea.objects.all():
        for word in (area.code, area.code.lstrip("0"), area.name_ja, area.name_en):
            found[name_key(word)] = area
    return found


def departments_by_word(actor: Actor, organisation: Organisation) -> dict[str, Department | None]:
    """Return the organisation's departments by code and by name; a name that two share leads to ``None``."""
    departments = list(Department.objects.visible_to(actor).filter(organisation=organisation))
    found: dict[str, Department | None] = {}
    for department in departments:
        word = name_key(department.name)
        found[word] = None if word in found else department
    return found | {name_key(department.code): department for department in departments}


def systems_by_code(actor: Actor, organisation: Organisation) -> dict[str, InformationSystem]:
    """Return the organisation's systems by code."""
    systems = InformationSystem.objects.visible_to(actor).filter(organisation=organisation)
    related = systems.select_related("organisation", "business_area", "department", "vendor")
    return {system.code: system for system in related}


def split_codes(text: str) -> list[str]:
    """Return the codes of a cell that holds several, parted by commas, ``、``, ``;`` or lines."""
    parts: Iterable[str] = fold_width(text.replace("\n", ",")).replace("、", ",").replace(";", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def unregistered_systems(
    row: ImportRow, columns: Iterable[ImportColumn], systems: Container[str]
) -> list[RowError]:
    """Return an error for each of the columns whose code is that of no registered system."""
    return [
        unknown(
            row,
            column,
            _("このシステムコードは登録されていません。"),
            _("先に情報システムを登録するか、コードを直してください。"),
        )
        for column in columns
        if row[column.key] not in systems
    ]
