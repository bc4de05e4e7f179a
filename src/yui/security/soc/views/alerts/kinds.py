"""The kinds of signs that several wards can have in common, in the reader's words."""

from django.utils.translation import gettext_lazy as _

from yui.security.soc.engine.joint.keys import KeyKind
from yui.security.soc.models import Level

KIND_WORDS = {
    KeyKind.IP: _("IPアドレス"),
    KeyKind.DOMAIN: _("ドメイン"),
    KeyKind.URL: _("URL"),
    KeyKind.HASH: _("ハッシュ値"),
    KeyKind.FILE: _("プログラムの名前"),
    KeyKind.RULE: _("検知ルール"),
    KeyKind.TECHNIQUE: _("ATT&CK技術"),
}
KIND_CHOICES = [(kind.value, word) for kind, word in KIND_WORDS.items()]
LEVEL_CHOICES = [(str(level.value), level.label) for level in sorted(Level, reverse=True)]


def kind_word(code: str) -> str:
    """Return the word for a kind."""
    return str(KIND_WORDS[KeyKind(code)]) if code in list(KeyKind) else code
