"""Yui's settings with one more address: the bare view that the list page is compared with."""

from yui.conf.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare_urls"
