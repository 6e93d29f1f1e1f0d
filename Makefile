# Everything a newcomer needs: each target sets itself up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help site serve test lint format bench bench-large clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 13

site: $(VENV)/.installed ## Build the shipped publication into output/
	$(BIN)/sitegen build

serve: $(VENV)/.installed ## Serve it on this machine and rebuild on every save
	$(BIN)/sitegen serve

test: $(VENV)/.installed-dev ## Run every test
	@sh tests/e2e/install-chromium.sh
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(VENV)/.installed-dev ## Check style and types
	$(BIN)/ruff format --check sitegen tests bench
	$(BIN)/ruff check sitegen tests bench
	$(BIN)/mypy

format: $(VENV)/.installed-dev ## Put the code into the house's form
	$(BIN)/ruff format sitegen tests bench
	$(BIN)/ruff check --fix sitegen tests bench

bench: $(VENV)/.installed ## Measure against other generators; writes docs/performance.md
	$(BIN)/python -m bench.compare --upgrade --sizes 1000 --with-search
	$(BIN)/python -m bench.compare --sizes 10000 --tools sitegen hugo
	$(BIN)/python -m bench.report

bench-large: $(VENV)/.installed ## Measure builds of 50,000 explainers
	$(BIN)/python -m bench.compare --sizes 50000 --runs 1 --tools sitegen --cases cold unchanged body memory
	$(BIN)/python -m bench.report

clean: ## Remove everything that can be made again
	rm -rf $(VENV) .sitegen .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sitegen needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[links,sources]'
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@
