"""The wards' own address ranges."""

from ipaddress import ip_network

from yui.security.soc.engine.joint.keys import Network
from yui.security.soc.models import OwnNetwork

WHY = "an address of one ward in another's logs must not name it"


def own_networks() -> tuple[Network, ...]:
    """Return the ranges of all wards together, in a fixed order."""
    texts = OwnNetwork.objects.unscoped(WHY).order_by("network").values_list("network", flat=True).distinct()
    return tuple(ip_network(text) for text in texts)
