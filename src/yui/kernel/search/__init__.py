"""Full-text search over what the rooms register; every answer is limited to what the reader may see.

Rooms register their records here. ``yui.kernel.search.public`` asks (it needs Django to be set up).
"""

from yui.kernel.search.sources import SearchDocument, SearchSource, register_index

__all__ = ["SearchDocument", "SearchSource", "register_index"]
