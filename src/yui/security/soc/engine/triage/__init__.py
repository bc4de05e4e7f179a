"""Pure rules of triage: what is worked together, in which order, and what may be one incident."""
