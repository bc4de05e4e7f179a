"""Asks an OpenID provider for its description (OpenID Connect Discovery 1.0, section 4)."""

import json

import requests
from django.utils.translation import gettext as _

NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
WELL_KNOWN = "/.well-known/openid-configuration"
LARGEST_BYTES = 256 * 1024


class ProviderUnusable(Exception):
    """The provider cannot be used; the message says why, without showing what the address answered."""


def check_provider(issuer: str, session: requests.Session) -> None:
    """Return if the provider describes itself as OpenID Connect asks.

    Only the kind of failure is told, never the answer: the page must not become a way of reading
    addresses inside the network.

    Raises:
        ProviderUnusable: when it does not answer, answers something else, or names another issuer.
    """
    address = issuer.rstrip("/") + WELL_KNOWN
    try:
        response = session.get(address, stream=True)
        body = response.raw.read(LARGEST_BYTES + 1, decode_content=True)
    except requests.RequestException as error:
        raise ProviderUnusable(
            _("認証サービスにつながりません。URLと、Yuiからの通信の許可を確かめてください。")
        ) from error
    if response.status_code != requests.codes.ok or len(body) > LARGEST_BYTES:
        raise ProviderUnusable(
            _("認証サービスの説明(openid-configuration)がありません。URLを確かめてください。")
        )
    description = _decoded(body)
    missing = [name for name in NEEDED if not description.get(name)]
    if missing:
        raise ProviderUnusable(
            _("認証サービスの説明に足りない項目があります: {names}").format(names=", ".join(missing))
        )
    if str(description["issuer"]).rstrip("/") != issuer.rstrip("/"):
        raise ProviderUnusable(
            _("認証サービスが名乗る発行者が、設定したURLと違います。URLを確かめてください。")
        )


def _decoded(body: bytes) -> dict[str, object]:
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise ProviderUnusable(_("認証サービスの説明を読めません。URLを確かめてください。"))
    return value
