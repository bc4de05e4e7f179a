"""Real computation of the SOC: pure functions over batches of log records; no Django."""
