"""The four views: their names, their panels, and each in one figure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yui.governance.indicators.public import histories_of
from yui.governance.overview.errors import UnknownPanel, UnknownView
from yui.governance.overview.panels import costs, migration, people, threats
from yui.governance.overview.panels.parts import Headline, Panel, View
from yui.governance.overview.queries.question import Question


@dataclass(frozen=True)
class ViewKind:
    """One of the four views of the article."""

    code: str
    title: Promise
    lead: Promise
    panels: Callable[[Question], tuple[Panel, ...]]


VIEWS: Mapping[str, ViewKind] = {
    kind.code: kind
    for kind in (
        ViewKind(
            "migration",
            _("システム標準化・ガバメントクラウド移行の進捗"),
            _("23区と標準化対象20業務の、移行の状態と残り、時間がいるものです。"),
            migration.panels,
        ),
        ViewKind(
            "costs",
            _("運用コストの推移"),
            _("IT関連運用経費の月ごとの動きと、歳出に対する割合、区の比べです。"),
            costs.panels,
        ),
        ViewKind(
            "threats",
            _("サイバーセキュリティの脅威"),
            _("重大なインシデント、検知、対応の時間、共有された情報です。"),
            threats.panels,
        ),
        ViewKind(
            "people",
            _("人材面の状況"),
            _("職員数と、改善提案、グッドプラクティス、質問と回答、研修です。"),
            people.panels,
        ),
    )
}


def view_of(question: Question, code: str) -> View:
    """Return a view with all its panels.

    Raises:
        UnknownView: when there is none of this code.
    """
    kind = VIEWS.get(code)
    if kind is None:
        raise UnknownView(code, ", ".join(VIEWS))
    return View(kind.code, str(kind.title), str(kind.lead), kind.panels(question))


def panel_of(question: Question, view_code: str, panel_code: str) -> tuple[View, Panel]:
    """Return one panel with figures, and its view.

    Raises:
        UnknownView: when there is no such view.
        UnknownPanel: when the view has no such panel, or no figures for it.
    """
    view = view_of(question, view_code)
    panel = view.panel(panel_code)
    if panel is None:
        raise UnknownPanel(panel_code)
    return view, panel


def headlines(question: Question) -> dict[str, Headline]:
    """Return each view in one figure, from what is stored and the register of migrations."""
    stored = histories_of(question.actor, [costs.RATIO, threats.SERIOUS, people.GROWTH], question.month)
    return {
        "migration": migration.headline(question),
        "costs": costs.headline(question, stored[costs.RATIO]),
        "threats": threats.headline(question, stored[threats.SERIOUS]),
        "people": people.headline(question, stored[people.GROWTH]),
    }
