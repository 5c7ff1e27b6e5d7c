# mmfast: everything from a fresh clone to a running server. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
ARGS ?=

EXTENSION := $(wildcard mmfast_ext/*.pyx mmfast_ext/*.pxd)
BUILT := $(VENV)/.built
BUILT_FOR_TESTS := $(VENV)/.built-for-tests
BUILT_FOR_BENCH := $(VENV)/.built-for-bench
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help build serve test lint types bench load clients clean distclean
.DEFAULT_GOAL := help

help:  ## show this list
	@echo "usage: make TARGET [ARGS=\"...\"] [DATA=folder] [PYTHON=python3.x]"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-12s%s\n", $$1, $$2}'

build: $(BUILT)  ## make the virtual environment, build the extension, install; leaves .venv/bin/mmfast

serve: $(BUILT)  ## build, then serve on port 8065 with all data under ./data; ARGS="--workers 2" is passed on
	@exec $(BIN)/mmfast serve --data-dir $(DATA) $(ARGS)

test: $(BUILT_FOR_TESTS)  ## build, then run the tests; ARGS="tests/platform -k name" narrows them
	$(BIN)/python -m pytest $(ARGS)

lint: $(BUILT_FOR_TESTS)  ## check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(BUILT_FOR_TESTS)  ## check types
	$(BIN)/mypy

bench: $(BUILT_FOR_BENCH)  ## measure hot paths, fan-out, CPU per request and active users, all briefly, in five minutes
	$(BIN)/python -m bench.micro
	$(BIN)/python -m bench.fanout
	$(BIN)/python -m bench.rest --rounds 1 --count 300
	$(BIN)/python -m bench.load --users 40 --seconds 40
	$(BIN)/python -m bench.sizing

load: $(BUILT_FOR_BENCH)  ## let active users loose on a server of its own; ARGS="--users 300 --seconds 300", ARGS=--ui
	$(BIN)/python -m bench.load $(ARGS)

clients: $(BUILT_FOR_TESTS)  ## drive a server with the official clients
	$(BIN)/python -m pytest tests/clients $(ARGS)

clean:  ## remove what was built; keeps ./data
	rm -rf build *.egg-info mmfast_ext/*.c mmfast_ext/*.so .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
	rm -f $(BUILT) $(BUILT_FOR_TESTS) $(BUILT_FOR_BENCH)

distclean: clean  ## clean, and remove the virtual environment too
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "mmfast needs Python 3.11 or newer; '$(PYTHON)' is not. Try: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >$(VENV).log 2>&1 || \
	  { rm -rf $(VENV); tail -n 3 $(VENV).log >&2; rm -f $(VENV).log; \
	    echo "The virtual environment could not be made; on Debian install python3-venv." >&2; exit 1; }
	@rm -f $(VENV).log

$(BUILT): $(VENV)/bin/python pyproject.toml setup.py $(EXTENSION)
	@echo "Installing mmfast and building its extension (the first time takes a few minutes) ..."
	@$(PIP) install --editable . || \
	  { echo "Installing failed: it needs the network or a pip mirror, a C compiler (gcc) and Python's headers (python3-dev)." >&2; exit 1; }
	@touch $@

$(BUILT_FOR_TESTS): $(BUILT)
	@echo "Installing what the tests need ..."
	@$(PIP) install --editable '.[test]' || \
	  { echo "Installing the test tools failed: see pip's message above." >&2; exit 1; }
	@touch $@

$(BUILT_FOR_BENCH): $(BUILT)
	@echo "Installing what the benches need ..."
	@$(PIP) install --editable '.[bench]' || \
	  { echo "Installing the load generator failed: see pip's message above." >&2; exit 1; }
	@touch $@
