"""Form parts: a field with label, help and errors tied together; buttons; the place to drop a file."""

from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, HiddenInput
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yui.kernel.ui.components.icons import icon

NOTHING = SafeString("")
BUTTON_KINDS = frozenset({"primary", "secondary", "quiet", "danger"})


def field(bound: BoundField) -> SafeString:
    """Return a form field: label, need, help, errors and control.

    Help and errors carry the ids that Django names in the control's ``aria-describedby``; groups of
    radio buttons or check boxes become a ``fieldset`` with a ``legend``.
    """
    widget = bound.field.widget
    if isinstance(widget, HiddenInput):
        return SafeString(bound)
    control = SafeString(bound.as_widget())
    texts = SafeString(_help(bound) + _errors(bound))
    invalid = SafeString(" data-invalid") if bound.errors else NOTHING
    if bound.use_fieldset:
        described = (
            format_html(' aria-describedby="{}"', bound.aria_describedby)
            if bound.aria_describedby
            else NOTHING
        )
        return format_html(
            '<fieldset class="field" data-group{}{}><legend class="field-label">{}{}</legend>{}{}</fieldset>',
            invalid, described, bound.label, _need(bound), texts, control,
        )  # fmt: skip
    label = format_html(
        '<label class="field-label" for="{}">{}{}</label>', bound.id_for_label, bound.label, _need(bound)
    )
    if isinstance(widget, CheckboxInput):
        return format_html(
            '<div class="field" data-check{}><div>{}{}</div>{}</div>', invalid, control, label, texts
        )
    return format_html('<div class="field"{}>{}{}{}</div>', invalid, label, texts, control)


def fields(form: BaseForm) -> SafeString:
    """Return every field of ``form`` in order, hidden ones included."""
    return format_html_join("", "{}", ((field(bound),) for bound in form))


def form_errors(form: BaseForm) -> SafeString:
    """Return the summary of what is wrong, each entry a link to its field; nothing for a valid form."""
    if not form.errors:
        return NOTHING
    entries = [
        format_html('<li><a href="#{}">{}: {}</a></li>', bound.id_for_label, bound.label, error)
        for bound in form.visible_fields()
        for error in bound.errors
    ]
    entries += [format_html("<li>{}</li>", error) for error in form.non_field_errors()]
    entries += [format_html("<li>{}</li>", error) for bound in form.hidden_fields() for error in bound.errors]
    return format_html(
        '<div class="notice" data-level="error" role="alert">{}<div class="notice-body">'
        '<p class="notice-title">{}</p><ul>{}</ul></div></div>',
        icon("error"),
        _("入力を直してください(%(count)s件)") % {"count": len(entries)},
        SafeString("".join(entries)),
    )  # fmt: skip


def button(
    text: str, *, kind: str = "primary", url: str = "", sign: str = "", name: str = "", value: str = "",
    type: str = "submit", form: str = "", disabled: bool = False, download: bool = False,
) -> SafeString:  # fmt: skip
    """Return a button, or with ``url`` a link that looks like one; ``sign`` names an icon before the words.

    ``kind`` is primary, secondary, quiet or danger; anything else reads as secondary.
    """
    look = kind if kind in BUTTON_KINDS else "secondary"
    picture = icon(sign) if sign else NOTHING
    if url:
        extra = SafeString(" download") if download else NOTHING
        return format_html(
            '<a class="button" data-kind="{}" href="{}"{}>{}<span>{}</span></a>',
            look,
            url,
            extra,
            picture,
            text,
        )
    given = {"name": name, "value": value, "form": form}
    attributes = format_html_join("", ' {}="{}"', ((key, item) for key, item in given.items() if item != ""))
    return format_html(
        '<button class="button" data-kind="{}" type="{}"{}{}>{}<span>{}</span></button>',
        look, type, attributes, SafeString(" disabled") if disabled else NOTHING, picture, text,
    )  # fmt: skip


def post_button(
    text: str, url: str, token: str, *, kind: str = "secondary", sign: str = "", **data: Any
) -> SafeString:
    """Return a one-button form that posts ``data`` to ``url`` with the request's CSRF ``token``."""
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', data.items())
    return format_html(
        '<form class="inline-form" method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}{}</form>',
        url, token, hidden, button(text, kind=kind, sign=sign),
    )  # fmt: skip


def dropzone(bound: BoundField, *, text: str = "") -> SafeString:
    """Return a file field as a place to drop files on; without scripts it is the browser's own chooser."""
    return format_html(
        '<div class="field dropzone" data-dropzone{}>{}<label class="field-label" for="{}">{}{}</label>'
        '<p class="dropzone-text">{}</p>{}{}{}<p class="dropzone-chosen" role="status"></p></div>',
        SafeString(" data-invalid") if bound.errors else NOTHING,
        icon("upload"), bound.id_for_label, bound.label, _need(bound),
        text or _("ここにファイルを置くか、選んでください。"), SafeString(bound.as_widget()),
        _help(bound), _errors(bound),
    )  # fmt: skip


def _need(bound: BoundField) -> SafeString:
    return format_html('<span class="field-need">{}</span>', _("必須")) if bound.field.required else NOTHING


def _help(bound: BoundField) -> SafeString:
    if not bound.help_text:
        return NOTHING
    return format_html(
        '<div class="field-help" id="{}_helptext">{}</div>', bound.auto_id, SafeString(bound.help_text)
    )


def _errors(bound: BoundField) -> SafeString:
    if not bound.errors:
        return NOTHING
    items = format_html_join("", "<li>{}</li>", ((error,) for error in bound.errors))
    return format_html('<ul class="field-errors" id="{}_error">{}</ul>', bound.auto_id, items)
