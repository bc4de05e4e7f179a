"""What the room keeps: lists as people like to see them."""

from yui.kernel.tables.models.saved_view import SavedView

__all__ = ["SavedView"]
