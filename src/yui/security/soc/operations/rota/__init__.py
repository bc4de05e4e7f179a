"""Verbs of the SOC's rota."""
