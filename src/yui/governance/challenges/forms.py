"""Forms of the room: each ends as facts for an operation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from yui.governance.challenges.areas import area_choices
from yui.governance.challenges.facts import ChallengeFacts, Ends, EvidenceFacts, InitiativeFacts, LinkFacts
from yui.governance.challenges.models import (
    Challenge,
    ChallengeEvidence,
    ChallengeState,
    EvidenceKind,
    Initiative,
    InitiativeEvidence,
    Link,
    Strength,
    Whose,
)
from yui.governance.challenges.models.challenge import MARKS, SHOWN_TO
from yui.governance.challenges.queries.logic_model import LogicModel
from yui.governance.challenges.words import column_text
from yui.governance.priorities.public import option_choices
from yui.governance.statistics.public import series_choices
from yui.kernel.policy import Actor

LONG = forms.Textarea({"rows": 6})
SHORT = forms.Textarea({"rows": 3})
NOTHING_CHOSEN = ("", gettext_lazy("選ばない"))
DIVIDER = "|"
"""Between the code of a set and the code of an option, neither of which holds it."""


def _still_quoted(stored: Any, values: dict[str, Any], names: Iterable[str]) -> bool:
    """Tell whether a quoted text is still the article's: one that somebody changed is his own."""
    return bool(stored and stored.is_quoted and all(getattr(stored, name) == values[name] for name in names))


def _visibility() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("見える範囲"),
        choices=[(each.value, each.label) for each in SHOWN_TO],
        initial=SHOWN_TO[-1].value,
    )


class ChallengeForm(forms.Form):
    """A challenge in the article's form."""

    code = forms.CharField(
        label=gettext_lazy("コード"), max_length=20, help_text=gettext_lazy("例: residents-2")
    )
    title = forms.CharField(label=pgettext_lazy("list", "課題"), max_length=120)
    title_en = forms.CharField(label=gettext_lazy("名称(英語)"), max_length=160, required=False)
    whose = forms.ChoiceField(label=gettext_lazy("だれの課題か"), choices=Whose.choices)
    pillars = forms.TypedMultipleChoiceField(
        label=gettext_lazy("関係する支援策"),
        choices=list(MARKS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    statement = forms.CharField(
        label=gettext_lazy("どんな課題か"), max_length=4000, required=False, widget=LONG
    )
    harm_if_left = forms.CharField(
        label=gettext_lazy("放置した場合の悪影響"), max_length=4000, required=False, widget=SHORT
    )
    position = forms.IntegerField(label=gettext_lazy("並び順"), min_value=0, max_value=32767, initial=100)
    visibility = _visibility()

    def facts(self, stored: Challenge | None) -> ChallengeFacts:
        """Return what the person stated."""
        values = self.cleaned_data | {"pillars": tuple(self.cleaned_data["pillars"])}
        quoted = _still_quoted(stored, values, ("title", "statement", "harm_if_left"))
        return ChallengeFacts(**values, is_quoted=quoted)


class InitiativeForm(forms.Form):
    """An initiative."""

    code = forms.CharField(label=gettext_lazy("コード"), max_length=20, help_text=gettext_lazy("例: 1-4"))
    pillar = forms.TypedChoiceField(label=gettext_lazy("支援策"), choices=list(MARKS.items()), coerce=int)
    title = forms.CharField(label=pgettext_lazy("challenge", "取組"), max_length=120)
    title_en = forms.CharField(label=gettext_lazy("名称(英語)"), max_length=160, required=False)
    statement = forms.CharField(
        label=gettext_lazy("取組の内容"), max_length=4000, required=False, widget=LONG
    )
    department = forms.CharField(label=gettext_lazy("担当する部署"), max_length=120, required=False)
    option = forms.ChoiceField(
        label=gettext_lazy("優先度の検討の選択肢"),
        required=False,
        help_text=gettext_lazy("選ぶと、順位とその確かさが取組のページに出ます。"),
    )
    position = forms.IntegerField(label=gettext_lazy("並び順"), min_value=0, max_value=32767, initial=100)
    visibility = _visibility()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [
            (f"{each.set_code}{DIVIDER}{each.code}", f"{each.set_title}: {each.title}")
            for each in option_choices(actor)
        ]
        _offer(self, "option", options)

    def facts(self, stored: Initiative | None) -> InitiativeFacts:
        """Return what the person stated."""
        values = dict(self.cleaned_data)
        set_code, _divider, option_code = values.pop("option").partition(DIVIDER)
        quoted = _still_quoted(stored, values, ("title", "statement"))
        return InitiativeFacts(**values, set_code=set_code, option_code=option_code, is_quoted=quoted)


class EvidenceForm(forms.Form):
    """One piece of evidence."""

    kind = forms.ChoiceField(
        label=gettext_lazy("種類"),
        choices=EvidenceKind.choices,
        help_text=gettext_lazy("強い順に、公的統計、報告書、事例、意見です。"),
    )
    title = forms.CharField(label=gettext_lazy("根拠の名称"), max_length=200)
    figure = forms.CharField(
        label=gettext_lazy("引用した数字"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("例: 過去5年で3.8倍"),
    )
    statement = forms.CharField(
        label=gettext_lazy("根拠の内容"), max_length=2000, required=False, widget=SHORT
    )
    publisher = forms.CharField(label=gettext_lazy("公表した団体"), max_length=120, required=False)
    published_on = forms.DateField(
        label=gettext_lazy("公表日"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    addresses = forms.CharField(
        label=gettext_lazy("出典のアドレス"),
        max_length=2000,
        required=False,
        widget=SHORT,
        help_text=gettext_lazy("1行に1つ書いてください。"),
    )
    series_code = forms.ChoiceField(
        label=gettext_lazy("公的統計の系列"),
        required=False,
        help_text=gettext_lazy("選ぶと、引用した数字の横に、いまの数字が出ます。"),
    )
    area_code = forms.ChoiceField(label=gettext_lazy("地域"), required=False)
    urn = forms.CharField(
        label=gettext_lazy("関係する記録"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("yui:registry.system:12 のように書いてください。"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "series_code", series_choices(actor))
        _offer(self, "area_code", area_choices())

    def clean(self) -> dict[str, Any]:
        """Ask for series and area together."""
        given = super().clean() or {}
        if bool(given.get("series_code")) != bool(given.get("area_code")):
            missing = "area_code" if given.get("series_code") else "series_code"
            self.add_error(missing, _("系列と地域は一緒に選んでください。"))
        return given

    def facts(self, stored: ChallengeEvidence | InitiativeEvidence | None) -> EvidenceFacts:
        """Return what the person stated; line ends as they are stored."""
        values = self.cleaned_data | {"addresses": "\n".join(self.cleaned_data["addresses"].splitlines())}
        quoted = _still_quoted(stored, values, ("title", "figure", "statement", "addresses"))
        return EvidenceFacts(**values, is_quoted=quoted)


class WhyForm(forms.Form):
    """Why an arrow is believed, and on what it stands."""

    assumption = forms.CharField(
        label=gettext_lazy("なぜそうなるか"),
        max_length=1000,
        widget=SHORT,
        help_text=gettext_lazy("例: 見張りが増えれば、早く気づける。"),
    )
    strength = forms.ChoiceField(
        label=gettext_lazy("根拠の強さ"), choices=Strength.choices, initial=Strength.NONE.value
    )
    basis = forms.CharField(
        label=gettext_lazy("もとにした資料"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("資料の名称かアドレス。"),
    )

    def why(self, stored: Link | None) -> LinkFacts:
        """Return what the person stated."""
        values = {name: self.cleaned_data[name] for name in ("assumption", "strength", "basis")}
        return LinkFacts(**values, is_quoted=_still_quoted(stored, values, values))


class LinkForm(WhyForm):
    """A new arrow of one logic model, from any of its boxes to any other."""

    source = forms.ChoiceField(label=gettext_lazy("線のもと"))
    target = forms.ChoiceField(label=gettext_lazy("線の先"))

    def __init__(self, *args: Any, model: LogicModel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (column_text(column), [(node.key, node.title) for node in nodes])
            for column, nodes in model.columns
            if nodes
        ]
        for name in ("source", "target"):
            _offer(self, name, groups)
        self.order_fields(["source", "target", "assumption", "strength", "basis"])
        self.keys = {node.key: node.record.pk if node.record else node.key for node in model.nodes}

    def ends(self) -> Ends:
        """Return the two ends; what they cannot join is for the operation to say."""
        if self.cleaned_data["target"].startswith("c"):
            return Ends()
        given: dict[str, Any] = {}
        for name in ("source", "target"):
            key = self.cleaned_data[name]
            field = {"c": "challenge", "i": "initiative"}.get(key[0], name)
            if field in given:
                return Ends()
            given[field] = self.keys[key]
        return Ends(**given)


class StateForm(forms.Form):
    """What has become of a challenge, and why."""

    state = forms.ChoiceField(label=gettext_lazy("新しい状態"))
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=2000,
        widget=SHORT,
        help_text=gettext_lazy("どの数字から、そう言えるか。"),
    )

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(each.value, each.label) for each in ChallengeState if each != challenge.state]
        self.fields["state"].choices = others  # type: ignore[attr-defined]


def initial_of(record: Any) -> dict[str, Any]:
    """Return a stored record as the first values of its form."""
    values = {field.name: getattr(record, field.name) for field in record._meta.concrete_fields}
    if isinstance(record, Challenge):
        values["pillars"] = record.pillars
    if isinstance(record, Initiative) and record.option_code:
        values["option"] = f"{record.set_code}{DIVIDER}{record.option_code}"
    return values


def _offer(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    """Give a field its choices, after the one that chooses nothing."""
    form.fields[name].choices = [NOTHING_CHOSEN, *choices]  # type: ignore[attr-defined]
