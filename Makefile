# make demo    set up, build the graph of the sample articles, say what to look at
# make test    set up what the tests need, then ruff, mypy and pytest
# make docs    write anew what is made in docs/: pages of commands, queries and terms, notebooks
# make site    the documentation as a site, in site/
# make bench   where the time of a build goes, stage by stage; benchmarks/README.md
# make exports  hold the exports against the packages that read them (builds PyICU: libicu-dev, g++)
# make quality  docs/quality.md's and data/quality.csv's figures anew, from the marked articles beside
#               the project

SHELL := /bin/sh
BIN := .venv/bin

.PHONY: demo test docs site bench exports quality constraints clean

demo: .venv/installed
	$(BIN)/sinergi build data/samples --registry data/samples-registry -o out/demo
	@printf '%s\n' '' \
	  'The page:   out/demo/network.html  (open it in a browser; it needs no network)' \
	  'The graph:  out/demo/graph.trig, and as a store for queries out/demo/store' \
	  '' 'Three questions to try:' \
	  '  $(BIN)/sinergi query out/demo/store --named who-met-whom' \
	  '  $(BIN)/sinergi show out/demo/store "Salis Farida Fitriani"' \
	  '  $(BIN)/sinergi query out/demo/store "SELECT DISTINCT ?day ?place { ?meeting a sin:Meeting ; schema:startDate ?day ; schema:location/schema:name ?place } ORDER BY ?day"'

test: .venv/installed-for-tests
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	  || command -v google-chrome >/dev/null || $(get-chromium) \
	  || echo 'No Chromium here, and none could be installed: the browser tests will be skipped.'
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

docs: .venv/installed-for-tests
	$(BIN)/python docs/make_commands.py
	$(BIN)/python docs/make_queries.py
	$(BIN)/python docs/make_ontology.py
	$(BIN)/python docs/make_notebooks.py

site: .venv/installed-for-tests
	$(BIN)/python -m sphinx -q -W --keep-going -d build/doctrees docs site
	@echo 'The site: site/index.html  (open it in a browser; it needs no server)'

bench: .venv/installed-for-bench
	$(BIN)/python benchmarks/bench.py

exports: .venv/installed-for-tests .venv/installed-for-exports
	$(BIN)/pytest tests/test_tables.py tests/test_store_formats.py tests/test_network.py
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pytest tests/test_docs.py -k exports.md

quality: .venv/installed
	$(BIN)/python docs/make_quality.py

constraints: .venv/installed-for-tests .venv/installed-for-bench .venv/installed-for-exports
	@{ grep '^#' constraints.txt; \
	   $(BIN)/pip freeze --all --exclude-editable | grep -v '^setuptools=='; } > .venv/constraints
	mv .venv/constraints constraints.txt

clean:
	rm -rf .venv out dist build site docs/tables

# The first Python from 3.11 on that can make virtual environments.
find-python = for python in python3 python3.13 python3.12 python3.11; do \
    $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
      2>/dev/null && break; python=; done; test -n "$$python"
is-debian-root = { test "$$(id -u)" = 0 && command -v apt-get >/dev/null; }
get-venv = { $(is-debian-root) && apt-get update -q && apt-get install -qy python3-venv; }
get-icu = { $(is-debian-root) && apt-get update -q && \
  apt-get install -qy g++ pkg-config libicu-dev python3-dev; }
get-chromium = { $(is-debian-root) && apt-get update -q && apt-get install -qy chromium; }

.venv/bin/pip:
	@{ $(find-python); } || { $(get-venv) && $(find-python); } || \
	  { echo 'sinergi needs Python 3.11 or later with its venv module (Debian: python3-venv).' >&2; \
	    exit 1; }; \
	$$python -m venv .venv

# pip itself first: the one that comes with Python may not know dependency groups.
.venv/installed: pyproject.toml constraints.txt | .venv/bin/pip
	$(BIN)/python -m pip install -q -c constraints.txt --upgrade pip
	$(BIN)/python -m pip install -q -c constraints.txt -e .
	@touch $@

.venv/installed-for-tests: .venv/installed
	$(BIN)/python -m pip install -q -c constraints.txt --group dev --group docs
	@touch $@

.venv/installed-for-bench: .venv/installed
	$(BIN)/python -m pip install -q -c constraints.txt --group bench
	@touch $@

.venv/installed-for-exports: .venv/installed
	@pkg-config --exists icu-i18n || $(get-icu) || \
	  echo 'followthemoney needs PyICU, which is built with g++, pkg-config and libicu-dev.'
	$(BIN)/python -m pip install -q -c constraints.txt --group exports
	@touch $@
