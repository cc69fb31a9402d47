"""Structured logs on standard error, one JSON object a line, without personal data."""

import logging.config
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

PERSONAL = (
    "name", "phone", "mobile", "email", "passport", "document", "address", "birth", "identity", "password", "secret",
    "token", "cookie", "authorization", "answers", "body",
)
PLAIN = frozenset({"logger_name", "filename", "task_name", "hostname", "url_name", "app_name", "queue_name"})


def configure(_: Mapping[str, Any] | None = None) -> None:
    """Everything that logs, Django and libraries included, goes through one door. Safe to call again."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        drop_personal,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig({
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": sys.stderr}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "laihua": {"level": "INFO"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    })


def drop_personal(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Removes the value of every key that looks personal and says so; a log never needs it, the audit trail has it."""
    for key in [key for key in event if is_personal(key)]:
        event[key] = "[removed]"
    return event


def is_personal(key: str) -> bool:
    return key.lower() not in PLAIN and any(word in key.lower() for word in PERSONAL)
