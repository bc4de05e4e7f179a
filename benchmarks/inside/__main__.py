"""Loads Django, then runs one part: ``python -m benchmarks.inside PART ARGUMENT…``; prints JSON."""

import json
import os
import sys
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yui.conf.settings")
django.setup()
print(json.dumps(import_module(f"benchmarks.inside.{sys.argv[1]}").main(*sys.argv[2:])))
