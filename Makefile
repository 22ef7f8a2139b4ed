# Everything one does with the project. `make` alone lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
CARGO ?= cargo
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# Every test binary but `faults`, which sleeps most of its time and runs beside the browser.
BINARIES = $(filter-out faults, $(sort $(basename $(notdir $(wildcard crates/*/tests/*.rs loadtest/tests/*.rs) \
	$(patsubst %/main.rs, %, $(wildcard crates/*/tests/*/main.rs loadtest/tests/*/main.rs))))))
# Tests at one time: those that take long wait for services, pauses and timeouts far more than they compute.
TEST_THREADS ?= 4

.PHONY: help demo test check fmt fmt-check lint build unit doctests faults browser screenshots journeys trials chaos services bench docs deny clean program compiler service-tools browser-tools

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: compiler ## A whole made-up consultation at http://127.0.0.1:8080, nothing to set up
	$(CARGO) run --locked --package gd-app -- demo

test: compiler service-tools browser-tools ## Everything: formatting, lints, all tests, real browsers; then a table of seconds
	@MAKE="$(MAKE)" .ci/test

check: fmt-check lint ## Formatting and lints, warnings being errors

fmt: ## Format the code
	$(CARGO) fmt --all

fmt-check: compiler
	$(CARGO) fmt --all --check

lint: compiler
	$(CARGO) clippy --workspace --all-targets --locked -- --deny warnings

build: compiler ## The program and every test binary
	$(CARGO) test --workspace --locked --no-run --lib --bins --tests

unit: compiler service-tools ## The tests of the crates, against real databases
	$(CARGO) test --workspace --locked --lib --bins $(addprefix --test ,$(BINARIES)) -- --test-threads=$(TEST_THREADS)

doctests: compiler ## The examples in the crates' documentation
	$(CARGO) test --workspace --locked --doc

faults: compiler service-tools ## Each fault once and a short storm of them, on real services
	$(CARGO) test --workspace --locked --test faults -- --test-threads=$(TEST_THREADS)

browser: program browser-tools ## Journeys in a real browser, scripts on and off
	.ci/browser

screenshots: program browser-tools ## Every page, phone and desktop, light and dark, into web/tests/screenshots
	cd web/tests && node screenshots.mjs

journeys: chaos ## What is too long for `make test`: a long storm of faults, every page in every scheme and language
	GD_JOURNEYS=long $(MAKE) browser

trials: compiler ## The statistics on more simulated consultations (GD_TRIALS=25)
	GD_TRIALS=$${GD_TRIALS:-25} $(CARGO) test --workspace --locked --test analysis -- --nocapture labels_hold

chaos: compiler service-tools ## A long storm of faults under load: kills, pauses, cuts, floods (GD_CHAOS_FAULTS=60)
	GD_CHAOS_FAULTS=$${GD_CHAOS_FAULTS:-60} $(CARGO) test --workspace --locked --test faults -- --nocapture storm

services: service-tools ## A PostgreSQL and a Redis of one's own in ./run, to try several servers; Ctrl-C ends both
	@.ci/services

bench: compiler service-tools ## Figures of both forms beside a bare handler, side by side in one run (hours; see loadtest/bench.sh)
	$(CARGO) build --release --locked --package gd-app --package gd-loadtest
	$(CARGO) build --release --locked --package gd-analyzer --package gd-deck --package gd-likeness \
		--example report_figures --example draw_time --example figures
	loadtest/bench-analyzer.sh
	loadtest/bench.sh

docs: ## The crates' documentation
	$(CARGO) doc --workspace --no-deps

deny: ## Licences and advisories of what we depend on (needs cargo-deny)
	$(CARGO) deny check

clean: ## Remove what was built
	$(CARGO) clean
	rm -rf web/tests/node_modules web/tests/screenshots

# The program with the features that the tests build it with, so that nothing is compiled twice.
program: compiler
	$(CARGO) test --workspace --locked --no-run --test program

# What a bare Debian machine with Rust lacks.

compiler:
	@command -v cc >/dev/null || ($(AS_ROOT) apt-get update -q && $(AS_ROOT) apt-get install -qy build-essential)

# PostgreSQL and Redis for their programs alone: tests start their own, the system starts none.
service-tools:
	@(command -v redis-server && command -v psql && ls -d /usr/lib/postgresql/*/bin) >/dev/null 2>&1 || $(AS_ROOT) .ci/install-services

browser-tools: web/tests/node_modules/.package-lock.json
	@command -v chromium >/dev/null || ($(AS_ROOT) apt-get update -q && $(AS_ROOT) apt-get install -qy chromium fonts-dejavu-core fonts-noto-color-emoji)

web/tests/node_modules/.package-lock.json: web/tests/package-lock.json
	@command -v npm >/dev/null || ($(AS_ROOT) apt-get update -q && $(AS_ROOT) apt-get install -qy nodejs npm)
	cd web/tests && npm ci --no-audit --no-fund
