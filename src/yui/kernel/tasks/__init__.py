"""Long work in the background: jobs with progress, cancel and retry, and a table of periodic work.

Rooms register with ``yui.kernel.tasks.registry`` and queue with ``yui.kernel.tasks.operations``.
"""
