"""Real computation of the room: pure functions; no Django."""
