"""The room's jobs, found by this file's name; each half keeps its own."""

from yui.people.practices import jobs_practices, jobs_proposals

__all__ = ["jobs_practices", "jobs_proposals"]
