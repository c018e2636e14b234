# `make build` builds the release, `make test` passes the tests; both make the environment in .venv/ first.
# Nothing here touches the network while .venv/ is up to date.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
SHELL := /bin/sh
BIN := .venv/bin
MILIA_ONTO := $(BIN)/milia-onto

# The caller's shell, pip settings and active environment must not leak into ours.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_HASHES
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help build web site test lint types format bench bench-http bench-stores bench-link requirements clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' Makefile

build: .venv/.project ## the release, from ontology/ and shapes/ into build/
	@$(MILIA_ONTO) build

# Node is asked for, never needed: without it the pages have no scripts.
web: ## the scripts of the site, from web/src into web/dist, where Node 18 or later is
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory web/dist/licenses.txt; \
	else echo >&2 'web: no npm here, so the pages will have no scripts'; fi

site: web .venv/.project ## the pages, from build/ into build/site/
	@$(MILIA_ONTO) site

# Two at a time, whatever the machine: some start several Java programs each. Then those that need it for themselves.
# In the order of the files: else those with few tests, which are the long ones, would all come last.
# What ARGS choose may all be of one kind: that the other has none (5) is no failure.
test: lint types ## lint, types, then the tests; a part of them: make test ARGS='-k turtle'
	@two=0 one=0; \
	$(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder -m 'not alone' $(ARGS) || two=$$?; \
	$(BIN)/python -m pytest -m alone $(ARGS) || one=$$?; \
	case $$two:$$one in 0:0|0:5|5:0) ;; 0:*|5:*) exit $$one ;; *) exit $$two ;; esac

lint: .venv/.dev ## ruff: rules and format
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --diff

types: .venv/.dev ## mypy, strict
	@$(BIN)/mypy --no-error-summary

format: .venv/.dev ## let ruff mend what it can
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet

bench: .venv/.dev ## the benchmarks; ARGS go to the script
	@$(BIN)/python -m benchmarks.run $(ARGS)

bench-http: .venv/.dev ## our server beside Fuseki and Virtuoso; ARGS go to the script
	@$(BIN)/python -m benchmarks.http_rates $(ARGS)

bench-stores: .venv/.dev ## loading and the queries on each store that is installed; ARGS go to the script
	@$(BIN)/python -m benchmarks.stores $(ARGS)

bench-link: .venv/.dev ## precision, recall, time and memory of `link`; ARGS go to the script
	@$(BIN)/python -m benchmarks.linking $(ARGS)

clean: ## remove .venv/ and all caches; the release in build/ stays
	rm -rf .venv .cache .hypothesis dist web/dist web/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment ----------------------------------------------------------------------------------

# Everything is pinned and hashed. --no-deps: the compiled files are complete; `pip check` proves it.
PIP_INSTALL := $(BIN)/python -m pip install --quiet --require-hashes --no-deps
SAY := @echo >&2 'environment:'

# A .venv/ that came along with a copied folder, or whose Python has since been replaced, is made anew.
PLACE = $(CURDIR) $(realpath $(BIN)/python)
ifneq ($(shell cat .venv/.place 2>/dev/null),$(PLACE))
.PHONY: .venv/.run
endif

.venv/.run: requirements/build.txt requirements/run.txt
	@python=$$(requirements/find-python) && rm -rf .venv && "$$python" -m venv .venv
	$(SAY) .venv/ with $$($(BIN)/python --version): what the package needs
	@$(PIP_INSTALL) --only-binary :all: -r requirements/build.txt
	@$(PIP_INSTALL) --no-build-isolation -r requirements/run.txt
	@echo "$(CURDIR) $$($(BIN)/python -c 'import os, sys; print(os.path.realpath(sys.executable))')" > .venv/.place
	@touch $@

.venv/.project: .venv/.run pyproject.toml hatch_build.py src/milia_onto/_version.py
	@$(BIN)/python -m pip install --quiet --no-index --no-deps --no-build-isolation --editable .
	@out=$$($(BIN)/python -m pip check) || { echo >&2 "$$out"; exit 1; }
	@touch $@

.venv/.dev: .venv/.project requirements/dev.txt
	$(SAY) what the tests need
	@$(PIP_INSTALL) --no-build-isolation -r requirements/dev.txt
	@touch $@

# The scripts --------------------------------------------------------------------------------------

WEB_SOURCES := $(wildcard web/*.mjs web/src/*)

# A folder that the tests filled has all that the build needs too.
web/node_modules/.package-lock.json: web/package-lock.json web/.npmrc
	@echo >&2 'web: what the build needs'
	@cd web && npm ci --omit=dev --silent
	@touch $@

web/dist/licenses.txt: web/node_modules/.package-lock.json web/package.json $(WEB_SOURCES)
	@cd web && node build.mjs
	@touch $@

# The pins -----------------------------------------------------------------------------------------

# `make requirements` keeps every pin that still fits; UPGRADE=1 takes the newest of everything.
COMPILE := cd requirements && ../.cache/lock/bin/uv pip compile --quiet --no-config --universal \
	--python-version 3.11 --generate-hashes --custom-compile-command 'make requirements' \
	$(if $(UPGRADE),--upgrade)

requirements: .cache/lock/.done ## the pins anew from pyproject.toml; UPGRADE=1 takes the newest of all
	@$(COMPILE) --group ../pyproject.toml:build -o build.txt
	@$(COMPILE) ../pyproject.toml -c build.txt -o run.txt
	@$(COMPILE) --group ../pyproject.toml:dev -c build.txt -c run.txt -o dev.txt
	@$(COMPILE) --group ../pyproject.toml:lock -o lock.txt
	@touch $<
	@if grep -n '://' requirements/*.txt; then echo >&2 'a requirements file names an address'; exit 1; fi

.cache/lock/.done: requirements/lock.txt
	@python=$$(requirements/find-python) && rm -rf .cache/lock && "$$python" -m venv .cache/lock
	@.cache/lock/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements/lock.txt
	@touch $@
