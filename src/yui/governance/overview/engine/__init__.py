"""Pure computation of the overview: no Django, no database."""
