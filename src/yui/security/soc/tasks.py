"""The SOC's jobs, found by this file's name; each subject keeps its own."""

from yui.security.soc import jobs_rota, jobs_rules

__all__ = ["jobs_rota", "jobs_rules"]
