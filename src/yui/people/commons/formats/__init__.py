"""Outside formats of the room: bytes to objects, pure."""
