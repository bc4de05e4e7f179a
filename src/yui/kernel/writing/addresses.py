"""Which addresses a written text may lead to."""

import re
from urllib.parse import urlsplit

ATTACHMENT = re.compile(r"attachment:[0-9A-Za-z_-]{1,64}\Z")
_FOREIGN = re.compile(r"https?://[^/?#\\]", re.I)
_OWN = re.compile(r"/(?![/\\])")


def is_own_path(address: str) -> bool:
    """Return whether ``address`` is a path of this installation (never ``//host`` or ``/\\host``)."""
    return bool(_OWN.match(address)) and "\\" not in address


def foreign_host(address: str) -> str:
    """Return the host that a web address leads to, empty for own paths and mail.

    What stands before ``@`` is no host: ``https://yui.example@evil.example`` leads to ``evil.example``.
    """
    if not _FOREIGN.match(address):
        return ""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def is_safe_address(address: str) -> bool:
    """Return whether a link may lead to ``address``: web, mail, an own path, or an attachment."""
    if "\\" in address:
        return False
    if is_own_path(address) or ATTACHMENT.match(address):
        return True
    return bool(foreign_host(address)) or address.lower().startswith("mailto:")
