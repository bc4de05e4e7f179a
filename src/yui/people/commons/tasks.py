"""The room's jobs, found by this file's name; each part keeps its own."""

from yui.people.commons import jobs_helping, jobs_intake

__all__ = ["jobs_helping", "jobs_intake"]
