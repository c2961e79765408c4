# Commands for developers and build servers. `make help` lists them.
# Needs Python 3.11 or newer; the first target that needs it installs the rest into .venv.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
# Several workers are faster for all tests; for a single test use PYTEST_ARGS="-n 0 -k word".
# worksteal gives each worker a block of tests, so that the fixtures of a module are set up once.
PYTEST_ARGS ?= -n auto --dist worksteal
FORCE ?=

# Many tests start processes of the site: each would compile all its modules again.
unexport PYTHONDONTWRITEBYTECODE

BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
NODE_BIN := node_modules/.bin
NODE_STAMP := node_modules/.installed
# Addresses in a failed installation's messages are of no use to the reader and may be private.
HIDE_HOSTS := sed -E 's,(https?://)[^ /]+,\1…,g; s/host=.[^ )]*/host=…/g'

.DEFAULT_GOAL := help
.PHONY: prove-clients lint-api lock walk walk-desk messages bench-site bench-traffic bench-loading lighthouse bench-api prove prove-guessers prove-jobs prove-sizes prove-upgrade prove-restore prove-faults setup demo run worker test check lint types coverage docs examples reset-db db-stop help bench-match bench-suggest bench-speakers bench-archive

setup: $(STAMP) ## Create .venv and install the requirements (again when they change)

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

lock: ## Regenerate requirements.lock and requirements-dev.lock from the pins (UPGRADE=name takes the newest version)
	@test -x $(LOCK_VENV)/bin/uv || $(PYTHON) -m venv $(LOCK_VENV)
	@{ $(LOCK_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-input uv==$(UV_VERSION) && \
	  $(COMPILE) requirements.txt --output-file requirements.lock && \
	  $(COMPILE) requirements-dev.txt --constraint requirements.lock --output-file requirements-dev.lock; } \
	  > $(LOCK_VENV)/lock.log 2>&1 || { tail -n 30 $(LOCK_VENV)/lock.log | $(HIDE_HOSTS) >&2; exit 1; }

demo: export DEBUG = 1
demo: export PORT := $(PORT)
demo: $(STAMP) ## Install, load the demo newsroom and serve it on http://127.0.0.1:8000/ (PORT=)
	@$(BIN)/python manage.py demo

run: export DEBUG = 1
run: export PORT := $(PORT)
run: $(STAMP) ## Migrate, then serve on http://127.0.0.1:8000/ (PORT=)
	@$(BIN)/python manage.py serve

worker: export DEBUG = 1
worker: export PORT := $(PORT)
worker: $(STAMP) ## Run jobs, send e-mails and webhooks (OUTBOUND_ALLOW_LOOPBACK=1: webhooks to this machine as well)
	@$(BIN)/python manage.py worker

# With an empty CHROMIUM the browser tests are skipped; ensure_chromium.py prints the reason.
PYTEST = CHROMIUM="$$($(BIN)/python tools/ensure_chromium.py)"; export CHROMIUM; $(BIN)/python -m pytest

test: export DEBUG = 1
test: $(STAMP) ## Run all tests, browser tests included (PYTEST_ARGS="-n 0 -k word")
	@$(PYTEST) $(PYTEST_ARGS)

# For development only: browsers get the files in desk/static and readers/static unchanged.
$(NODE_STAMP): $(STAMP) package.json package-lock.json
	@command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || \
	  { echo "Node.js 20.19 or newer, with npm, is needed for make lint (Debian: apt-get install nodejs npm)." >&2; exit 1; }
	@echo "Installing the checks of scripts, style sheets and the OpenAPI document into node_modules …"
	@npm ci --ignore-scripts --no-audit --no-fund > $(VENV)/npm.log 2>&1 || { tail -n 30 $(VENV)/npm.log | $(HIDE_HOSTS) >&2; exit 1; }
	@touch $@

# redocly asks for news and sends statistics unless it is told not to.
REDOCLY := REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true $(NODE_BIN)/redocly

lint: $(STAMP) $(NODE_STAMP) lint-api ## Check the style of Python, templates, scripts and style sheets; check types and run tests of the scripts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates/readers templates/*.html --lint --quiet --profile=jinja
	@$(BIN)/djlint templates/desk templates/admin templates/unfold --lint --quiet
	@$(NODE_BIN)/eslint .
	@$(NODE_BIN)/stylelint "desk/static/**/*.css" "readers/static/**/*.css"
	@$(NODE_BIN)/tsc
	@node --test tests/js/*.test.js > $(VENV)/node-test.log 2>&1 || { cat $(VENV)/node-test.log; exit 1; }

lint-api: $(STAMP) $(NODE_STAMP) ## Check the OpenAPI document with redocly and spectral (redocly.yaml, .spectral.yaml)
	@mkdir -p var
	@DEBUG=1 SITE_URL=https://facts.example.net $(BIN)/python manage.py spectacular --format openapi-json --file var/openapi.json
	@$(REDOCLY) lint var/openapi.json > $(VENV)/redocly.log 2>&1 || { cat $(VENV)/redocly.log; exit 1; }
	@$(NODE_BIN)/spectral lint --quiet --fail-severity hint var/openapi.json

types: export DEBUG = 1
types: $(STAMP) ## Check types and import contracts
	@$(BIN)/mypy
	@$(BIN)/lint-imports

coverage: export DEBUG = 1
coverage: $(STAMP) ## Run all tests with the coverage floor of pyproject.toml
	@$(PYTEST) --cov --cov-report=term-missing:skip-covered $(PYTEST_ARGS)

check: export COVERAGE_OF_EVERY ?= 1
check: lint types ## Run what CI runs: lint, types, imports, migrations, deployment check, tests with coverage
	@echo "Migrations …"
	@DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	@echo "Deployment check …"
	@DEBUG=0 ALLOWED_HOSTS=facts.example.org SITE_URL=https://facts.example.org DATABASE_URL=embedded \
	  CONTACT_EMAIL=corrections@example.org \
	  SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	@$(MAKE) --no-print-directory coverage

bench-site: $(STAMP) ## Measure the cost of readers' pages and search with 100,000 claims (half an hour)
	@$(BIN)/python -m bench.site

# Wagtail is a peer to be measured against: it lives in a folder of its own.
WAGTAIL := var/wagtail
$(WAGTAIL)/.installed: bench/traffic/requirements.txt $(STAMP)
	@echo "Installing Wagtail into var/wagtail …"
	@test -x $(WAGTAIL)/bin/pip || $(PYTHON) -m venv $(WAGTAIL)
	@$(WAGTAIL)/bin/pip install --quiet --disable-pip-version-check --no-input -r bench/traffic/requirements.txt \
	  > $(WAGTAIL)/install.log 2>&1 || { tail -n 30 $(WAGTAIL)/install.log | $(HIDE_HOSTS) >&2; exit 1; }
	@touch $@

bench-traffic: $(WAGTAIL)/.installed ## Measure the cost of a day of readers with 100,000 claims, beside Wagtail (half an hour)
	@$(BIN)/python -m bench.traffic

bench-loading: $(STAMP) ## Measure bytes, layout shift and largest paint of readers' pages on a phone with 4G
	@CHROMIUM="$$($(BIN)/python tools/ensure_chromium.py)"; export CHROMIUM; $(BIN)/python -m bench.loading

lighthouse: $(STAMP) ## Measure Lighthouse scores of a claim's page, the front page and the list on a phone; needs npm, installs into var/
	@CHROMIUM="$$($(BIN)/python tools/ensure_chromium.py)"; export CHROMIUM; $(BIN)/python -m bench.lighthouse

walk: $(STAMP) ## Check all readers' pages with axe in every language, light and dark; screenshots in var/walk (a quarter of an hour)
	@CHROMIUM="$$($(BIN)/python tools/ensure_chromium.py)"; export CHROMIUM; $(BIN)/python -m bench.walk

walk-desk: $(STAMP) ## Check the main pages of the desk with axe in every language, light and dark; screenshots in var/walk-desk (an hour)
	@CHROMIUM="$$($(BIN)/python tools/ensure_chromium.py)"; export CHROMIUM; $(BIN)/python -m bench.walk_desk

bench-api: $(STAMP) ## Measure the cost of the API with 100,000 claims (a quarter of an hour)
	@$(BIN)/python -m bench.api

bench-archive: $(STAMP) ## Measure how fast an archive of 100,000 checks is imported, and in how much memory
	@$(BIN)/python -m bench.archive

bench-match: $(STAMP) ## Measure quality and speed of duplicate detection (some minutes)
	@$(BIN)/python -m bench.match

bench-suggest: $(STAMP) ## Measure the quality of suggestions on labelled text
	@$(BIN)/python -m bench.suggest

bench-speakers: $(STAMP) ## Measure how often the right speaker of a sentence is found; fails outside its bounds
	@$(BIN)/python -m bench.speakers

bench-intake: $(STAMP) ## Check that importing loses, adds or changes no word, on files and pages of every kind
	@$(BIN)/python -m bench.intake

prove: $(STAMP) ## Run the slow proofs: feed, webhooks, idempotency, limits, the whole API, restoring (an hour or more)
	@for proof in feed webhooks idempotency limits schema restore; do \
	  echo "prove_$$proof …"; $(BIN)/python -m bench.prove_$$proof || exit 1; done

prove-guessers: $(STAMP) ## Prove that password guessers get nowhere and do not slow readers down (three minutes)
	@$(BIN)/python -m bench.prove_guessers

prove-sizes: export DEBUG = 1
prove-sizes: $(STAMP) ## Run whole the tests that make test runs small, such as the list with 20,000 claims (some minutes)
	@PROVE_SIZES=1; export PROVE_SIZES; $(PYTEST) -q -n 0 -m sized $(PYTEST_ARGS)

prove-jobs: $(STAMP) ## Prove that each job whose worker is killed is done by another one, once (some minutes)
	@$(BIN)/python -m bench.prove_jobs

# The generators are large and of no use to the product: they live in a folder of their own.
CLIENTS := $(CURDIR)/var/clients
$(CLIENTS)/.installed: tests/clients/requirements.txt tests/clients/package.json $(STAMP)
	@echo "Installing the generators of clients into var/clients …"
	@test -x $(CLIENTS)/bin/pip || $(PYTHON) -m venv $(CLIENTS)
	@cp tests/clients/package.json $(CLIENTS)/package.json
	@{ $(CLIENTS)/bin/pip install --quiet --disable-pip-version-check --no-input -r tests/clients/requirements.txt && \
	  npm install --prefix $(CLIENTS) --ignore-scripts --no-audit --no-fund; } \
	  > $(CLIENTS)/install.log 2>&1 || { tail -n 30 $(CLIENTS)/install.log | $(HIDE_HOSTS) >&2; exit 1; }
	@touch $@

prove-clients: export DEBUG = 1
prove-clients: $(CLIENTS)/.installed ## Prove that three generated clients take a claim from its article to a retraction (two minutes; needs npm and Java)
	@CLIENTS=$(CLIENTS) $(BIN)/python -m pytest -q -n 0 tests/clients

prove-upgrade: $(STAMP) ## Prove that readers and partners notice nothing of an upgrade from the first edition (some minutes)
	@$(BIN)/python -m bench.prove_upgrade

prove-restore: $(STAMP) ## Prove that a backup restores every record, and that a restored copy harms no checkpoint (a minute)
	@$(BIN)/python -m bench.prove_restore

prove-faults: $(STAMP) ## Prove that nothing is lost in 200 kills (ROUNDS=) and that readers are served in outages (20 minutes)
	@$(BIN)/python -m bench.faults $(if $(ROUNDS),--rounds $(ROUNDS))

messages: export DEBUG = 1
messages: $(STAMP) ## Update and compile the catalogues in locale/; print untranslated texts
	@$(BIN)/python -m tools.messages

docs: export DEBUG = 1
docs: $(STAMP) ## Generate docs/workflow.md and the table in docs/api/records.md
	@$(BIN)/python manage.py workflow_doc
	@$(BIN)/python -m tools.record_fields

examples: export DEBUG = 1
examples: $(STAMP) ## Record the responses of the API's examples (api/openapi/examples/)
	@RECORD_EXAMPLES=1 $(BIN)/python -m pytest -q -n 0 tests/api/test_examples.py \
	  tests/api/test_examples_of_exports.py

db-stop: $(STAMP) ## Stop the project's own PostgreSQL
	@$(BIN)/python -m factcheck.database stop

reset-db: $(STAMP) ## Delete the project's own database, after a question (FORCE=1 does not ask)
	@$(BIN)/python -m factcheck.database reset $(if $(FORCE),--force)

help: ## Print this list
	@sed -n 's/^\([a-z-]*\):[^=]*## \(.*\)/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{printf "%-15s %s\n", $$1, $$2}'
