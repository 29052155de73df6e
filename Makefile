# Two commands: «make demo» shows Soi with a sample organisation, «make test» runs the tests.
# Nothing but Python 3.11 or newer is needed; everything is installed in .venv of this folder.
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q

.PHONY: help demo test setup lint format messages lock check clean

help:
	@echo "make demo    cài đặt và mở Soi với tổ chức mẫu (PORT=8000)"
	@echo "make test    cài đặt và chạy các bài kiểm tra"
	@echo "make lint    ruff, mypy, import-linter"
	@echo "make messages  lấy câu chữ từ mã nguồn vào bản dịch, rồi biên dịch (cần GNU gettext)"
	@echo "make lock    khóa lại phiên bản thư viện"

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Cần Python 3.11 trở lên (đặt PYTHON=python3.12 nếu có)."; exit 1)
	@echo "Tạo môi trường .venv …"
	@$(PYTHON) -m venv .venv

.venv/.run: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "Cài các thư viện đã khóa phiên bản (một lần) …"
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@echo "Cài công cụ kiểm tra (một lần) …"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

setup: .venv/.dev

demo: .venv/.run
	@$(BIN)/soi demo --port $(PORT)

test: .venv/.dev
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: .venv/.dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/.dev
	@$(BIN)/ruff check --fix-only . && $(BIN)/ruff format .

# The .mo files are kept beside the .po files, so that only a translator needs gettext. The Vietnamese file is
# written by hand: it holds what Django and allauth say in English.
messages: .venv/.dev
	@cd src/soi && SOI_DATA_DIR=$(CURDIR)/var ../../$(BIN)/soi manage makemessages -l en \
	  --no-location --no-obsolete --ignore '*/migrations/*'
	@cd src/soi/locale && for po in */LC_MESSAGES/django.po; do msgfmt --check-format -o $${po%.po}.mo $$po; done

# Needs uv on the PATH; only for changing versions.
COMPILE := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
lock:
	$(COMPILE) -o requirements/run.txt requirements/run.in
	$(COMPILE) -o requirements/server.txt requirements/server.in
	$(COMPILE) -o requirements/dev.txt requirements/dev.in

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache var
