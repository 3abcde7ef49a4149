# make run: the program with its demonstration county.   make test: all tests but the long ones.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all:
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard mediation/translations/*/LC_MESSAGES/*.po))

# Compiled once, also where the environment would have every process compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.NOTPARALLEL:
.PHONY: run test long lint lock system system-test venv venv-dev translations messages

run: system venv translations
	$(BIN)/flask --app wsgi start

# make test ARGS="tests/stages -k confirm" runs some of them; one process a core, each with its own databases and browser.
test: system-test venv-dev translations
	$(BIN)/python -m pytest -q --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

long: system-test venv-dev translations
	$(BIN)/python -m pytest -q -m long $(ARGS)

lint: venv-dev
	$(BIN)/ruff check

system:
	@$(PYTHON) scripts/system.py run

system-test:
	@$(PYTHON) scripts/system.py test

venv: .venv/run
venv-dev: .venv/dev

$(BIN)/pip:
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt | $(BIN)/pip
	$(PIP) -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt | $(BIN)/pip
	$(PIP) -r requirements-dev.txt
	@touch $@

translations: $(CATALOGUES)

%.mo: %.po
	@$(BIN)/pybabel -q compile -i $< -o $@

# After words on pages have changed: put the new ones into the catalogue, ready to be translated.
messages: venv-dev
	@mkdir -p .cache
	$(BIN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext -k lazy_pgettext:1c,2 --sort-by-file --add-location=file -o .cache/messages.pot .
	$(BIN)/pybabel -q update -i .cache/messages.pot -d mediation/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=110

# Only after a change in requirements*.in; needs a package index, the file names none.
lock: .cache/lock/bin/uv
	for set in requirements requirements-dev requirements-sign; do \
		$< pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
			--custom-compile-command "make lock" $$set.in -o $$set.txt || exit 1; \
	done

.cache/lock/bin/uv:
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/pip install --quiet --disable-pip-version-check uv
