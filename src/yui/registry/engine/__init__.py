"""Pure computation of the registry: no Django inside."""
