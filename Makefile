# Everything a developer runs. `make run` and `make test` need python3 (3.11 or newer), make and a
# package index. Each target installs what it needs and no more.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet install --no-deps
# What is installed: what serving needs, what `make test` needs besides, and everything.
RUN := .venv/.run
TEST := .venv/.test
ALL := .venv/.all
BENCH_READY := .venv-bench/.ready
NODE := tests/node
NODE_READY := $(NODE)/node_modules/.ready
# Files of one module run in one process, so that they share an application.
PYTEST := $(BIN)/pytest -n auto --dist loadfile
# What page /docs needs of swagger-ui, and its licenses.
SWAGGER_UI := LICENSE NOTICE swagger-ui.css swagger-ui-bundle.js swagger-ui-bundle.js.LICENSE.txt
CONTRACT_TESTS := tests/openapi tests/api/routing/test_statuses.py tests/e2e/test_redocly.py tests/api/cli/test_contract_command.py
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header pyproject.toml
# More arguments for pytest, for example ARGS='-k lookup -x'.
ARGS ?=
# Arguments, for example BENCH='--rounds 3 --json bench.json' or FUZZ='--seed 7 --examples 2000'.
BENCH ?=
FUZZ ?=
SHARES ?= 1,10,100
SHAPES ?= wide,long

.PHONY: help run test fix check test-all bench setup test-browser test-edge test-sdk test-docs format \
	lint types contract openapi fuzz bench-pages bench-scale swagger-ui screenshots sdks-doc lock dist

help:  ## List the targets, those of every day first.
	@awk -F ':.*## ' '/^## / {printf "\n%s\n", substr($$0, 4)} \
		/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

## Every day

run: $(RUN)  ## Serve the published content on http://127.0.0.1:8000 (FAQTS_BIND changes it).
	@exec $(BIN)/gunicorn

test: $(TEST)  ## Run the fast tests. Needs Python only; run it before each commit.
	$(PYTEST) --ignore=tests/e2e --ignore=tests/slow $(ARGS)

fix: $(ALL)  ## Format the code and fix what ruff can fix.
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

check: format lint types  ## Check format, rules, types, content and contract, without tests.

test-all: $(ALL) $(NODE_READY)  ## Run every test with branch coverage, real servers and browsers included.
	$(PYTEST) --no-loadscope-reorder --hypothesis-profile=full --cov --cov-fail-under=95 $(ARGS)

bench: $(BENCH_READY)  ## Measure the service beside its peers (BENCH=--help lists the arguments).
	@.venv-bench/bin/python -m tests.bench $(BENCH)

dist: $(RUN)  ## Build what is installed into dist/: the wheel, its requirements, notes and checksums.
	rm -rf dist
	$(BIN)/python -m hatchling build -t wheel
	$(BIN)/python hatch_build.py

## Parts of them

setup: $(TEST)  ## Make .venv with `faqts` and what the fast tests need.

test-browser: $(ALL)  ## Run the tests in browsers (chromium, firefox-esr, webkit2gtk-driver, xvfb).
	$(PYTEST) tests/e2e/browser

test-edge: $(ALL)  ## Run the tests behind a real proxy (needs nginx).
	$(PYTEST) tests/e2e/test_edge*.py

test-sdk: $(ALL) $(NODE_READY)  ## Generate clients and run them (needs npm, go and java).
	$(PYTEST) tests/e2e/sdk

test-docs: $(ALL)  ## Run every block of the README and the docs (needs jq, curl and openssl).
	$(PYTEST) tests/e2e/test_docs.py tests/e2e/test_readme.py

format: $(ALL)  ## Fail where a file is not formatted; `make fix` formats it.
	$(BIN)/ruff format --check .

lint: $(ALL)  ## Fail where a rule is broken, the content has a fault or the contract is out of date.
	$(BIN)/ruff check .
	$(BIN)/faqts check
	$(BIN)/faqts verify
	$(BIN)/faqts openapi --engine --check
	$(BIN)/faqts openapi --check
	$(BIN)/faqts contract --engine
	$(BIN)/faqts contract

types: $(ALL)  ## Check the types, strictly.
	$(BIN)/mypy

contract: $(ALL) $(NODE_READY)  ## Check all that clients rely on: the contracts, and what they may not lose.
	$(BIN)/faqts openapi --engine --check
	$(BIN)/faqts openapi --check
	$(BIN)/faqts contract --engine
	$(BIN)/faqts contract
	$(PYTEST) $(CONTRACT_TESTS)

openapi: $(TEST)  ## Rebuild openapi/v1.json of the engine and of the content.
	$(BIN)/faqts openapi --engine
	$(BIN)/faqts openapi

fuzz: $(ALL)  ## Send generated requests to a running service (FUZZ=--help lists the arguments).
	@$(BIN)/python -m tests.e2e.fuzzing $(FUZZ)

bench-pages: $(ALL)  ## Measure what pages weigh, and when a reader sees them (BENCH=--help).
	@$(BIN)/python -m tests.bench.browser $(BENCH)

bench-scale: $(ALL)  ## Measure made-up content of SHAPES at SHARES percent of its size (JSON= a file).
	$(BIN)/python -m tests.bench.scale --shapes $(SHAPES) --shares $(SHARES) $(if $(JSON),--json $(JSON))

swagger-ui: $(NODE_READY)  ## Copy the files of swagger-ui from the version that package.json names.
	cp $(addprefix $(NODE)/node_modules/swagger-ui-dist/,$(SWAGGER_UI)) api/static/swagger-ui/

screenshots: $(ALL)  ## Take the pictures in docs/images/ (needs chromium).
	$(BIN)/python -m tests.e2e.browser.screenshots

sdks-doc: $(ALL)  ## Put what is tested of generated clients into docs/sdks.md.
	$(BIN)/python -m tests.e2e.sdk.page

lock:  ## Resolve the dependencies again (needs uv), with hashes, without index addresses.
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group build --group test --constraints requirements.lock -o requirements-test.lock
	$(COMPILE) --group build --group dev --constraints requirements-test.lock -o requirements-dev.lock
	$(COMPILE) --group bench --constraints requirements.lock -o requirements-bench.lock

# A change of any lock starts over, so that nothing stays that no lock names.
$(RUN): requirements.lock requirements-test.lock requirements-dev.lock pyproject.toml
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-build-isolation -e .
	touch $@

$(TEST): $(RUN)
	$(PIP) --require-hashes -r requirements-test.lock
	touch $@

$(ALL): $(TEST)
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $@

$(BENCH_READY): requirements-bench.lock
	rm -rf .venv-bench
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements-bench.lock
	touch $@

$(NODE_READY): $(NODE)/package-lock.json
	npm ci --prefix $(NODE) --ignore-scripts --no-audit --no-fund --silent
	touch $@
