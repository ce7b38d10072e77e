# Everything a developer runs. Needs python3 (3.11 or newer), make and a package index; for the tests
# npm too.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
SHARES ?= 1,10,100
BENCH_READY := .venv-bench/.ready
NODE := tests/node
NODE_READY := $(NODE)/node_modules/.ready
# What the page /docs needs of swagger-ui, and its licences.
SWAGGER_UI := LICENSE NOTICE swagger-ui.css swagger-ui-bundle.js swagger-ui-bundle.js.LICENSE.txt
CONTRACT_TESTS := tests/openapi tests/api/routing/test_statuses.py tests/e2e/test_redocly.py tests/api/cli/test_contract_command.py
# Arguments of the benchmark, for example BENCH='--rounds 3 --json bench.json'.
BENCH ?=
# Arguments of the fuzzer, for example FUZZ='--seed 7 --examples 2000 --way threads'.
FUZZ ?=

.PHONY: help setup run test fuzz bench bench-pages bench-scale check format lint types lock openapi contract sdks-doc swagger-ui screenshots

help:  ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## Make .venv from the lock; again only when the lock has changed.

$(READY): requirements-dev.lock pyproject.toml
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(NODE_READY): $(NODE)/package-lock.json
	npm ci --prefix $(NODE) --ignore-scripts --no-audit --no-fund --silent
	touch $@

run: $(READY)  ## Serve the published content on http://127.0.0.1:8000 (FAQTS_BIND says another).
	@exec $(BIN)/gunicorn

test: $(READY) $(NODE_READY)  ## Run every test, with branch coverage of the four rooms.
	$(BIN)/pytest -n auto --cov --cov-fail-under=95

fuzz: $(READY)  ## Ask a running service generated questions; FUZZ=--help lists the arguments.
	@$(BIN)/python -m tests.e2e.fuzzing $(FUZZ)

bench-pages: $(READY)  ## Measure what pages weigh, and when a reader sees them (BENCH=--help).
	@$(BIN)/python -m tests.bench.browser $(BENCH)

bench-scale: $(READY)  ## Measure made-up content at SHARES percent of its size (JSON= a file for it too).
	$(BIN)/python -m tests.bench.scale --shares $(SHARES) $(if $(JSON),--json $(JSON))

check: format lint types test  ## Format, lint, types, tests.

format: $(READY)  ## Fail where a file is not formatted; 'ruff format .' mends it.
	$(BIN)/ruff format --check .

lint: $(READY)  ## Fail where a rule is broken, the content has a fault or the contract is stale.
	$(BIN)/ruff check .
	$(BIN)/faqts check
	$(BIN)/faqts verify
	$(BIN)/faqts openapi --check
	$(BIN)/faqts contract

types: $(READY)  ## Check the types, strictly.
	$(BIN)/mypy

# The same checks are parts of `lint` and `test`, so that CI runs each once.
contract: $(READY) $(NODE_READY)  ## Check all that clients rely on: openapi/v1.json, and what it may not lose.
	$(BIN)/faqts openapi --check
	$(BIN)/faqts contract
	$(BIN)/pytest -n auto $(CONTRACT_TESTS)

openapi: $(READY)  ## Build openapi/v1.json anew.
	$(BIN)/faqts openapi

swagger-ui: $(NODE_READY)  ## Copy the files of swagger-ui anew, from the version that package.json names.
	cp $(addprefix $(NODE)/node_modules/swagger-ui-dist/,$(SWAGGER_UI)) api/static/swagger-ui/

screenshots: $(READY)  ## Take the pictures in docs/images/ anew (needs chromium).
	$(BIN)/python -m tests.e2e.browser.screenshots

sdks-doc: $(READY)  ## Put what is tested of generated clients into docs/sdks.md.
	$(BIN)/python -m tests.e2e.sdk.page

bench: $(BENCH_READY)  ## Measure the service beside its peers; BENCH=--help lists the arguments.
	@.venv-bench/bin/python -m tests.bench $(BENCH)

$(BENCH_READY): requirements-bench.lock
	rm -rf .venv-bench
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements-bench.lock
	touch $@

lock: $(READY)  ## Resolve the dependencies anew (needs uv), with hashes, without index addresses.
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header pyproject.toml --group dev -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header pyproject.toml --group bench \
		--constraints requirements.lock -o requirements-bench.lock
