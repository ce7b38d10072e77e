# Commands for developers. `make run` and `make test` need python3 (3.11 or newer), make and a package
# index. Each target installs only what it needs.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet install --no-deps
# Stamps of the dependencies: to serve, to run `make test`, and for everything else.
RUN := .venv/.run
TEST := .venv/.test
ALL := .venv/.all
BENCH_READY := .venv-bench/.ready
NODE := tests/node
NODE_READY := $(NODE)/node_modules/.ready
# Run each test file in one process, so that its tests share an application.
PYTEST := $(BIN)/pytest -n auto --dist loadfile
# The files of swagger-ui that /docs needs, and their licenses.
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

help:  ## List the targets.
	@awk -F ':.*## ' '/^## / {printf "\n%s\n", substr($$0, 4)} \
		/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

## Every day

run: $(RUN)  ## Serve the published content on http://127.0.0.1:8000 (FAQTS_BIND changes it).
	@exec $(BIN)/gunicorn

test: $(TEST)  ## Run the fast tests. Needs only Python. Run it before each commit.
	$(PYTEST) --ignore=tests/e2e --ignore=tests/slow $(ARGS)

fix: $(ALL)  ## Format the code and apply the fixes of ruff.
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

check: format lint types  ## Check formatting, lint rules, types, content and contract.

test-all: $(ALL) $(NODE_READY)  ## Run all tests with branch coverage, including real servers and browsers.
	$(PYTEST) --no-loadscope-reorder --hypothesis-profile=full --cov --cov-fail-under=95 $(ARGS)

bench: $(BENCH_READY)  ## Compare the performance with other frameworks (BENCH=--help lists the arguments).
	@.venv-bench/bin/python -m tests.bench $(BENCH)

dist: $(RUN)  ## Build the wheel, its requirements, release notes and checksums in dist/.
	rm -rf dist
	$(BIN)/python -m hatchling build -t wheel
	$(BIN)/python hatch_build.py

## More targets

setup: $(TEST)  ## Create .venv with `faqts` and the dependencies of the fast tests.

test-browser: $(ALL)  ## Run the browser tests (needs chromium, firefox-esr, webkit2gtk-driver, xvfb).
	$(PYTEST) tests/e2e/browser

test-edge: $(ALL)  ## Run the tests behind a real proxy (needs nginx).
	$(PYTEST) tests/e2e/test_edge*.py

test-sdk: $(ALL) $(NODE_READY)  ## Generate API clients and test them (needs npm, go and java).
	$(PYTEST) tests/e2e/sdk

test-docs: $(ALL)  ## Run the code blocks of the README and the docs (needs jq, curl and openssl).
	$(PYTEST) tests/e2e/test_docs.py tests/e2e/test_readme.py

format: $(ALL)  ## Check the formatting. `make fix` fixes it.
	$(BIN)/ruff format --check .

lint: $(ALL)  ## Check lint rules, content and contract.
	$(BIN)/ruff check .
	$(BIN)/faqts check
	$(BIN)/faqts verify
	$(BIN)/faqts openapi --engine --check
	$(BIN)/faqts openapi --check
	$(BIN)/faqts contract --engine
	$(BIN)/faqts contract

types: $(ALL)  ## Check the types (mypy --strict).
	$(BIN)/mypy

contract: $(ALL) $(NODE_READY)  ## Check that the contracts are up to date and compatible.
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

bench-pages: $(ALL)  ## Measure the size and load time of pages (BENCH=--help).
	@$(BIN)/python -m tests.bench.browser $(BENCH)

bench-scale: $(ALL)  ## Measure generated content of SHAPES at SHARES percent of its size (JSON=file).
	$(BIN)/python -m tests.bench.scale --shapes $(SHAPES) --shares $(SHARES) $(if $(JSON),--json $(JSON))

swagger-ui: $(NODE_READY)  ## Copy swagger-ui in the version of package.json.
	cp $(addprefix $(NODE)/node_modules/swagger-ui-dist/,$(SWAGGER_UI)) api/static/swagger-ui/

screenshots: $(ALL)  ## Take the pictures in docs/images/ (needs chromium).
	$(BIN)/python -m tests.e2e.browser.screenshots

sdks-doc: $(ALL)  ## Update docs/sdks.md with the tested API clients.
	$(BIN)/python -m tests.e2e.sdk.page

lock:  ## Update the lock files (needs uv).
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group build --group test --constraints requirements.lock -o requirements-test.lock
	$(COMPILE) --group build --group dev --constraints requirements-test.lock -o requirements-dev.lock
	$(COMPILE) --group bench --constraints requirements.lock -o requirements-bench.lock

# Recreate the environment when a lock changes, so that it contains nothing else.
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
