"""State which address ranges are a ward's own."""

from collections.abc import Sequence

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import OwnNetwork
from yui.security.soc.operations.senders.errors import TooManyNetworks
from yui.security.soc.operations.senders.proofs import network_of

MOST_NETWORKS = 100


@operation("soc.own_networks.set")
def keep_own_networks(actor: Actor, *, ward: Organisation, networks: Sequence[str]) -> bool:
    """Replace the ward's ranges (addresses or CIDR); tell whether anything changed.

    Raises:
        PermissionRefused: when the actor does not administer the ward.
        BadAddress: for a text that is no range, or one wider than /16 (IPv4) or /48 (IPv6).
        TooManyNetworks: when there are more than ``MOST_NETWORKS``.
    """
    require(actor, Verb.ADMINISTER, ward)
    wanted = sorted({network_of(text) for text in networks})
    if len(wanted) > MOST_NETWORKS:
        raise TooManyNetworks(MOST_NETWORKS)
    standing = OwnNetwork.objects.owned_by(ward)
    before = sorted(standing.values_list("network", flat=True))
    if before == wanted:
        record_nothing("the ranges are the same")
        return False
    standing.exclude(network__in=wanted).delete()
    OwnNetwork.objects.bulk_create(
        OwnNetwork(organisation=ward, network=network) for network in wanted if network not in before
    )
    record(
        ward,
        subject=urn("soc.own_networks", ward.code),
        summary="自区のアドレスの範囲を変えました。",
        changes={"networks": [before, wanted]},
    )
    return True
