# Finds a JDK 25 or later (JAVA_HOME first, then the usual places) and hands the work to Maven.
SHELL := /bin/bash
.DEFAULT_GOAL := help

usable = $(shell for home in "$(JAVA_HOME)" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/*jdk* \
	/Library/Java/JavaVirtualMachines/*/Contents/Home $(HOME)/.sdkman/candidates/java/* $(HOME)/.jdks/*; do \
	if [ -x "$$home/bin/javac" ] && [ "$$("$$home/bin/javac" -version 2>&1 | sed -E 's/javac ([0-9]+).*/\1/')" -ge 25 ] 2>/dev/null; \
	then echo "$$home"; break; fi; done)
JDK := $(usable)
export JAVA_HOME := $(JDK)
export PATH := $(JDK)/bin:$(PATH)
export PORT HOST DATA_DIR

MVN := mvn -B --no-transfer-progress
QUIET_MVN := mvn -B -q --no-transfer-progress

PORT ?= 8080
DATA_DIR ?= .data
SUITE ?= promql
DIR ?=
ONLY ?=

.PHONY: help run test bench conformance fuzz build clean format jdk

# What the packaged functions and the host are made of; the stamp is as new as the last package of them.
SOURCES := $(shell find pom.xml shared-core functions localstack -path '*/target' -prune -o \
	\( -path '*/src/main/*' -o -name pom.xml \) -type f -print)
PACKAGED := target/packaged

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 22

jdk:
	@if [ -z "$(JDK)" ]; then \
		echo "No JDK 25 or later found. Install one (for example Temurin 25 from adoptium.net, or" >&2; \
		echo "'apt-get install temurin-25-jdk' / 'openjdk-25-jdk'), or set JAVA_HOME to it." >&2; exit 1; fi
	@if ! command -v mvn >/dev/null; then echo "Maven 3.8 or later is needed: install the package 'maven'." >&2; exit 1; fi

print-jdk: jdk
	@echo "$(JDK)"

run: jdk $(PACKAGED) ## run the whole account on this machine; PORT, HOST and DATA_DIR are settings
	@exec java -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
		--sun-misc-unsafe-memory-access=allow -cp "localstack/target/classes:$$(cat localstack/target/host.classpath)" \
		io.lambdascope.localstack.Main

$(PACKAGED): $(SOURCES)
	@echo "Building the functions and the host; the first time this takes a few minutes."
	@$(QUIET_MVN) package -Dmaven.test.skip=true -Dquick -pl localstack -am
	@mkdir -p $(@D) && touch $@

test: jdk ## build everything, run every test
	$(MVN) verify

build: jdk $(PACKAGED) ## package the functions and the host, without tests

conformance: jdk ## run a folder of conformance data: SUITE=promql DIR=folder
	@$(QUIET_MVN) -Dquick -pl testing/conformance -am process-classes >&2
	@java -Xmx2g -XX:+UseSerialGC -Xss4m -cp "testing/conformance/target/classes:$$(cat testing/conformance/target/classpath.txt)" \
		io.lambdascope.conformance.Conformance "$(SUITE)" "$(DIR)"

fuzz: jdk ## random PromQL, asked in every way there is: MINUTES=10, SEED=number; CASE='a line of its' make fuzz: once more
	@$(QUIET_MVN) -Dquick -pl testing/conformance -am process-classes >&2
	@java -Xmx2g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
		-cp "testing/conformance/target/classes:$$(cat testing/conformance/target/classpath.txt)" io.lambdascope.conformance.Fuzz

# Cold starts are those of the packaged functions, so they are measured by the host that runs them.
bench: jdk $(PACKAGED) ## measure: each figure beside the command that measures it; ONLY=name for one
ifneq ($(ONLY),cold-starts)
	@$(QUIET_MVN) -Dquick -pl testing/benchmarks -am process-classes >&2
endif
ifneq ($(filter-out cold-starts dashboards,$(or $(ONLY),all)),)
	@java -Xmx2g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
		-cp "testing/benchmarks/target/classes:$$(cat testing/benchmarks/target/classpath.txt)" \
		io.lambdascope.benchmarks.Bench $(ONLY)
endif
ifneq ($(filter dashboards,$(or $(ONLY),dashboards)),)
	@echo "make bench ONLY=dashboards"
	@testing/benchmarks/dashboards.sh
endif
ifneq ($(filter cold-starts,$(or $(ONLY),cold-starts)),)
	@echo "make bench ONLY=cold-starts"
	@java -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
		-cp "localstack/target/classes:$$(cat localstack/target/host.classpath)" io.lambdascope.localstack.ColdStarts
endif

format: jdk ## format the code
	$(QUIET_MVN) spotless:apply

clean: jdk ## remove what was built; data in DATA_DIR stays
	$(QUIET_MVN) clean
