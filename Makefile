# Every command sets itself up: a virtual environment of its own and dependencies locked by hash.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= python3
WORKERS ?= auto

.PHONY: help run test test-all check format lint types layers pictures lock permissions states messages bundle clean

help: ## what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 20

run: $(VENV)/run.stamp ## set up and start the bot (without BOT_TOKEN: the sandbox at http://127.0.0.1:8090/)
	@exec $(BIN)/python -m bot run

test: $(VENV)/dev.stamp ## fast tests and journeys over HTTP
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow and not browser"

test-all: test ## everything: after the fast tests the slow suites and the browser
	$(BIN)/python -m pytest -n $(WORKERS) -m "slow or browser"

check: format lint types layers test ## format, lint, types, layers, tests

format: $(VENV)/dev.stamp ## is the code formatted
	$(BIN)/ruff format --check .

lint: $(VENV)/dev.stamp ## ruff, each exception with its reason
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp ## mypy --strict, tests included
	$(BIN)/mypy

layers: $(VENV)/dev.stamp ## who may import whom
	$(BIN)/lint-imports

pictures: $(VENV)/dev.stamp ## take the pictures of the documents anew (needs Chromium, LibreOffice Writer, poppler-utils)
	$(BIN)/python -m tests.support.pictures

lock: $(VENV)/dev.stamp ## write the lock files anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--extra dev pyproject.toml -o requirements-dev.txt

states: $(VENV)/dev.stamp ## write docs/ru/states.md anew
	$(BIN)/python -m bot.drawing > docs/ru/states.md

messages: $(VENV)/dev.stamp ## write docs/ru/messages.md anew, out of the journeys
	$(BIN)/python -m tests.support.messages

bundle: $(VENV)/dev.stamp ## pack dist/mcu-pilot-….tar.gz, which installs without a network (deploy/README.md)
	@$(BIN)/python -m deploy.bundle

permissions: $(VENV)/dev.stamp ## write docs/permissions.md anew
	$(BIN)/python -m bot.permissions > docs/permissions.md

clean: ## drop the environment and the caches; data stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Нужен Python 3.11 или новее: sudo apt install python3, либо PYTHON=/путь/к/python3.11 make …"; exit 2; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || uv venv --quiet --seed --python $(PYTHON) $(VENV) 2>/dev/null || \
		$(PYTHON) -m virtualenv --quiet $(VENV) 2>/dev/null || \
		{ echo "Не из чего сделать окружение: sudo apt install python3-venv"; exit 2; }
	@touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp requirements.txt
	@echo "Ставлю зависимости (один раз)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/made.stamp requirements-dev.txt
	@echo "Ставлю зависимости для разработки (один раз)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp
