# `make` alone lists what there is. Everything is installed in .venv/ and var/, nothing outside this folder.
.DEFAULT_GOAL := help
.PHONY: help run check style types rules talks doors store test part-talks part-waits part-others proof teams-app lock clean dev bench bench-quick

help: ## List the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "  %-14s %s\n", $$1, $$2 }'

run: ## Try Samen in a Teams client in your browser; PORT=..., PLAYGROUND_PORT=... and TWIN_PORT=... choose other ports
	@sh infra/venv.sh requirements.txt
	@.venv/bin/python infra/playground/up.py

# Several things at once, each with its own output: one after the other they take more than the minute.
AT_ONCE := $(MAKE) --no-print-directory $(if $(filter output-sync,$(.FEATURES)),--output-sync)
check: dev ## Style, types, import contracts and the fast tests: a minute or two
	@$(AT_ONCE) -j5 talks style types rules doors store

FAST := .venv/bin/python -m pytest -q --hypothesis-profile=quick -m "not postgres and not browser and not playground and not process and not thorough"
TALKS := tests/conversations
DOORS := tests/adapter tests/graph
STORE := tests/jobs tests/store
WAITS := tests/jobs tests/proof tests/bench tests/test_app.py

style:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports

types:
	.venv/bin/mypy

rules:
	$(FAST) tests $(TALKS:%=--ignore=%) $(DOORS:%=--ignore=%) $(STORE:%=--ignore=%)

talks:
	$(FAST) $(TALKS)

doors:
	$(FAST) $(DOORS)

store:
	$(FAST) $(STORE)

test: dev ## Every test; what cannot run here is named in the last lines
	@if command -v npm >/dev/null; then \
	  for lock in $$(git ls-files 'tests/**/package-lock.json'); do sh infra/npm-ci.sh $$(dirname $$lock) || exit 1; done; \
	fi
	@$(AT_ONCE) -j3 part-talks part-waits part-others

part-talks:
	.venv/bin/python -m pytest $(TALKS)

# Hardly computes: it waits for processes that start, stop and are missed.
part-waits:
	.venv/bin/python -m pytest $(WAITS)

part-others:
	.venv/bin/python -m pytest tests $(TALKS:%=--ignore=%) $(WAITS:%=--ignore=%)

bench: dev ## How fast Samen is beside others, into docs/performance.*: about a quarter of an hour, on two cores
	@.venv/bin/python -m tests.bench --document

bench-quick: dev ## The same with less of everything, printed only: under two minutes
	@.venv/bin/python -m tests.bench --quick

proof: dev ## Kills, faults and fan-outs on both databases, an hour or less; PART="delivery idle" runs some of it
	@.venv/bin/python -m tests.proof $(PART)

teams-app: dev ## The package to install in Teams; needs MicrosoftAppId and SAMEN_DOMAIN, see docs/running.md
	@.venv/bin/python infra/teams/pack.py

lock: dev ## Make the two locks again from requirements.in and requirements-dev.in
	.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q requirements.in -o requirements.txt
	.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q -c requirements.txt requirements-dev.in -o requirements-dev.txt

clean: ## Remove everything that was installed or made here, the demo's data too
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -o -name node_modules | xargs rm -rf

dev:
	@sh infra/venv.sh requirements-dev.txt
