"""Pages of the SOC, one folder per subject."""
