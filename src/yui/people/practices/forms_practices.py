"""Forms of good practices: each ends as facts or arguments of an operation."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from yui.kernel.attachments.fields import AttachmentsField
from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import Department
from yui.people.practices.forms_proposals import NumberCheckedForm, day_input, lines
from yui.people.practices.models import (
    SECTIONS,
    WORDING,
    FilePurpose,
    Practice,
    PracticeKind,
    PracticeVersion,
)
from yui.people.practices.operations.practices.facts import HeaderFacts, WordingFacts
from yui.registry.public import area_choices, system_choices

HEADER = ("kind", "audience", "licence", "department", "contact", "expires_on")
USUAL_LIFE = timedelta(days=730)
SEVERAL = _("2つ以上を選ぶときは、Ctrlキーを押しながら選びます。")


class WordingForm(NumberCheckedForm, forms.ModelForm):
    """The text of a version."""

    written = ("title", *SECTIONS)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    change_note = forms.CharField(
        label=_("前の版から変えたこと"), required=False, max_length=400, widget=lines(2)
    )

    class Meta:
        model = PracticeVersion
        fields = list(WORDING)
        widgets = {
            **{name: lines(4) for name in SECTIONS},
            "started_on": day_input(),
            "ended_on": day_input(),
        }
        help_texts = {
            "title": _("何をどう変えたかが一目で分かる題名にします。"),
            "problem": _("何に困っていたか。個人が分かることは書かないでください。"),
            "approach": _("何をどう変えたか。"),
            "effect_note": _("何が良くなったか、どう測ったか。数値は下の「効果の数値」に入れます。"),
            "staffing": _("何人で、どのくらいの時間がかかったか。"),
            "preconditions": _("同じことをするのに要るシステム、規程、人口や件数の規模。"),
            "reuse_steps": _("ほかの区がこのとおりにすればできる手順。"),
            "pitfalls": _("うまくいかなかったこと、はじめに知っておきたかったこと。"),
        }

    def __init__(self, *args: Any, with_note: bool = False, revision: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = revision
        if not with_note:
            del self.fields["change_note"]

    def _post_clean(self) -> None:
        """Leave the record's own checks to the operation, so that the form does not change the record."""

    def facts(self, effects: tuple[Any, ...] = ()) -> WordingFacts:
        """Return what the person wrote, with the figures of the other form."""
        stated = {name: self.cleaned_data[name] for name in WORDING}
        # Browsers end lines with CR LF; stored texts end them with LF, so that versions compare line by line.
        texts = {name: stated[name].replace("\r\n", "\n") for name in SECTIONS}
        return WordingFacts(**(stated | texts), effects=effects)

    def renew_revision(self, revision: int) -> None:
        """Let the form that is shown again stand on the text as it is now."""
        renewed = QueryDict(mutable=True)
        renewed.update(self.data)
        renewed[self.add_prefix("revision")] = str(revision)
        self.data = renewed


class HeaderForm(forms.ModelForm):
    """What is said about a practice beside its text."""

    areas = forms.TypedMultipleChoiceField(
        label=_("標準化対象業務"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=SEVERAL,
    )
    systems = forms.TypedMultipleChoiceField(
        label=_("情報システム"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=SEVERAL,
    )
    participants = forms.ModelMultipleChoiceField(
        label=_("見せる団体"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("「指定した団体」のときに選びます。"),
    )

    class Meta:
        model = Practice
        fields = list(HEADER)
        widgets = {"expires_on": day_input()}
        help_texts = {
            "audience": _("下書きの間は、自分の団体だけが見ます。公開すると、あとから狭められません。"),
            "contact": _("内線、課の代表メールなど。個人の名前は書かないでください。"),
            "expires_on": _("この日の30日前に知らせます。まだ使えるなら延ばせます。"),
        }

    def __init__(self, *args: Any, actor: Actor, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["areas"].choices = area_choices()
        fields["systems"].choices = system_choices(actor)
        fields["participants"].queryset = Organisation.objects.wards().exclude(pk=organisation.pk)
        fields["department"].queryset = (
            Department.objects.visible_to(actor)
            .filter(organisation=organisation, valid_to__isnull=True)
            .order_by("code")
        )
        if self.instance.registered_at is not None:
            del fields["kind"]
        if self.instance.pk:
            facts = HeaderFacts.of(self.instance)
            self.initial.update({name: sorted(getattr(facts, name)) for name in ("areas", "systems")})
            self.initial["participants"] = sorted(body.pk for body in facts.participants)
        else:
            self.initial.setdefault("expires_on", today() + USUAL_LIFE)
            self.initial["kind"] = PracticeKind.SUCCESS

    def clean(self) -> dict[str, Any]:
        """Ask for the organisations where the practice is for some of them."""
        cleaned = super().clean() or {}
        if cleaned.get("audience") == Visibility.PARTICIPANTS and not cleaned.get("participants"):
            self.add_error("participants", _("見せる団体を一つ以上選んでください。"))
        return cleaned

    def _post_clean(self) -> None:
        """Leave the record's own checks to the operation, so that the form does not change the record."""

    def facts(self) -> HeaderFacts:
        """Return what the person stated; organisations are named only where the audience asks for them."""
        data = self.cleaned_data
        chosen = data["participants"] if data["audience"] == Visibility.PARTICIPANTS else ()
        return HeaderFacts(
            **{name: data.get(name, getattr(self.instance, name)) for name in HEADER},
            areas=frozenset(data["areas"]),
            systems=frozenset(data["systems"]),
            participants=frozenset(chosen),
        )


class ReasonForm(NumberCheckedForm):
    """Why a practice is withdrawn."""

    written = ("reason",)
    reason = forms.CharField(label=_("取り下げた理由"), max_length=400, widget=lines(3))


class FileForm(forms.Form):
    """Files for the next ward."""

    purpose = forms.ChoiceField(label=_("使いみち"), choices=FilePurpose.choices)
    uploads = AttachmentsField(label=_("ファイル"), required=True)


class InviteForm(forms.Form):
    """Whom to ask for a review, by the staff id of a colleague of another ward."""

    username = forms.CharField(
        label=_("職員ID"), max_length=150, help_text=_("査読を頼む、ほかの区の職員のIDです。")
    )


class ReviewForm(NumberCheckedForm):
    """What a reviewer says, section by section."""

    comment = forms.CharField(label=_("全体への意見"), required=False, max_length=4000, widget=lines(4))

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        for name, title in sections:
            self.fields[f"on_{name}"] = forms.CharField(
                label=_("「%(section)s」への意見") % {"section": title},
                required=False,
                max_length=4000,
                widget=lines(2),
            )

    @property
    def written(self) -> tuple[str, ...]:  # type: ignore[override]
        """Every text of the form."""
        return ("comment", *(f"on_{name}" for name, _title in self.sections))

    def comments(self) -> dict[str, str]:
        """Return what is said about single sections."""
        return {name: self.cleaned_data[f"on_{name}"] for name, _title in self.sections}


def uuid_or_none(text: str) -> UUID | None:
    """Return the identifier that a hidden field carried, None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
