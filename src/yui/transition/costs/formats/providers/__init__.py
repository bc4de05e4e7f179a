"""Conversion tables: how each provider's own bill becomes FOCUS 1.4, as data (one TOML file per provider)."""
