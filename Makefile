# What one types to look at ANAS, to test it and to work on it.

PYTHON ?= python3
PORT ?= 8000
manage = .venv/bin/python manage.py

export PYTHON PORT

.PHONY: help demo test walk bench lint lock messages clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: export DEMO = 1
demo: ## run the demo: [PORT=8000] [STAGE=…] begins at a stage, [RESET=1] begins anew
	@.ci/set-up demo
	@$(manage) migrate --verbosity 0
	@$(manage) demo $(if $(STAGE),--stage $(STAGE)) $(if $(filter-out 0,$(RESET)),--reset)
	@exec .venv/bin/gunicorn anas.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 \
		--log-level warning --no-control-socket

test: ## check style, run the tests on SQLite and PostgreSQL: [ARGS="-k poll"] for pytest
	@.ci/set-up test
	@.ci/test $(ARGS)

walk: ## look at every page as every role, both languages, light and dark, phone and desk: six minutes
	@.ci/set-up test
	@.venv/bin/python -m pytest -m walk -n 2 --dist worksteal $(ARGS)

bench: ## measure speed and survive storms, ten minutes: [ARGS="cast storm"] for parts, [ARGS=--quick]
	@.ci/set-up test
	@.venv/bin/python -m tests.bench $(ARGS)

lint: ## check style only
	@.ci/set-up lint
	@.ci/lint

lock: ## pin the dependencies of pyproject.toml: [UPGRADE=1] in their newest versions
	@.ci/lock $(if $(filter-out 0,$(UPGRADE)),--upgrade)

messages: export DEMO = 1
messages: ## collect the texts to translate (needs gettext) and compile the translations
	@.ci/set-up lint
	@$(manage) makemessages --verbosity 0 --locale id --locale en --add-location file --no-wrap --no-obsolete \
		--ignore 'tests/*'
	@.venv/bin/python .ci/messages

clean: ## remove what was installed and cached; the data in .data stay
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis test-results
	@find . -name __pycache__ -prune -exec rm -rf {} +
