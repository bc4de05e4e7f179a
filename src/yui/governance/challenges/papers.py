"""The paper of a logic model: what its PDF says."""

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from yui.governance.challenges.charting import model_chart
from yui.governance.challenges.formats.model_pdf import ModelPaper
from yui.governance.challenges.queries.logic_model import LogicModel
from yui.governance.challenges.words import finding, gap_text, model_title
from yui.kernel.calendar_jp import format_date, now
from yui.kernel.exchange.export.values import demonstration_line


def paper_of(model: LogicModel) -> ModelPaper:
    """Return the paper of a logic model, in the reader's language."""
    made_at = now()
    return ModelPaper(
        title=model_title(model),
        subtitle=f"{model.month.label} · {format_date(made_at.date())}",
        notice=demonstration_line(),
        finding=finding(model),
        language=(get_language() or "ja")[:2],
        drawing=model_chart(model).draw(),
        gaps_title=pgettext("logic model", "穴"),
        gaps=tuple(gap_text(gap) for gap in model.gaps),
        arrows_title=_("つながり"),
        headers=(
            _("線のもと"),
            _("線の先"),
            _("根拠の強さ"),
            _("なぜそうなるか"),
            _("もとにした資料"),
        ),
        rows=tuple(
            (
                each.source.title,
                each.target.title,
                str(each.strength.label),
                each.link.assumption,
                each.link.basis,
            )
            for each in model.arrows
        ),
        page_word=_("ページ"),
        made_at=made_at,
    )
