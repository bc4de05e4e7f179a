"""Forms of the commons."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from yui.kernel.attachments.fields import AttachmentsField
from yui.kernel.links import UnknownKind, kind_and_id
from yui.kernel.scope.models import Organisation, Visibility
from yui.people.commons.models import SolvedBy
from yui.people.commons.operations.ask_question import QuestionFacts
from yui.people.commons.operations.tagging import tag_names
from yui.people.commons.operations.texts import LONGEST_BODY, LONGEST_TITLE

SHOWN_TO = (
    (Visibility.WARDS, _("全区")),
    (Visibility.PARTICIPANTS, _("選んだ団体")),
    (Visibility.OWN, _("自分の団体だけ")),
)


class WritingForm(forms.Form):
    """A text with its files, in the name of one of the writer's bodies.

    Args:
        bodies: the bodies in whose name the person may write; with one, nothing is asked.
    """

    body = forms.CharField(
        label=_("本文"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("個人情報や、事案が特定できることは書かないでください。"),
    )
    attachments = AttachmentsField(label=_("ファイル"), required=False)
    posted_for = forms.ModelChoiceField(
        label=_("どの団体として"), queryset=Organisation.objects.none(), required=False, empty_label=None
    )
    is_unnamed = forms.BooleanField(
        label=_("名前を伏せる"),
        required=False,
        help_text=_(
            "部署の名前だけを出します。監査台帳には残ります。運営は、理由を示して二人で認めたときだけ名前を見られます。"
            "添付するファイルの中の作成者の名前は、先に消してください。"
        ),
    )
    numbers_confirmed = forms.BooleanField(label=_("マイナンバーではありません"), required=False)

    def __init__(self, *args: Any, bodies: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = bodies
        if len(bodies) > 1:
            choices = Organisation.objects.filter(pk__in=[body.pk for body in bodies])
            self.fields["posted_for"].queryset = choices  # type: ignore[attr-defined]
            self.fields["posted_for"].initial = bodies[0].pk
        else:
            del self.fields["posted_for"]
        if not self.asks_about_numbers():
            self.fields["numbers_confirmed"].widget = forms.HiddenInput()

    def asks_about_numbers(self) -> bool:
        """Return whether the writer has said that a number is no 個人番号, and may take it back."""
        return self.is_bound and bool(self.data.get("numbers_confirmed"))

    def ask_about_numbers(self) -> None:
        """Show the confirmation when the form is drawn again."""
        self.fields["numbers_confirmed"].widget = forms.CheckboxInput()

    @property
    def body_chosen(self) -> Organisation:
        """In whose name the text is written."""
        return self.cleaned_data.get("posted_for") or self.bodies[0]


class AskForm(WritingForm):
    """A question."""

    title = forms.CharField(label=_("件名"), max_length=LONGEST_TITLE)
    tags = forms.CharField(
        label=_("タグ"),
        required=False,
        max_length=300,
        help_text=_("「、」で区切ります。例: 介護保険、Excel"),
    )
    area = forms.ChoiceField(label=_("標準化対象の業務"), required=False)
    system = forms.TypedChoiceField(
        label=_("情報システム"), required=False, coerce=int, empty_value=None, help_text=_("台帳にあるもの")
    )
    visibility = forms.ChoiceField(
        label=_("見える範囲"), choices=SHOWN_TO, widget=forms.RadioSelect, initial=Visibility.WARDS
    )
    participants = forms.ModelMultipleChoiceField(
        label=_("見せる団体"),
        queryset=Organisation.objects.active(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("「選んだ団体」のときに選びます。"),
    )
    about_urn = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    field_order = ("title", "body", "tags", "area", "system", "visibility", "participants", "attachments")

    def __init__(
        self, *args: Any, areas: list[tuple[Any, str]], systems: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "—"), *areas]  # type: ignore[attr-defined]
        self.fields["system"].choices = [("", "—"), *systems]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for bodies where chosen ones shall see it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("visibility") == Visibility.PARTICIPANTS and not cleaned.get("participants"):
            self.add_error("participants", _("見せる団体を選んでください。"))
        return cleaned

    def clean_about_urn(self) -> str:
        """Return the record meant; an address that names none is about nothing."""
        text = str(self.cleaned_data["about_urn"])
        try:
            kind_and_id(text)
        except UnknownKind:
            return ""
        return text

    def facts(self) -> QuestionFacts:
        """Return what the question is about."""
        stated = self.cleaned_data
        return QuestionFacts(
            title=stated["title"],
            visibility=stated["visibility"],
            participants=list(stated["participants"]),
            tags=tag_names(stated["tags"]),
            area_id=int(stated["area"]) if stated["area"] else None,
            system_id=stated["system"],
            about_urn=stated["about_urn"],
        )


class EditForm(forms.Form):
    """A text that is corrected; ``revision`` is the version from which the writer began."""

    title = forms.CharField(label=_("件名"), max_length=LONGEST_TITLE)
    tags = forms.CharField(label=_("タグ"), required=False, max_length=300)
    body = forms.CharField(
        label=_("本文"), max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 10})
    )
    attachments = AttachmentsField(label=_("ファイルを加える"), required=False)
    numbers_confirmed = forms.BooleanField(label=_("マイナンバーではありません"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_question: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_question:
            del self.fields["title"], self.fields["tags"]
        if not (self.is_bound and self.data.get("numbers_confirmed")):
            self.fields["numbers_confirmed"].widget = forms.HiddenInput()

    def ask_about_numbers(self) -> None:
        """Show the confirmation when the form is drawn again."""
        self.fields["numbers_confirmed"].widget = forms.CheckboxInput()

    def renew_revision(self, revision: int) -> None:
        """Let the form that is shown again stand on the text as it is now."""
        renewed = QueryDict(mutable=True)
        renewed.update(self.data)
        renewed["revision"] = str(revision)
        self.data = renewed


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class SolveForm(forms.Form):
    """How a question was solved where no single answer did it."""

    how = forms.ChoiceField(
        label=_("解決のしかた"),
        choices=[(value, label) for value, label in SolvedBy.choices if value != SolvedBy.ANSWER],
        initial=SolvedBy.ASKER,
    )
    note = forms.CharField(
        label=_("どう解決したか"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
