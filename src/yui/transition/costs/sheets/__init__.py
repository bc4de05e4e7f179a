"""The tables that the room takes in beside bills."""
