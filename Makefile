PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: run test soak install lint lock audit bench peers clean

run: $(VENV)/.installed
	@$(BIN)/zukunftsplan run

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

# A town's year with a thousand kills; see tests/soak/README.md. For less: make soak SOAK="--kills 50 --days 35"
soak: $(VENV)/.installed-dev
	$(BIN)/python -m tests.soak $(SOAK)

install: $(VENV)/.installed

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make $(MAKECMDGOALS) PYTHON=python3.13"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 \
	  --quiet pyproject.toml --extra build -o requirements.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 \
	  --quiet pyproject.toml --extra build --extra dev -o requirements-dev.txt

# Known weaknesses of the pinned libraries. Needs the network, so it is no part of the tests; see docs/security.md.
AUDIT := .venv-audit
audit:
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(AUDIT)/bin/pip-audit --require-hashes --disable-pip -r requirements-dev.txt

# All aims in one table; takes an hour, BENCH=--quick a few minutes. Needs Dovecot and Postfix, and root to start them.
BENCH ?=
bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks $(BENCH)

# The other libraries that the benchmarks stand beside
peers:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 \
	  --quiet benchmarks/peers.in -o benchmarks/peers.txt

clean:
	rm -rf $(VENV) $(AUDIT) .venv-peers
