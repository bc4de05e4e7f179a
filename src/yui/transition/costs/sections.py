"""The room's pages in groups: what a reader comes for, first to last."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
        pgettext_lazy("section of costs", "見る"),
        (
            Page(_("区・システム・月"), "costs:overview"),
            Page(_("業務別"), "costs:business"),
            Page(_("1人あたり・1件あたり"), "costs:unit-costs"),
            Page(_("配賦された費用"), "costs:allocated-costs"),
            Page(_("予算と実績"), "costs:budget"),
            Page(_("約束と使用"), "costs:commitments"),
        ),
    ),
    Section(
        _("説明"),
        (
            Page(_("増減の理由"), "costs:bridge"),
            Page(_("移行前と後"), "costs:multipliers"),
            Page(_("為替と仮定"), "costs:whatif"),
            Page(_("対歳出比率"), "costs:ratio"),
        ),
    ),
    Section(
        _("提言"),
        (Page(_("政策提言書"), "costs:petitions"),),
    ),
    Section(
        _("先を見る"),
        (
            Page(_("見通し"), "costs:outlook"),
            Page(_("気になる増減"), "costs:anomalies"),
        ),
    ),
    Section(
        _("記録"),
        (
            Page(_("取り込んだ請求"), "costs:bills"),
            Page(_("システムとの対応"), "costs:mappings"),
            Page(_("予算の行"), "costs:budget-lines"),
            Page(_("請求書との突き合わせ"), "costs:reconciliation"),
            Page(_("歳出総額"), "costs:expenditure"),
            Page(_("為替レート"), "costs:rates"),
            Page(_("人口"), "costs:residents"),
            Page(_("使用量・件数"), "costs:usage"),
            Page(_("利用方式"), "costs:account-uses"),
            Page(_("FOCUSの検査"), "costs:focus-check"),
        ),
    ),
    Section(
        _("きまり"),
        (
            Page(_("配賦ルール"), "costs:allocation-rules"),
            Page(_("比率の定義"), "costs:definitions"),
        ),
    ),
)
