"""Forms of improvement proposals: each ends as facts or arguments of an operation."""

import re
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.writing import PersonalNumber, personal_numbers
from yui.organisations.public import Department
from yui.people.practices.models import OpinionKind, Proposal, ProposalOutcome
from yui.people.practices.operations.proposals.facts import ProposalFacts
from yui.people.practices.queries.proposals.listing import offered_categories

AUDIENCES = ((Visibility.OWN.value, _("自分の団体")), (Visibility.WARDS.value, _("全区")))
HINT = re.compile(r"マイナンバー|ﾏｲﾅﾝﾊﾞ|個人番号|my\s*number", re.IGNORECASE)
NEARBY = 40


def day_input() -> forms.DateInput:
    """Return the browser's own chooser of a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def lines(rows: int) -> forms.Textarea:
    """Return a field of so many lines."""
    return forms.Textarea(attrs={"rows": rows})


def is_called_so(text: str, number: PersonalNumber) -> bool:
    """Return whether words near a number say that it is a 個人番号."""
    return bool(HINT.search(text[max(0, number.start - NEARBY) : number.end + NEARBY]))


class NumberCheckedForm(forms.Form):
    """A form that lets no 個人番号 through.

    A number with the right check digit that the text itself calls a マイナンバー cannot be saved. Any other
    twelve digits with the right check digit may be something else, which the writer confirms.
    """

    written: ClassVar[tuple[str, ...]] = ()

    is_no_personal_number = forms.BooleanField(
        label=_("上の番号は個人番号(マイナンバー)ではありません"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.is_bound and self.add_prefix("is_no_personal_number") in self.data
        if not asked:
            self.fields["is_no_personal_number"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Look through every written text."""
        cleaned = super().clean() or {}
        is_confirmed = cleaned.get("is_no_personal_number", False)
        for name in self.written:
            text = cleaned.get(name) or ""
            for number in personal_numbers(text):
                is_certain = is_called_so(text, number)
                if is_certain or not is_confirmed:
                    self._refuse(name, number, is_certain)
        return cleaned

    def _refuse(self, name: str, number: PersonalNumber, is_certain: bool) -> None:
        """Show the masked number at its field, and offer the confirmation where it may be something else."""
        if is_certain:
            sentence = translated("個人番号(マイナンバー)が書かれています(%(number)s)。消してください。")
        else:
            sentence = translated(
                "個人番号(マイナンバー)かもしれない番号があります(%(number)s)。消すか、違うことを確かめて下の欄に"
                "印を付けてください。"
            )
            self.fields["is_no_personal_number"].widget = forms.CheckboxInput()
        self.add_error(name, sentence % {"number": number.masked})


class ProposalForm(NumberCheckedForm, forms.ModelForm):
    """What a proposal says."""

    written = ("title", "present", "idea", "group_name")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Proposal
        fields = list(ProposalFacts.names())
        widgets = {"present": lines(6), "idea": lines(8)}
        help_texts = {
            "kind": _("まだしていない案、もうした改善、困っていること、のどれかです。"),
            "present": _("今どうしているか、何に困っているか。個人が分かることは書かないでください。"),
            "idea": _("どう変えるか。実施済みのときは、何をしたか。"),
            "expected_hours": _("分からなければ空のままで構いません。"),
            "group_name": _("グループで提案するとき、この名前を出します。"),
            "is_anonymous": _("決まるまで、提案者の名前を審査する人にも見せません。"),
        }

    def __init__(self, *args: Any, actor: Actor, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["visibility"].choices = AUDIENCES  # type: ignore[attr-defined]
        self.fields["visibility"].label = _("見える範囲")
        self.fields["category"].queryset = offered_categories(actor, organisation)  # type: ignore[attr-defined]
        self.fields["department"].queryset = (  # type: ignore[attr-defined]
            Department.objects.visible_to(actor)
            .filter(organisation=organisation, valid_to__isnull=True)
            .order_by("code")
        )
        self.fields["revision"].initial = self.instance.revision
        if self.instance.visibility == Visibility.PARTICIPANTS:
            self.initial["visibility"] = Visibility.OWN.value
        self.order_fields([*self.Meta.fields, "is_no_personal_number", "revision"])

    def _post_clean(self) -> None:
        """Leave the record's own checks to the operation, so that the form does not change the record."""

    @property
    def text(self) -> str:
        """Everything written, for finding what is like it."""
        return "\n".join(
            str(self.data.get(self.add_prefix(name), "")) for name in ("title", "present", "idea")
        )

    @property
    def given_revision(self) -> int:
        """The revision from which the form was drawn."""
        return int(self.cleaned_data.get("revision") or 0)

    def stand_on(self, revision: int) -> None:
        """Let the form that is shown again stand on a revision."""
        renewed = QueryDict(mutable=True)
        renewed.update(self.data)
        renewed[self.add_prefix("revision")] = str(revision)
        self.data = renewed

    def facts(self) -> ProposalFacts:
        """Return what the person stated."""
        return ProposalFacts(**{name: self.cleaned_data[name] for name in ProposalFacts.names()})


class WordsForm(NumberCheckedForm):
    """A few words with a step."""

    written = ("words",)
    words = forms.CharField(label=_("ことば"), required=False, max_length=4000, widget=lines(2))


class InviteForm(forms.Form):
    """Whom to ask to propose together."""

    username = forms.CharField(
        label=_("職員ID"), max_length=64, help_text=_("ほかの区の職員も誘えます。その区にも提案が見えます。")
    )


class OpinionForm(NumberCheckedForm):
    """What somebody thinks of a proposal."""

    written = ("words",)
    kind = forms.ChoiceField(label=_("立場"), choices=OpinionKind.choices)
    recommendation = forms.ChoiceField(
        label=_("判断"), choices=[("", _("示さない")), *ProposalOutcome.choices], required=False
    )
    words = forms.CharField(label=_("意見"), max_length=4000, widget=lines(4))


class DecisionForm(NumberCheckedForm):
    """An outcome and why."""

    written = ("reason",)
    outcome = forms.ChoiceField(label=_("結果"), choices=ProposalOutcome.choices)
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=4000,
        widget=lines(4),
        help_text=_("一部採用と不採用には必ず書きます。提案者と、提案を見られる人が読みます。"),
    )


class AssignForm(forms.Form):
    """Who looks after a proposal, and which department is in charge."""

    owner = forms.CharField(
        label=_("担当の職員ID"), required=False, max_length=64, help_text=_("空にすると、担当を外します。")
    )
    responsible_department = forms.ModelChoiceField(
        Department.objects.none(), label=_("所管課"), required=False
    )

    def __init__(self, *args: Any, actor: Actor, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = Department.objects.visible_to(actor).filter(
            organisation=organisation, valid_to__isnull=True
        )
        self.fields["responsible_department"].queryset = departments.order_by("code")  # type: ignore[attr-defined]


class ExtendForm(forms.Form):
    """Another deadline, and why."""

    due_on = forms.DateField(label=_("新しい期限"), widget=day_input())
    words = forms.CharField(label=_("理由"), max_length=1000, widget=lines(2))


class ImplementForm(WordsForm):
    """When a proposal came into use."""

    field_order = ("implemented_on", "words")
    implemented_on = forms.DateField(label=_("実施日"), widget=day_input())


class MergeForm(WordsForm):
    """Into which proposal another one goes."""

    field_order = ("number", "words")
    number = forms.CharField(label=_("統合先の番号"), max_length=30)
