"""Verbs of adoptions, one file each."""

from yui.people.practices.operations.adoptions.begin_adoption import begin_adoption
from yui.people.practices.operations.adoptions.describe_changes import describe_changes
from yui.people.practices.operations.adoptions.record_own_effect import record_own_effect
from yui.people.practices.operations.adoptions.record_step import record_step

__all__ = ["begin_adoption", "describe_changes", "record_own_effect", "record_step"]
