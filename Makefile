# Two commands: `make run` starts Yui with demonstration data, `make test` checks everything.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q
POSTGRESQL_TESTS ?= 1
BUILD := src/yui/kernel/ui/static/ui/build
WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -type f -print)
CATALOGUES := $(shell find src -name django.po)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# A Node that came with the environment stands in where the machine has none.
export PATH := $(abspath $(BIN)):$(PATH):$(abspath $(VENV))/node/bin

.PHONY: run test check unit postgresql spark bench wheel lock messages browser format clean

run: $(VENV)/.runtime $(BUILD)/manifest.json
	$(BIN)/yui up --demo

test: check unit

check: $(VENV)/.dev $(BUILD)/manifest.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src
	$(BIN)/lint-imports
	YUI_HOME=$$(mktemp -d) $(BIN)/yui makemigrations --check --dry-run

unit: $(VENV)/.dev $(BUILD)/manifest.json messages
	$(BIN)/python -m pytest -q -n auto --dist worksteal

postgresql: $(VENV)/.dev $(BUILD)/manifest.json messages
	YUI_TEST_POSTGRESQL=$(POSTGRESQL_TESTS) $(BIN)/python -m pytest -q -n auto --dist worksteal

# PySpark for the roll-up of a lake that one machine no longer holds; it needs a Java runtime.
spark: $(VENV)/.spark

$(VENV)/.spark: $(VENV)/.dev requirements-spark.lock
	command -v java >/dev/null || { echo "Spark needs Java 17: apt install openjdk-17-jre-headless" >&2; exit 1; }
	$(BIN)/pip install -q --require-hashes -r requirements-spark.lock
	touch $@

bench: $(VENV)/.dev $(BUILD)/manifest.json
	$(BIN)/python -m benchmarks

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install -q --require-hashes -r requirements.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	touch $@

$(VENV)/.node: $(VENV)/.runtime requirements-node.lock
	command -v npm >/dev/null || { \
	  $(BIN)/pip install -q --require-hashes -r requirements-node.lock && \
	  $(BIN)/python web/link_node.py $(VENV)/node/bin; }
	touch $@

web/node_modules/.installed: $(VENV)/.node web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	touch $@

$(BUILD)/manifest.json: web/node_modules/.installed $(WEB_SOURCES)
	cd web && npm run --silent build
	touch $@

wheel: $(VENV)/.runtime $(BUILD)/manifest.json messages
	$(BIN)/hatchling build -t wheel

messages: $(VENV)/.runtime $(CATALOGUES)
	$(BIN)/python -m yui.conf.catalogues

lock:
	$(UV_COMPILE) pyproject.toml --group build -o requirements.lock
	$(UV_COMPILE) pyproject.toml --group dev -o requirements-dev.lock
	$(UV_COMPILE) --group node -o requirements-node.lock
	$(UV_COMPILE) --group spark -o requirements-spark.lock

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Debian's Chromium and Japanese fonts, for the browser tests.
browser:
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk

clean:
	rm -rf dist web/node_modules $(BUILD) .mypy_cache .pytest_cache .ruff_cache
