"""Names that point at any record of the house, and what they lead to for a given reader."""

from yui.kernel.links.outlines import (
    NextStep,
    Outline,
    next_steps,
    outline_of,
    register_next_step,
    register_outline,
)
from yui.kernel.links.registry import (
    Link,
    Resolver,
    UnknownKind,
    kind_and_id,
    register_resolver,
    resolve,
    urn,
)

__all__ = [
    "Link",
    "NextStep",
    "Outline",
    "Resolver",
    "UnknownKind",
    "kind_and_id",
    "next_steps",
    "outline_of",
    "register_next_step",
    "register_outline",
    "register_resolver",
    "resolve",
    "urn",
]
