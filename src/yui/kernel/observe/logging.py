"""How Yui writes its logs: one JSON object a line, on standard error, without secrets.

Named by the settings, so nothing here may import Django's settings or models.
"""

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

REMOVED = "[removed]"
_SECRET_NAME = re.compile(r"pass(word|wd)|secret|token|cookie|authorization|api_?key|session|csrf|otp", re.I)
_SECRET_IN_TEXT = re.compile(
    r"(?i)(\b(?:password|passwd|secret|token|api_?key|authorization)\b[\"']?\s*[=:]\s*)"
    r"[\"']?((?:bearer\s+|basic\s+)?[^\s,;&\"']+)|(://[^/\s:@]+:)([^@\s/]+)(?=@)"
)


def remove_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Blank the values of keys that name secrets, and secrets spelled out in text (also in addresses)."""
    for key, value in event.items():
        if _SECRET_NAME.search(key):
            event[key] = REMOVED
        elif isinstance(value, str):
            event[key] = _SECRET_IN_TEXT.sub(lambda found: (found[1] or found[3]) + REMOVED, value)
    return event


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def configure_structlog() -> None:
    """Send what structlog is given through Python's logging, whose settings decide the form."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_settings(level: str = "INFO", *, for_people: bool = False) -> dict[str, Any]:
    """Return what Django's ``LOGGING`` wants.

    Args:
        level: the least severe level that is written.
        for_people: lines for a developer's terminal instead of JSON.
    """
    last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if for_people:
        # Plain tracebacks: showing local variables could print secrets, or ask a dead database again.
        plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        last += [remove_secrets, plain]
    else:
        as_json = structlog.processors.JSONRenderer(ensure_ascii=False)
        last += [structlog.processors.format_exc_info, remove_secrets, as_json]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "yui": {
                "()": "structlog.stdlib.ProcessorFormatter",
                "processors": last,
                "foreign_pre_chain": _shared(),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "yui"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Every request has its own line from the middleware, and Django's names the whole path.
            "django.request": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False},
            "django.server": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.tasks": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
            "_granian": {"level": "WARNING"},
        },
    }
