# What there is to do here. Nothing but Python 3.11 or newer and make is needed to begin;
# after `make install` nothing needs the network.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help install run test quick test-postgres check format lint types floors procedures guide faults bench load screens docs forms lock sbom licences secrets audit clean

# Another Python:      make install PYTHON=/usr/bin/python3.12
# More words:          make run ARGS="--port 8001"      make test ARGS="-k hold"
# Tests in one process: make test WORKERS=0      (as a debugger wants it)
PYTHON ?=
ARGS ?=
WORKERS ?= 2
BIN := .venv/bin
READY := .venv/.ready

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(READY) ## set up .venv from the lock file (quick when nothing changed)
	@:

$(READY): requirements.lock pyproject.toml tools/set_up.py
	@for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        exec "$$python" tools/set_up.py .venv $(READY); \
	    fi; \
	done; \
	echo "practice-alerts needs Python 3.11 or newer, and $(or $(PYTHON),python3) is not." \
	    "Install one, or name it: make install PYTHON=/path/to/python3.11" >&2; exit 1

run: $(READY) ## start the product with sample data at http://localhost:8000
	@exec $(BIN)/practice-alerts serve --sample $(ARGS)

test: $(READY) ## run every test
	@$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder $(ARGS)

# From each floor what the others stand on. Of the commands those whose store is small: the sample office, for which
# others wait, takes a quarter of a minute to make.
QUICK := tests/domain tests/adapters/store/test_store.py tests/adapters/log/test_alert_log.py \
    tests/casework/acts/test_story.py tests/cli/commands/upkeep/test_backup.py \
    tests/cli/commands/test_seals.py tests/web/test_application.py

quick: $(READY) ## run the part of the tests that is done in about a minute
	@$(BIN)/python -m pytest $(QUICK) -m "not browser and not office" $(ARGS)

test-postgres: $(READY) ## run the tests of store, casework and stories with the store in PostgreSQL
	@PRACTICE_ALERTS_TEST_STORE=postgresql $(BIN)/python -m pytest tests/adapters/store tests/casework tests/stories $(ARGS)

check: format lint types floors procedures guide ## format, lint, types, import floors, procedures, strict guide build

format: $(READY)
	@$(BIN)/ruff format --check --diff .

lint: $(READY)
	@$(BIN)/ruff check .

types: $(READY)
	@$(BIN)/mypy

floors: $(READY)
	@$(BIN)/lint-imports --no-cache

procedures: $(READY)
	@$(BIN)/practice-alerts check

guide: $(READY) ## build the guidance site into build/site
	@$(BIN)/practice-alerts guide build

# In `make test` a dozen processes are killed, here two hundred.
faults: $(READY) ## play every fault of docs/reliability.md
	@PRACTICE_ALERTS_KILLS=200 $(BIN)/python -m pytest -q $$(grep -o 'tests/[a-z_/]*[.]py' docs/reliability.md | sort -u) $(ARGS)

load: $(READY) ## so many officers (PEOPLE=50) and others at work for so many minutes (MINUTES=10)
	@$(BIN)/python -m bench.load --people $(or $(PEOPLE),50) --minutes $(or $(MINUTES),10) $(ARGS)

bench: $(READY) ## measure, and print the figures of docs/performance.md
	@$(BIN)/python -m bench $(ARGS)

screens: $(READY) ## photograph every screen into docs/screens
	@$(BIN)/python -m tests.browser.photographs.screens docs/screens

docs: $(READY) ## make anew the pages of docs/ that follow from code and councils' files
	@$(BIN)/python -m tools.docs

forms: $(READY) ## as docs, and photograph each form's document (needs LibreOffice)
	@$(BIN)/python -m tools.docs pictures

SEARCHED := . ':!*.png' ':!*.docx' ':!*.xz' ':!*.woff2' ':!requirements.lock' ':!docs/schema' ':!.secrets.baseline'

sbom: $(READY) ## every library of the product as CycloneDX, into build/sbom.json
	@mkdir -p build && $(BIN)/python -m tools.components sbom >build/sbom.json && echo build/sbom.json

licences: $(READY) ## every library of the product with its licence
	@$(BIN)/python -m tools.components

secrets: $(READY) ## look for secrets in what git keeps
	@git ls-files -z -- $(SEARCHED) | xargs -0 $(BIN)/detect-secrets-hook --no-verify --baseline .secrets.baseline

audit: ## ask whether faults are known in the libraries (needs the network, and pipx install pip-audit)
	@command -v pip-audit >/dev/null || { echo "not run: pip-audit is not installed" >&2; exit 3; }
	@pip-audit --require-hashes --disable-pip --requirement requirements.lock

lock: ## choose versions anew and write requirements.lock (UPGRADE=1: the newest of all)
	@command -v uv >/dev/null || { echo "make lock needs uv, outside .venv: pipx install uv" >&2; exit 1; }
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    $(if $(UPGRADE),--upgrade) --group dev pyproject.toml --output-file requirements.lock

clean: ## remove what can be made again; data/ is left alone
	rm -rf .venv build dist practice_alerts.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
