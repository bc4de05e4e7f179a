"""Names the kernel room ``tasks`` to Django."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Application configuration of ``yui.kernel.tasks``."""

    name = "yui.kernel.tasks"
    label = "tasks"
    command_group = "jobs"

    def ready(self) -> None:
        """Let links name a job."""
        # Models are loaded only now.
        from yui.kernel.links import register_resolver
        from yui.kernel.tasks.queries import resolve_links

        register_resolver("tasks.job", resolve_links)
