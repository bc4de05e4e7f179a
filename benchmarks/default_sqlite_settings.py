"""Yui's settings with SQLite as Django sets it: deferred transactions, no write-ahead log."""

from yui.conf.settings import *  # noqa: F403
from yui.conf.settings import DATABASES

DATABASES["default"].pop("OPTIONS", None)
