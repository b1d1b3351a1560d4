# `make run` and `make test` are all the set-up that there is.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
PROVING := tests/core tests/knowledge tests/spec
.DEFAULT_GOAL := help
.PHONY: help run test check lint types browser unit oracle books mutants fmt shots docs bench pins clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Masseter needs Python 3.11 or newer: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python lacks its venv module: install it (Debian: apt install python3-venv)"; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run: .venv/made requirements/run.txt pyproject.toml
	@echo "Installing what Masseter needs (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: .venv/run requirements/test.txt
	@echo "Installing what the tests need (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/test.txt
	@touch $@

run: .venv/run ## Start Masseter with its demo clinic
	@$(BIN)/python -m masseter.ui.build
	@$(BIN)/masseter run

check: .venv/test ## Linters, types, import contracts, knowledge
	@$(MAKE) --no-print-directory -j 2 lint types

lint: .venv/test
	@$(BIN)/ruff format --check --quiet . || { echo "Run: make fmt"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/masseter knowledge check

types: .venv/test
	@MASSETER_DB_ROLE=none $(BIN)/mypy

browser: .venv/test
	@$(BIN)/python -m masseter.ui.build
	@$(BIN)/python -m tests.browser

test: .venv/test ## Everything: linters, types, contracts, unit, property, integration and browser tests
	@$(MAKE) --no-print-directory -j 2 types browser lint
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

unit: .venv/test ## The tests without a browser: make unit ARGS="tests/core -k dose"
	@$(BIN)/python -m pytest -m "not browser" $(ARGS)

coverage: .venv/test ## Every line and branch of core and knowledge is run by their own tests, or it fails
	@$(BIN)/coverage run -m pytest -q -p no:randomly $(PROVING)
	@$(BIN)/coverage report --fail-under=100

oracle: .venv/test ## Judge 100,000 generated plans against the independent reckoning (about ten minutes)
	@ORACLE_PLANS=100000 $(BIN)/python -m pytest -q -p no:randomly tests/properties/test_oracle.py

books: .venv/test ## Many hands and killed processes on the vials, at length (about ten minutes)
	@BOOKS_EXAMPLES=100 BOOKS_STEPS=30 $(BIN)/python -m pytest -q -p no:randomly tests/properties/test_books.py

mutants: .venv/test ## Break one room of core on purpose and count what the tests notice: make mutants ROOM=inject
	@$(BIN)/python -m tests.mutants $(ROOM) $(ARGS)

fmt: .venv/test ## Format the code
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

shots: browser ## Screenshots of every page, three widths, light and dark, into shots/
	@$(BIN)/python -m tests.shots

docs: .venv/test ## Write the generated reference pages
	@$(BIN)/masseter docs build docs

bench: .venv/test ## Measure the figures of benchmarks/
	@$(BIN)/python -m masseter.ui.build
	@$(BIN)/python -m benchmarks

pins: .venv/test ## Renew the pinned, hashed requirements
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml -o requirements/run.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml --extra cluster -o requirements/cluster.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml --group test -o requirements/test.txt

clean: ## Remove the environment, the built assets and the demo's data
	rm -rf .venv .masseter node_modules frontend/node_modules src/masseter/ui/static/ui shots .mutants
