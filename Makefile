# The two commands of the README, and a few small ones for who works on Evenhand.
PYTHON ?= python3
PIN = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)
.PHONY: demo test env lint lock

demo:
	@$(PYTHON) bootstrap.py run && exec .venv/bin/evenhand demo

# All of it, or one step: make test ONLY=types
test:
	@$(PYTHON) bootstrap.py test && exec .venv/bin/python tests/run.py $(ONLY)

env:
	@$(PYTHON) bootstrap.py test

lint: env
	@exec .venv/bin/python tests/run.py format lint types imports templates

# Pin what requirements/*.in ask for. New versions: make lock UPGRADE=--upgrade
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv"; exit 1; }
	@cd requirements && $(PIN) run.in -o run.txt && $(PIN) -c run.txt test.in -o test.txt
