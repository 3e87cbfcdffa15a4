# Everything from nothing: each target sets up the environment that it needs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARTICLE ?= corpus/articles/leader-obama-farewell.txt
DATE ?= 2017-01-14
DATA ?= ../shared/data

TEACHER ?= ../bases/all-mpnet-base-v2
STUDENT ?= ../bases/all-MiniLM-L6-v2

.PHONY: demo test test-training lint picture benchmark train train-encoder segmenter wheel clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

$(VENV)/.train: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	touch $@

$(VENV)/.benchmark: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --group benchmark
	touch $@

demo: $(VENV)/.installed  ## the report of a corpus article, then its scores as CSV
	$(BIN)/stance analyze $(ARTICLE) --date $(DATE)
	@echo
	$(BIN)/stance analyze --format csv $(ARTICLE) --date $(DATE) --output $(VENV)/demo.csv
	@echo "The same scores as CSV, first lines:"
	@head -n 4 $(VENV)/demo.csv | cut -c 1-240

test: $(VENV)/.dev  ## the whole test suite
	$(BIN)/python -m pytest -n auto

test-training: $(VENV)/.train  ## the tests that train encoders; they need PyTorch
	$(BIN)/python -m pytest tests/unit/test_encoder_training.py

lint: $(VENV)/.dev  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

picture: $(VENV)/.installed  ## the README's picture of the report
	$(BIN)/python docs/make_picture.py $(ARTICLE) docs/report.svg $(DATE)

WORK ?= $(VENV)/neural.work
benchmark: $(VENV)/.benchmark  ## accuracy and speed beside baselines; needs DATA; encoders by fold need WORK, which train-encoder fills
	$(BIN)/python benchmark/accuracy.py --data $(DATA) $(if $(wildcard $(WORK)),--work $(WORK))
	$(BIN)/python benchmark/frames.py --data $(DATA)
	$(BIN)/python benchmark/comparison.py
	$(BIN)/python benchmark/reference.py --data $(DATA)
	$(BIN)/python benchmark/speed.py --data $(DATA)

SOFT ?= $(VENV)/soft-labels.jsonl
$(SOFT): $(VENV)/.dev
	$(BIN)/stance label $(DATA)/unlabelled/articles.jsonl --alone --output $@

train: $(VENV)/.dev $(SOFT)  ## the built-in linear model anew; needs DATA; the built-in encoder writes SOFT
	$(BIN)/stance train $(DATA)/targets/newsmtsc_train.jsonl $(DATA)/targets/newstsc_train.jsonl \
	  $(DATA)/whole_articles corpus/sentences corpus/codes \
	  --text $(DATA)/unlabelled/articles.jsonl --soft-labels $(SOFT) --output stance/models/linear

train-encoder: $(VENV)/.train  ## the built-in encoder anew, in hours; needs DATA and two pretrained encoders
	$(BIN)/stance train $(DATA)/targets/newsmtsc_train.jsonl $(DATA)/targets/newstsc_train.jsonl \
	  $(DATA)/whole_articles corpus/sentences corpus/codes --classifier neural \
	  --text $(DATA)/unlabelled/articles.jsonl \
	  --base $(TEACHER) --student $(STUDENT) --work $(VENV)/neural.work --output stance/models/neural

wheel: $(VENV)/.dev  ## the wheel, tried in an empty environment
	rm -rf dist && $(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
