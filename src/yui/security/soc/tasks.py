"""The SOC's jobs, found by this file's name; each subject keeps its own."""

from yui.security.soc import jobs_hunting, jobs_incidents, jobs_rota, jobs_rules, jobs_store

__all__ = ["jobs_hunting", "jobs_incidents", "jobs_rota", "jobs_rules", "jobs_store"]
