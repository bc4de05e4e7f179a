"""The form that takes a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.importers import Importer
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation


class UploadForm(forms.Form):
    """A file, and the organisation where the reader may import for several."""

    file = forms.FileField(
        label=_("ファイル"),
        help_text=_("CSV、TSV、XLSX、XLS。文字コードは UTF-8 でも Shift_JIS でも読めます。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.gz,.xlsx,.xls"}),
    )
    sheet = forms.CharField(
        label=_("シート名"),
        required=False,
        max_length=100,
        help_text=_("空欄なら、見出しが合うシートを選びます。"),
    )

    def __init__(self, actor: Actor, importer: Importer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = importing_organisations(actor, importer)
        self.fields["organisation"] = forms.ModelChoiceField(
            queryset=Organisation.objects.filter(pk__in=[one.pk for one in allowed]),
            label=_("団体"),
            initial=allowed[0].pk if allowed else None,
            empty_label=None,
            widget=forms.HiddenInput() if len(allowed) == 1 else forms.Select(),
        )
        self.order_fields(["organisation", "file", "sheet"])


def importing_organisations(actor: Actor, importer: Importer) -> list[Organisation]:
    """Return the organisations for which the actor may import, the actor's own first."""
    ids = actor.organisation_ids_with(importer.verb)
    found = Organisation.objects.active().filter(pk__in=ids)
    order = [membership.organisation_id for membership in actor.memberships]
    return sorted(found, key=lambda organisation: order.index(organisation.pk))
