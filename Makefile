# Needs only python3 >= 3.11 and a package index: the environment is made here, from the lock file.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: run test proof check serve bench faults validation mutants clean lock

run: $(READY)
	@$(BIN)/cio demo build/demo

test: check
	@sh tests/install-tools.sh
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder
	@cat build/left-out.txt

# What is promised hundredfold (kills, forgeries, attacks in each sandbox, every lesson in a browser)
# is done hundredfold here, and a few times or not at all in `make test`: about half an hour.
proof: check
	@sh tests/install-tools.sh
	@CIO_THOROUGH=1 $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder
	@cat build/left-out.txt

check: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

serve: $(READY)
	@$(BIN)/cio serve build/demo

# nbgrader's own marks for the corpus of idioms are proved anew by running it.
bench: $(READY)
	@$(BIN)/python -m benchmarks
	@STOCK=1 $(BIN)/pytest -q tests/grading/code/test_idioms.py
	@$(BIN)/python -m benchmarks.cohort_scale
	@$(BIN)/python -m benchmarks.exam_room
	@$(BIN)/python -m benchmarks.lessons

# An exam room broken off a hundred times in each of eight ways: about an hour.
faults: $(READY)
	@$(BIN)/python -m benchmarks.exam_room faults

# Simulated sittings of known truth, and 10,000 publication histories under attack: hours.
validation: $(READY)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.validation

# Deciding modules changed in small ways, a test failing for each: hours; ONLY=decision for one.
mutants: $(READY)
	@$(BIN)/python -m benchmarks.mutants $(ONLY)

clean:
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The lock names no index: every package is pinned by version and hash alone.
lock: $(READY)
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate \
	  --python-version 3.11 --extra dev --custom-compile-command "make lock" pyproject.toml -o requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Cần Python 3.11 trở lên, đang có " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Cài đặt môi trường .venv từ requirements.lock (khoảng một phút) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==$$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements.lock)
	@$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@
