"""Questions about practices."""
