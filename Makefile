# Every target sets itself up: a machine needs Python 3.11 to 3.13 and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.current
export UV_PYTHON_DOWNLOADS := never
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup demo chat serve test live lint format bench eval crash lock docs clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv from the lock; does nothing when it is current

# uv comes out of the lock too, hash and all, by way of pip; uv then installs the rest in a second.
$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes requirements.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: setup ## talk to a seeded company; leaves nothing behind
	@$(BIN)/bursar demo

chat: setup ## talk to your own company (see `bursar init`)
	@$(BIN)/bursar chat

serve: setup ## run workers, health and metrics
	@$(BIN)/bursar serve

test: setup ## every test, on SQLite and PostgreSQL
	@$(BIN)/python -m pytest -n 2

live: setup ## ask the real providers whose keys are in the environment; costs a few cents
	@$(BIN)/python -m pytest -m live tests/live

lint: setup ## ruff, mypy, import order
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup ## let ruff rewrite what it can
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

bench: setup ## benchmarks with baseline and ratio; also in var/bench.json
	@$(BIN)/python -m tests.bench

eval: setup ## measure planner, replies, extraction and guards on the evaluation data beside the checkout
	@$(BIN)/python -m tests.bench.evaluate

crash: setup ## 1,000 kills of real processes, 2,000 runs of the ledger's model, hostile plans, quotas; over an hour
	@BURSAR_TEST_KILLS=1000 BURSAR_TEST_RUNS=2000 BURSAR_TEST_PLANS=100000 \
		BURSAR_TEST_EVENTS=100000 BURSAR_TEST_ZONES=full \
		$(BIN)/python -m pytest -n 2 -rP --timeout 7200 \
		tests/crash tests/property/test_ledger_machine.py tests/property/test_hostile_plans.py \
		tests/property/test_use_replay.py tests/property/test_recurrence_zones.py

lock: setup ## resolve pyproject.toml anew into requirements.lock
	@$(BIN)/uv lock --quiet
	@$(BIN)/uv export --quiet --format requirements.txt --no-header --no-annotate --no-emit-project --all-extras --all-groups > requirements.lock

docs: setup ## write docs/configuration.md from the settings
	@$(BIN)/python -m bot.cli config reference > docs/configuration.md

clean: ## remove the environment and all state in var
	@rm -rf $(VENV) var
