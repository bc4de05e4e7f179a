"""The small icon set: strokes on a 20-unit grid, drawn in the colour of the text around them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

SHAPES: dict[str, str] = {
    "add": "M10 4v12M4 10h12",
    "alert": "M10 3 18 17H2zM10 8.5v4M10 14.6v.4",
    "bell": "M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.2 17.5h3.6",
    "book": "M4 4h5a2 2 0 0 1 1 1v11a2 2 0 0 0-1-1H4zM16 4h-5a2 2 0 0 0-1 1v11a2 2 0 0 1 1-1h5z",
    "building": "M4 17V4h8v13M12 8h4v9M2.5 17h15M6.5 7h3M6.5 10h3M6.5 13h3",
    "calendar": "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5",
    "chart": "M3.5 3.5v13h13M6.5 13l3-4 2.5 2L16 6",
    "chat": "M3.5 4.5h13v9h-7l-3.5 3v-3H3.5z",
    "check": "m4 10.5 4 4 8-9",
    "clock": "M10 3.2a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 0 0 0-13.6M10 6v4.2l2.8 1.6",
    "close": "m5 5 10 10M15 5 5 15",
    "contract": "M5 2.8h7l3 3v11.4H5zM12 2.8v3h3M7.5 9h5M7.5 12h5M7.5 15h2.5",
    "copy": "M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7",
    "dot": "M10 8.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3",
    "down": "m5.5 8 4.5 4.5L14.5 8",
    "download": "M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13",
    "edit": "m4 13.5-.5 3 3-.5L16 6.5 13.5 4zM11.5 6l2.5 2.5",
    "empty": "M3.5 11 6 4.5h8l2.5 6.5v5.5h-13zM3.5 11h4l1 2h3l1-2h4",
    "exit": "M12 4H4.5v12H12M8.5 10h8M13.5 7l3 3-3 3",
    "external": "M11 3.5h5.5V9M16.5 3.5 9.5 10.5M14 12v4.5H3.5V6H8",
    "eye": (
        "M2 10c2-3.7 4.8-5.5 8-5.5s6 1.8 8 5.5c-2 3.7-4.8 5.5-8 5.5S4 13.7 2 10"
        "M10 7.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6"
    ),
    "fall": "M10 4v12M5.5 11.5 10 16l4.5-4.5",
    "file": "M5 2.8h7l3 3v11.4H5zM12 2.8v3h3",
    "filter": "M3.5 5h13M6 10h8M8.5 15h3",
    "flag": "M5 17.5V3.5h10l-2 3.5 2 3.5H5",
    "folder": "M3 5.5h5l1.5 2H17v8.5H3z",
    "graph": (
        "M5 5.5 15 9M5.5 6.5 9 15M10 15l5-5M5 3.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3"
        "M15.5 8a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3M9.5 14a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3"
    ),
    "grid": "M3.5 3.5h5.5v5.5H3.5zM11 3.5h5.5v5.5H11zM3.5 11h5.5v5.5H3.5zM11 11h5.5v5.5H11z",
    "heart": "M10 16.5 4.2 10.8a3.6 3.6 0 0 1 5.1-5.1l.7.7.7-.7a3.6 3.6 0 0 1 5.1 5.1z",
    "history": "M4 6.5A7 7 0 1 1 3.2 11M3.5 3.5v3.5H7M10 6.5v4l2.5 1.5",
    "home": "m3 9.5 7-6 7 6M5 8v8.5h3.5V12h3v4.5H15V8",
    "info": "M10 3.2a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 0 0 0-13.6M10 9v5M10 6.2v.4",
    "key": "M7 9a3.5 3.5 0 1 0 0 2h3.5l1.5 1.5 1.5-1.5 1.5 1.5 2-2-1.5-1.5zM5 10h.1",
    "left": "M12 5.5 7.5 10l4.5 4.5",
    "link": (
        "M8.5 11.5a3 3 0 0 0 4.3 0l2.7-2.7a3 3 0 0 0-4.3-4.3L10 5.7"
        "M11.5 8.5a3 3 0 0 0-4.3 0l-2.7 2.7a3 3 0 0 0 4.3 4.3L10 14.3"
    ),
    "list": "M7 5h9.5M7 10h9.5M7 15h9.5M3.5 5h.1M3.5 10h.1M3.5 15h.1",
    "lock": "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9M10 12v1.5",
    "mail": "M3 5h14v10.5H3zM3.5 5.5 10 11l6.5-5.5",
    "map": "m3 5 4.5-1.5 5 1.5L17 3.5V15l-4.5 1.5-5-1.5L3 16.5zM7.5 3.5V15M12.5 5v11.5",
    "menu": "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
    "minus": "M4 10h12",
    "money": "m5.5 3.5 4.5 6 4.5-6M10 9.5v7M6 10h8M6 13h8",
    "person": "M10 3.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M4 17c0-3.2 2.5-5 6-5s6 1.8 6 5",
    "people": (
        "M7.5 4a2.7 2.7 0 1 0 0 5.4A2.7 2.7 0 0 0 7.5 4M2.5 16c0-3 2-4.6 5-4.6s5 1.6 5 4.6"
        "M13 4.5a2.5 2.5 0 0 1 0 4.7M14.5 11.7c1.9.6 3 2.1 3 4.3"
    ),
    "print": "M6 7V3.5h8V7M6 13.5H3.5V7h13v6.5H14M6 11.5h8v5H6z",
    "refresh": "M16 8A6.5 6.5 0 0 0 4.5 6.5M4 12a6.5 6.5 0 0 0 11.5 1.5M4.5 3v3.5H8M15.5 17v-3.5H12",
    "rise": "M10 16V4M5.5 8.5 10 4l4.5 4.5",
    "right": "M8 5.5 12.5 10 8 14.5",
    "search": "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M13 13l4 4",
    "server": "M3.5 4h13v5h-13zM3.5 11h13v5h-13zM6 6.5h.1M6 13.5h.1M9 6.5h5M9 13.5h5",
    "settings": (
        "M3.5 6h7M14.5 6h2M3.5 14h2M9.5 14h7M12.5 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4"
        "M7.5 12a2 2 0 1 0 0 4 2 2 0 0 0 0-4"
    ),
    "shield": "M10 3 16 5v4.5c0 3.5-2.5 6-6 7.5-3.5-1.5-6-4-6-7.5V5z",
    "table": "M3.5 4h13v12h-13zM3.5 8h13M3.5 12h13M8.5 4v12",
    "target": (
        "M10 3.2a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 0 0 0-13.6"
        "M10 6.7a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6M10 10h.1"
    ),
    "tool": (
        "M12.5 3.5a4 4 0 0 0-3.8 5.3l-5.2 5.2 2.5 2.5 5.2-5.2"
        "a4 4 0 0 0 5.2-4.9l-2.4 2.4-2.4-.4-.4-2.4 2.4-2.4a4 4 0 0 0-1.1-.1"
    ),
    "trash": "M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5",
    "undo": "M4 8h8a4 4 0 0 1 0 8H7M7 4.5 3.5 8 7 11.5",
    "up": "m5.5 12.5 4.5-4.5 4.5 4.5",
    "upload": "M10 13V3.5M6 7l4-4 4 4M3.5 16.5h13",
}
"""Path data by name; names say what the icon shows or does."""

ALIASES = {
    "alarm": "bell", "audit": "history", "bpr": "graph", "commons": "chat", "costs": "money", "cost": "money",
    "warning": "alert", "error": "alert", "success": "check", "delete": "trash", "export": "download",
    "import": "upload",
    "inbox": "empty", "indicators": "target", "indicator": "target", "jobs": "refresh", "learning": "book",
    "member": "person", "members": "people", "next": "right", "previous": "left", "organisation": "building",
    "organisations": "building", "overview": "grid", "procurement": "contract", "registry": "server",
    "security": "shield", "system": "server", "systems": "server", "task": "list", "tasks": "list",
    "user": "person", "users": "people", "ward": "building", "wards": "map", "work": "list",
    "arrow-right": "right", "arrow-left": "left", "chevron-down": "down", "plus": "add", "file": "contract",
    "document": "contract", "report": "contract", "data": "table", "yen": "money", "time": "clock",
}  # fmt: skip
"""Other words that rooms may use for the same pictures."""


def icon(name: str) -> SafeString:
    """Return the decorative icon ``name`` (hidden from screen readers); an unknown name draws a dot."""
    path = SHAPES.get(ALIASES.get(name, name), SHAPES["dot"])
    return format_html(
        '<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        path,
    )
