"""What a person states of a saved hunt."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.basis import BasedForm
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import HuntSharing, SavedHunt
from yui.security.soc.operations.hunting.facts import HuntFacts


class HuntForm(BasedForm):
    """Name, question, purpose, and who finds it; of a new one also for whom it is saved."""

    sharing = forms.ChoiceField(
        label=_("見える範囲"),
        choices=HuntSharing.choices,
        widget=forms.RadioSelect,
        initial=HuntSharing.PRIVATE,
        help_text=_("見えるのは名前、条件、ねらいです。調べられるのは、見る人が見られる区のログだけです。"),
    )

    class Meta:
        model = SavedHunt
        fields = ("name", "text", "span", "why", "is_daily")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "off"}),
            "why": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "why": _("何を探すのか、見つかったらどうするのか。"),
            "is_daily": _(
                "毎朝、前の日のログから数えて、保存した人に件数を知らせます。0件の日は知らせません。"
            ),
        }

    def __init__(self, *args: Any, owners: Sequence[Organisation] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["sharing"].initial = self.instance.sharing
        if len(owners) > 1:
            self.fields["organisation"] = forms.ChoiceField(
                label=_("団体"), choices=[(each.code, each.name) for each in owners]
            )
        self.order_fields(["organisation", "name", "text", "span", "why", "sharing", "is_daily"])

    def facts(self) -> HuntFacts:
        """Return what the person stated."""
        return HuntFacts(**{name: self.cleaned_data[name] for name in HuntFacts.names()})
