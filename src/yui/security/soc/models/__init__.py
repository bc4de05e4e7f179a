"""Records of the SOC; one aggregate per file."""
