"""Names that point at any record of the house, and what they lead to for a given reader."""

from yui.kernel.links.registry import (
    Link,
    Resolver,
    UnknownKind,
    kind_and_id,
    register_resolver,
    resolve,
    urn,
)

__all__ = ["Link", "Resolver", "UnknownKind", "kind_and_id", "register_resolver", "resolve", "urn"]
