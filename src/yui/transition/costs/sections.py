"""The room's pages in five groups: what a reader comes for, first to last."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Page:
    """One page of a section: its title and the name of its address."""

    title: str | Promise
    name: str


@dataclass(frozen=True)
class Section:
    """Pages that answer one kind of question. The first is the section's own page."""

    title: str | Promise
    pages: tuple[Page, ...]


SECTIONS = (
    Section(
        _("見る"),
        (Page(_("区・システム・月"), "costs:overview"),),
    ),
    Section(
        _("記録"),
        (
            Page(_("取り込んだ請求"), "costs:bills"),
            Page(_("システムとの対応"), "costs:mappings"),
            Page(_("請求書との突き合わせ"), "costs:reconciliation"),
            Page(_("歳出総額"), "costs:expenditure"),
            Page(_("為替レート"), "costs:rates"),
        ),
    ),
)
