# `make run` opens the workbench on the sample documents; `make test` runs every test. Both set up first.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# Torch and what its builds for graphics cards bring along differ by platform: they are in no lock.
ASIDE := torch triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc \
	nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse \
	nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx

.PHONY: run test check setup lock audit

setup: $(READY)

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --requirement requirements.txt --group test
	touch $(READY)

run: $(READY)
	$(BIN)/python -m workbench sample
	$(BIN)/python -m workbench serve

# In the order of their names, files of few but long tests (the pages') are not left for the end, when a core may be idle.
# Three at a time for two cores: who tests a page waits for a browser a third of the time.
test: $(READY)
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Writes requirements.lock: every package that requirements.txt leads to, with its hashes. Needs the network.
lock: $(READY)
	$(BIN)/python -m pip install --quiet uv==0.13.9
	$(BIN)/uv pip compile requirements.txt --quiet --universal --python-version 3.11 --generate-hashes \
		$(addprefix --no-emit-package ,$(ASIDE)) --custom-compile-command "make lock" --output-file requirements.lock

# Looks the locked packages up among known vulnerabilities. Needs the network, so no test runs it. Strict: where a
# package cannot be looked up it fails, rather than calling nothing a clean bill.
audit: $(READY)
	$(BIN)/python -m pip install --quiet pip-audit==2.10.0
	$(BIN)/pip-audit --strict --disable-pip --requirement requirements.lock
