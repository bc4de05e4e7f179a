"""Fast lists. The parts are imported from ``table``, ``columns``, ``filters`` and ``normalise``."""
