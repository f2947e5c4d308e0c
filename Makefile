# Two commands for a newcomer: make demo, make test. Everything installs into .venv.
PYTHON ?= python3
BIN = .venv/bin
export HF_HUB_OFFLINE ?= 1

.PHONY: demo test sync lab readme docs bench clean
demo: .venv/.core               ## caption the sample photos of the demo archive
	$(BIN)/evcap demo --out demo-out

test: .venv/.dev                ## run every notebook; prints "N passed, N failed"
	$(BIN)/python .ci/run_notebooks.py

sync: .venv/.dev                ## export, clean, fail if that changed a tracked file; then what a reader trips over
	$(BIN)/nbdev_export && $(BIN)/nbdev_clean && git diff --exit-code -- nbs evcap_nb
	-$(BIN)/python .ci/check_pages.py

lab: .venv/.lab                 ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab --ServerApp.ip=127.0.0.1 nbs

readme: .venv/.dev              ## README.md from nbs/index.ipynb
	$(BIN)/python .ci/make_readme.py

docs: .venv/.docs               ## the site of the pages in _docs, and what is wrong with it; nothing is fetched
	$(BIN)/python .ci/make_docs.py
	$(BIN)/python .ci/check_site.py

bench: .venv/.dev               ## the pages that measure, slow cells included
	$(BIN)/python .ci/run_notebooks.py --flags slow nbs/tests

.venv/.core .venv/.lab .venv/.docs .venv/.dev: settings.ini setup.py
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip setuptools wheel
	$(BIN)/pip install --quiet -e ".[$(EXTRA)]"
	touch $@
.venv/.core: EXTRA = demo
.venv/.lab: EXTRA = demo,lab
.venv/.docs: EXTRA = docs
.venv/.dev: EXTRA = dev

clean:                          ## remove what can be made again
	rm -rf .venv build demo-out *.egg-info _docs _proc
