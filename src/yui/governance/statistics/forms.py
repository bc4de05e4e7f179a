"""Forms of the room: each ends as facts for an operation."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.governance.statistics.facts import SeriesFacts, SourceFacts, Wanted
from yui.governance.statistics.models import CODE, Frequency, Series, Source, Topic
from yui.kernel.calendar_jp import today
from yui.kernel.scope.models import Visibility

SHOWN_TO = (Visibility.OWN, Visibility.WARDS, Visibility.PUBLIC)


class SourceForm(forms.ModelForm):
    """A source."""

    class Meta:
        model = Source
        fields = (
            "code",
            "title",
            "publisher",
            "address",
            "licence",
            "licence_text",
            "note",
            "visibility",
            "is_illustrative",
        )
        widgets = {
            "licence_text": forms.Textarea({"rows": 3}),
            "note": forms.Textarea({"rows": 3}),
        }
        help_texts = {
            "code": gettext_lazy("例: estat-0003448233。あとでファイルを取り込むときに使います。"),
            "address": gettext_lazy("公表した機関のページのアドレス"),
            "is_illustrative": gettext_lazy("実在の数字でないときに選びます。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, label) for value, label in Visibility.choices if value in SHOWN_TO]
        self.fields["visibility"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> SourceFacts:
        """Return what the person stated."""
        return SourceFacts(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    def _post_clean(self) -> None:
        """Leave the record as it is: the operation changes and checks it."""


class SeriesForm(forms.ModelForm):
    """What is said of a series."""

    class Meta:
        model = Series
        fields = ("code", "title", "title_en", "unit", "decimals", "frequency", "topic", "description")
        widgets = {"description": forms.Textarea({"rows": 3})}
        help_texts = {"decimals": gettext_lazy("画面に出す小数の桁(0から9まで)")}

    def facts(self) -> SeriesFacts:
        """Return what the person stated."""
        return SeriesFacts(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    def _post_clean(self) -> None:
        """Leave the record as it is: the operation changes and checks it."""


class LoadForm(forms.Form):
    """A file, when it was fetched, and what it leaves open."""

    file = forms.FileField(
        label=gettext_lazy("ファイル"),
        help_text=gettext_lazy("CSV、TSV、XLSX、XLS、またはe-StatのAPIが返すJSON"),
        widget=forms.ClearableFileInput({"accept": ".csv,.tsv,.txt,.gz,.xlsx,.xls,.json"}),
    )
    retrieved_on = forms.DateField(
        label=gettext_lazy("取得日"),
        help_text=gettext_lazy("公表した機関のページから取った日。新しい日の値が今の値になります。"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("分野"), choices=Topic.choices, initial=Topic.OTHER, required=False
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("頻度"),
        required=False,
        help_text=gettext_lazy("「2023」のように書いた期間が、年か年度かを決めます。"),
    )
    code = forms.CharField(
        label=gettext_lazy("系列のコード"),
        max_length=60,
        required=False,
        validators=[CODE],
        help_text=gettext_lazy("系列が1つだけの表で、表にコードがないときに書きます。"),
    )
    title = forms.CharField(label=gettext_lazy("系列名"), max_length=200, required=False)
    unit = forms.CharField(label=gettext_lazy("単位"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("ファイルから決める")), *Frequency.choices]
        self.fields["frequency"].choices = choices  # type: ignore[attr-defined]
        self.fields["retrieved_on"].initial = today()

    def clean_retrieved_on(self) -> date:
        """Refuse days to come: what is retrieved then would never be replaced."""
        day: date = self.cleaned_data["retrieved_on"]
        if day > today():
            raise ValidationError(_("今日までの日にしてください。"))
        return day

    def wanted(self) -> Wanted:
        """Return what the person said of the file."""
        names = ("code", "title", "unit", "frequency")
        texts = {name: self.cleaned_data[name].strip() for name in names}
        return Wanted(**texts, topic=self.cleaned_data["topic"] or Topic.OTHER)
