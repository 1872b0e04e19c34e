# Everything that is done with Blackbox. `make` alone explains the targets.
#
# The targets set up what they need by themselves: a JDK 25 is found wherever it lies, and what is
# missing is installed where that is allowed, or named with the command that installs it.

MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
MAVEN := scripts/maven.sh

# Arguments for what is run: make demo ARGS='--http-port 0'
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo run web-dev check fmt test e2e bench bench-peers bench-patterns dist clean

help: ## explain the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1 · /p' $(MAKEFILE_LIST) | \
	  while IFS=' ' read -r target _ text; do printf '  make %-12s %s\n' "$$target" "$$text"; done

demo: ## build, start a server on an empty folder and send it believable traffic
	@scripts/build.sh
	@exec ./blackbox demo $(ARGS)

run: ## build and start a server on ./data
	@scripts/build.sh
	@exec ./blackbox serve $(ARGS)

web-dev: ## the web UI while it is worked on, over a Blackbox that runs: make web-dev URL=http://…
	@BLACKBOX_URL=$(or $(URL),http://127.0.0.1:7070) scripts/npm.sh run dev $(ARGS)

check: ## everything that must pass before a change is done
	@scripts/check.sh

fmt: ## format the Java code
	@$(MAVEN) -q spotless:apply

test: ## the tests of all modules that need no packaged server
	@$(MAVEN) test --projects '!e2e' $(ARGS)

e2e: ## the tests that start the packaged server
	@scripts/build.sh
	@$(MAVEN) verify --projects e2e $(ARGS)

bench: ## measure Blackbox and record the results
	@scripts/build.sh bench
	@scripts/bench.sh run $(ARGS)

bench-peers: ## measure Blackbox side by side with its peers
	@scripts/build.sh bench
	@scripts/bench.sh peers $(ARGS)

bench-patterns: ## measure message templates over labelled log sets: make bench-patterns LOGS=folder
	@test -n "$(LOGS)" || { echo "say which folder has the sets: make bench-patterns LOGS=folder" >&2; exit 2; }
	@scripts/build.sh bench
	@scripts/bench.sh patterns $(LOGS) $(ARGS)

dist: ## pack what runs without the sources into target/blackbox-VERSION.tar.gz
	@scripts/build.sh
	@scripts/dist.sh

clean: ## remove everything that was built
	@rm -rf target */target storage/*/target bench/opensearch/target bench/peers/node_modules web/node_modules
