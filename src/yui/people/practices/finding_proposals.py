"""Where the URNs of improvement proposals lead, what search reads of them, and how they are outlined."""

from yui.kernel.links import Resolver
from yui.kernel.search import SearchSource

RESOLVERS: dict[str, Resolver] = {}
SOURCES: tuple[SearchSource, ...] = ()
