"""A field for Markdown: a text area, a hint, and a preview that works with and without scripts."""

from json import dumps

from django.forms import BoundField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yui.kernel.ui.components.fields import field
from yui.kernel.ui.components.icons import icon


def markdown_editor(bound: BoundField) -> SafeString:
    """Return the field ``bound`` of a form as an editor of Markdown.

    The button sends the whole form to the preview, in a tab of its own, so that nothing written is lost;
    where scripts run, the preview renews itself below the text. The form must carry its CSRF token.
    """
    address, target = reverse("writing:preview"), f"{bound.auto_id}_preview"
    bound.field.widget.attrs |= {
        "hx-post": address,
        "hx-trigger": "input delay:600ms changed",
        "hx-target": f"#{target}",
        "hx-swap": "innerHTML",
        "hx-sync": "this:replace",
        "data-alone": "preview_field",
        "hx-vals": dumps({"preview_field": bound.html_name}),
    }
    return format_html(
        '<div class="markdown-editor">{}<p class="field-help">{}</p>'
        '<p><button class="button" data-kind="secondary" type="submit" name="preview_field" value="{}"'
        ' formaction="{}" formmethod="post" formtarget="_blank" formnovalidate>{}<span>{}</span></button></p>'
        '<section class="markdown-preview" id="{}" aria-label="{}"></section></div>',
        field(bound), _hint(), bound.html_name, address, icon("eye"), _("プレビュー(新しいタブ)"),
        target, _("プレビュー"),
    )  # fmt: skip


def _hint() -> SafeString:
    """Return the line that says how Markdown is written."""
    return format_html(
        "{} <code>**{}**</code> <code>- {}</code> <code>1. {}</code> <code>[{}](https://…)</code> "
        "<code>@{}</code>",
        _("書き方:"), _("太字"), _("箇条書き"), _("番号つき"), _("リンク"), _("職員ID"),
    )  # fmt: skip
