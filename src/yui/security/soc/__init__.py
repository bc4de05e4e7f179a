"""共同CSIRT/SOC: logs in, detection, alerts and incidents by the clock."""
