# Two commands matter: `make demo` and `make test`. Both need Python 3.11 and make, nothing else.

PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3))
BIN    := .venv/bin
RUN    := $(BIN)/python -m
CORES  ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test lint types imports tests browser bench bench-prechecks attacks hostile docs lock clean

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 12

demo: .venv/.run  ## Run the hall with invented people; Ctrl-C stops it, the data stays in ./data
	@exec $(BIN)/laihua demo

test: .venv/.dev browser lint types imports  ## Check everything: lint, types, import order, then all tests
	@$(RUN) pytest -n $(CORES) --dist loadfile

lint: .venv/.dev  ## Ruff
	@$(RUN) ruff check .

types: .venv/.dev  ## mypy
	@LAIHUA_DEMO=1 $(RUN) mypy

imports: .venv/.dev  ## Imports run downwards only
	@LAIHUA_DEMO=1 $(BIN)/lint-imports

tests: .venv/.dev  ## The tests alone
	@$(RUN) pytest -n $(CORES) --dist loadfile

browser:
	@sh tools/browser.sh

bench: .venv/.dev  ## Measure, and write docs/reference/benchmarks.md
	@$(RUN) bench

bench-prechecks: .venv/.dev  ## Measure pre-review on its corpus, and write docs/reference/prechecks.md
	@$(RUN) bench.prechecks

attacks: .venv/.dev  ## Attack the hall, and write docs/reference/security-figures.md
	@$(RUN) bench.attacks

hostile: .venv/.dev  ## A thousand hostile files through the gate, and docs/reference/hostile.md
	@$(RUN) bench.hostile

docs: .venv/.run  ## Write docs/reference/ from the services and the code
	@$(BIN)/laihua docs

lock:  ## Compile requirements/*.txt anew (needs uv)
	@for part in base dev; do uv pip compile --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --quiet requirements/$$part.in -o requirements/$$part.txt; done

clean:  ## Remove the virtual environment; the data folder stays
	rm -rf .venv

# The stamp says that what the lock file names is installed. Hashes are checked; nothing is built.
.venv/.run: requirements/base.txt | .venv/bin/laihua
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $<
	@touch $@

.venv/.dev: requirements/dev.txt | .venv/bin/laihua
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $<
	@touch $@ .venv/.run

.venv/bin/laihua:
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed: apt-get install python3.11 python3.11-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "$(PYTHON) is too old: Python 3.11 or later is needed. Name it: make demo PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv
	@echo "$(CURDIR)" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/laihua.pth"
	@printf '#!%s\nfrom laihua.cli import program\nprogram()\n' "$(CURDIR)/$(BIN)/python" > $@
	@chmod +x $@
