"""The forms of a page, as a browser would send them without a change."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form that posts: where to (empty for the page itself), and the fields with their values."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form and its fields; an empty field gets a text, so that the form looks filled in."""
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(found.get("action", "")) if found.get("method", "").lower() == "post" else None
            if self._form is not None:
                self.forms.append(self._form)
        if self._form is None:
            return
        name = found.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and found.get("value"):
            is_chosen = "selected" in found
            if is_chosen or not self._form.fields.get(self._select):
                self._form.fields[self._select] = found["value"]
        elif tag == "textarea":
            self._form.fields[name] = "walked"
        elif tag in {"input", "button"} and name and found.get("type") != "file":
            self._form.fields.setdefault(name, found.get("value") or _guess(found.get("type", "text")))

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a list of choices."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


def _guess(kind: str) -> str:
    return {"date": "2026-06-01", "datetime-local": "2026-06-01T10:00", "number": "5", "checkbox": "on"}.get(
        kind, "walked"
    )


def posting_forms(page: str) -> list[Form]:
    """Return the forms of ``page`` that post."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
