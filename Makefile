# Everything a person or a build server does with this repository. `make help` lists it.
# Needs Python 3.11 or newer; the rest is fetched into .venv by whichever target is first to need it.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
# Two workers or more halve the time of the whole; a single test is quicker with PYTEST_ARGS="-n 0 -k word".
# Each begins with a half of its own and helps the other in the end; so what a module sets up is set up once.
PYTEST_ARGS ?= -n auto --dist worksteal
FORCE ?=

BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
NODE_BIN := node_modules/.bin
NODE_STAMP := node_modules/.installed
# Addresses in a failed installation's messages are of no use to the reader and may be private.
HIDE_HOSTS := sed -E 's,(https?://)[^ /]+,\1…,g; s/host=.[^ )]*/host=…/g'

.DEFAULT_GOAL := help
.PHONY: lock walk messages bench-site lighthouse bench-api prove setup demo run worker test check lint types coverage docs examples reset-db db-stop help bench-match bench-suggest bench-speakers

setup: $(STAMP) ## Make .venv and install what the project needs (again when the requirements change)

$(STAMP): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	@echo "Installing the project's requirements into $(VENV) (the first time takes a minute or two) …"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing (Debian: apt-get install python3-venv)."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements-dev.lock \
	  > $(VENV)/install.log 2>&1 || { tail -n 30 $(VENV)/install.log | $(HIDE_HOSTS) >&2; exit 1; }
	@touch $@
	@echo "Installed."

# uv writes the lock files. It has a virtual environment of its own; the project does not import it.
LOCK_VENV := var/lock
UV_VERSION := 0.13.9
COMPILE := $(LOCK_VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade-package $(UPGRADE))

lock: ## Write requirements.lock and requirements-dev.lock again from the pins (UPGRADE=name: take its newest version)
	@test -x $(LOCK_VENV)/bin/uv || $(PYTHON) -m venv $(LOCK_VENV)
	@{ $(LOCK_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-input uv==$(UV_VERSION) && \
	  $(COMPILE) requirements.txt --output-file requirements.lock && \
	  $(COMPILE) requirements-dev.txt --constraint requirements.lock --output-file requirements-dev.lock; } \
	  > $(LOCK_VENV)/lock.log 2>&1 || { tail -n 30 $(LOCK_VENV)/lock.log | $(HIDE_HOSTS) >&2; exit 1; }

demo: export DEBUG = 1
demo: export PORT := $(PORT)
demo: $(STAMP) ## Database, demo newsroom and server on http://127.0.0.1:8000/ (PORT=)
	@$(BIN)/python manage.py demo

run: export DEBUG = 1
run: export PORT := $(PORT)
run: $(STAMP) ## Migrate, then serve on http://127.0.0.1:8000/ (PORT=)
	@$(BIN)/python manage.py serve

worker: export DEBUG = 1
worker: export PORT := $(PORT)
worker: $(STAMP) ## Run jobs, send e-mails and webhooks (OUTBOUND_ALLOW_LOOPBACK=1: webhooks to this machine as well)
	@$(BIN)/python manage.py worker

# An empty CHROMIUM tells the browser tests to be skipped; ensure_chromium.py has then said why.
PYTEST = CHROMIUM="$$($(BIN)/python tools/ensure_chromium.py)"; export CHROMIUM; $(BIN)/python -m pytest

test: export DEBUG = 1
test: $(STAMP) ## Every test, browser tests included (PYTEST_ARGS="-n 0 -k word")
	@$(PYTEST) $(PYTEST_ARGS)

# Development only: what the browser gets are the files in desk/static and readers/static, as they are.
$(NODE_STAMP): $(STAMP) package.json package-lock.json
	@command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 18 || (a === 18 && b >= 18) ? 0 : 1)' || \
	  { echo "Node.js 18.18 or newer, with npm, is needed for make lint (Debian: apt-get install nodejs npm)." >&2; exit 1; }
	@echo "Installing the checks of scripts and style sheets into node_modules …"
	@npm ci --ignore-scripts --no-audit --no-fund > $(VENV)/npm.log 2>&1 || { tail -n 30 $(VENV)/npm.log | $(HIDE_HOSTS) >&2; exit 1; }
	@touch $@

lint: $(STAMP) $(NODE_STAMP) ## Style of Python, templates, scripts and style sheets; types and tests of the scripts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates/readers templates/*.html --lint --quiet --profile=jinja
	@$(BIN)/djlint templates/desk templates/admin templates/unfold --lint --quiet
	@$(NODE_BIN)/eslint .
	@$(NODE_BIN)/stylelint "desk/static/**/*.css" "readers/static/**/*.css"
	@$(NODE_BIN)/tsc
	@node --test tests/js/*.test.js > $(VENV)/node-test.log 2>&1 || { cat $(VENV)/node-test.log; exit 1; }

types: export DEBUG = 1
types: $(STAMP) ## Types and the direction of imports
	@$(BIN)/mypy
	@$(BIN)/lint-imports

coverage: export DEBUG = 1
coverage: $(STAMP) ## Every test, with the coverage floor of pyproject.toml
	@$(PYTEST) --cov --cov-report=term-missing:skip-covered $(PYTEST_ARGS)

check: lint types ## What CI runs: lint, types, imports, migrations, deployment check, tests with coverage
	@echo "Migrations …"
	@DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	@echo "Deployment check …"
	@DEBUG=0 ALLOWED_HOSTS=facts.example.org SITE_URL=https://facts.example.org DATABASE_URL=embedded \
	  SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	@$(MAKE) --no-print-directory coverage

bench-site: $(STAMP) ## What readers' pages and search cost, against a hello-world view and a bare look-up, with 100,000 claims
	@$(BIN)/python -m bench.site

lighthouse: $(STAMP) ## Lighthouse's scores of a claim's page on a phone, after make demo; needs npm, installs into var/
	@CHROMIUM="$$($(BIN)/python tools/ensure_chromium.py)"; export CHROMIUM; $(BIN)/python -m bench.lighthouse

walk: $(STAMP) ## Every readers' page in every language, light and dark, held against axe's rules; pictures in var/walk (a quarter of an hour)
	@CHROMIUM="$$($(BIN)/python tools/ensure_chromium.py)"; export CHROMIUM; $(BIN)/python -m bench.walk

bench-api: $(STAMP) ## What the API costs, against json_agg, DRF as usual and COPY, with 100,000 claims (a quarter of an hour)
	@$(BIN)/python -m bench.api

bench-match: $(STAMP) ## How well and how fast like claims are found, against ts_rank and trigrams (some minutes)
	@$(BIN)/python -m bench.match

bench-suggest: $(STAMP) ## How well sentences worth checking are found, on text labelled by hand
	@$(BIN)/python -m bench.suggest

bench-speakers: $(STAMP) ## How often the speaker of a sentence is found, and how often a wrong one is; fails outside its bounds
	@$(BIN)/python -m bench.speakers

bench-intake: $(STAMP) ## Whether importing loses, adds or changes a word, on documents and pages of every kind
	@$(BIN)/python -m bench.intake

prove: $(STAMP) ## The slow proofs: feed, webhooks, idempotency, limits, the whole API asked right and wrong (an hour or more)
	@for proof in feed webhooks idempotency limits schema; do \
	  echo "prove_$$proof …"; $(BIN)/python -m bench.prove_$$proof || exit 1; done

messages: export DEBUG = 1
messages: $(STAMP) ## Bring the readers' catalogues (locale/) in step with the code, compile them, say what is untranslated
	@$(BIN)/python -m tools.messages

docs: export DEBUG = 1
docs: $(STAMP) ## Write docs/workflow.md anew from the workflow table
	@$(BIN)/python manage.py workflow_doc

examples: export DEBUG = 1
examples: $(STAMP) ## Record the answers of the API's examples anew (api/openapi/examples/)
	@RECORD_EXAMPLES=1 $(BIN)/python -m pytest -q -n 0 tests/api/test_examples.py \
	  tests/api/test_examples_of_exports.py

db-stop: $(STAMP) ## Stop the project's own PostgreSQL
	@$(BIN)/python -m factcheck.database stop

reset-db: $(STAMP) ## Delete the project's own database, after asking (FORCE=1 does not ask)
	@$(BIN)/python -m factcheck.database reset $(if $(FORCE),--force)

help: ## This list
	@sed -n 's/^\([a-z-]*\):[^=]*## \(.*\)/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'
