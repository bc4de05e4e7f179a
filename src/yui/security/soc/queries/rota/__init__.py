"""Reads of the SOC's rota."""
