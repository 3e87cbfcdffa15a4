"""A Dask cluster: the same bytes as here, whatever dies; and the recipe for Spark."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from stance.batch import cluster as clusters
from stance.batch.cluster import process
from stance.batch.local import Job, run_batch
from stance.batch.outputs import failures_path
from stance.batch.remote import Instrument
from stance.batch.same import code_version, environment, libraries
from stance.batch.walk import Document
from stance.batch.work import Outcome, Work, died
from stance.classify import linear
from stance.errors import StanceError, UsageError
from stance.export.csv import COLUMNS, csv_bytes, parents_of, score_rows
from stance.language import patterns, tagger
from stance.pipeline import analyze
from stance.reading.text import article_from_text
from stance.resources import data_folder, load_resources

ROOT = Path(__file__).parents[2]
CLUSTER = """
import sys, time
import dask
from distributed import LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0")
    print(cluster.scheduler_address, flush=True)
    time.sleep(300)
"""


@pytest.fixture(scope="module")
def distributed():
    """Dask, where a cluster can be."""
    library = pytest.importorskip("distributed")
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=5).close()
    except OSError as error:
        pytest.skip(f"sockets on localhost are forbidden: {error}")
    return library


@pytest.fixture(scope="module")
def cluster(distributed):
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as running:
        yield running


@pytest.fixture
def address(cluster):
    cluster.wait_for_workers(2, timeout=30)
    return cluster.scheduler_address


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder of files, a container with a broken line, a broken file, an empty one and one that is not there."""
    source = tmp_path_factory.mktemp("cluster") / "in"
    shutil.copytree(data_folder("corpus") / "articles", source)
    texts = [path.read_text("utf-8") for path in sorted(source.glob("*.txt"))]
    rows = "".join(json.dumps({"id": str(place), "text": text}) + "\n" for place, text in enumerate(texts))
    (source / "many.jsonl").write_text(rows + "no json\n", "utf-8")
    (source / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (source / "empty.txt").touch()
    (source / "gone.txt").symlink_to("nowhere.txt")
    return source


def results(output):
    return output.read_bytes(), failures_path(output).read_bytes()


@pytest.fixture(scope="module")
def expected(folder, resources):
    output = folder.parent / "local" / "o.csv"
    output.parent.mkdir()
    run_batch(Job(folder, output, workers=1), resources)
    assert failures_path(output).read_bytes().count(b"\n") == 1 + 4
    return results(output)


def test_the_same_bytes_as_here(folder, tmp_path, resources, address, expected):
    summary = run_batch(Job(folder, tmp_path / "o.csv", dask=address), resources)
    assert results(tmp_path / "o.csv") == expected
    assert (summary.documents, summary.failures) == (28, 4)


def test_a_worker_is_killed(folder, tmp_path, resources, cluster, expected):
    killed = []

    def progress(state):
        if state.done > 6 and not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    run_batch(Job(folder, tmp_path / "o.csv", dask=cluster.scheduler_address), resources, progress=progress)
    assert killed
    assert results(tmp_path / "o.csv") == expected


def test_begun_there_and_ended_here(folder, tmp_path, resources, address, expected):
    class Enough(Exception):  # noqa: N818
        pass

    def progress(state):
        if state.done == 10:
            raise Enough

    job = Job(folder, tmp_path / "o.csv", dask=address)
    with pytest.raises(Enough):
        run_batch(job, resources, progress=progress)
    summary = run_batch(replace(job, dask="", workers=1, resume=True), resources)
    assert summary.kept >= 6  # failures are tried again
    assert summary.changed == 0
    assert results(job.output) == expected


def test_begun_here_and_ended_there(folder, tmp_path, resources, address, expected):
    def progress(state):
        if state.done == 10:
            raise KeyboardInterrupt

    job = Job(folder, tmp_path / "o.csv", workers=1)
    with pytest.raises(KeyboardInterrupt):
        run_batch(job, resources, progress=progress)
    summary = run_batch(replace(job, dask=address, workers=0, resume=True), resources)
    assert summary.kept >= 6
    assert summary.changed == 0
    assert results(job.output) == expected


class Deadly(Work):
    """Ends its process over some documents."""

    def __call__(self, document):
        if document.id.startswith("deadly"):
            os.kill(os.getpid(), signal.SIGKILL)
        return Work.__call__(self, document)


def test_a_document_that_ends_its_workers_is_a_failure(tmp_path, resources, distributed):
    import dask  # noqa: PLC0415 - an extra

    documents = []
    for place, name in enumerate([*(f"{number}.txt" for number in range(20)), "deadly.txt"]):
        (tmp_path / name).write_text("Obama lied about Russia.")
        documents.append(Document(name, str(tmp_path / name), place=place))
    documents.insert(3, documents.pop())
    # A cluster of its own, where one death is enough: Dask does not always start a worker again that dies at its start.
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=":0") as doomed,
    ):
        done = process(documents, Deadly(resources, "csv", {}), died, doomed.scheduler_address)
        found = {document.id: outcome for document, outcome in done}
    assert set(found) == {document.id for document in documents}
    failure = found.pop("deadly.txt").failure
    assert failure.error == "every worker of the cluster that tried it ended, 1 in all"
    assert "--workers" not in failure.remedy
    assert all(outcome.failure is None and outcome.data for outcome in found.values())


@pytest.mark.parametrize(("often", "done"), [(1, True), (1_000, False)])
def test_a_batch_that_the_scheduler_forgets_is_sent_again(
    address, tmp_path, resources, often, done, monkeypatch
):
    documents = []
    for place in range(6):
        path = tmp_path / f"{place}.txt"
        path.write_text("Obama lied about Russia.")
        documents.append(Document(path.name, str(path), place=place))
    left = [often]
    give = clusters._Cluster.give

    def forgetful(self, batch):
        give(self, batch)
        if left[0]:
            left[0] -= 1
            list(self._under_way.values())[-1].future.cancel()

    monkeypatch.setattr(clusters._Cluster, "give", forgetful)
    run = process(documents, Work(resources, "csv", {}), died, address)
    if done:
        found = {document.id: outcome for document, outcome in run}
        assert set(found) == {document.id for document in documents}
        assert all(outcome.failure is None for outcome in found.values())
    else:
        with pytest.raises(StanceError, match="go on with --resume"):
            list(run)


class Telling(Work):
    """Says which object in which process did a document."""

    def __call__(self, document):
        time.sleep(0.01)
        return Outcome(digest=f"{os.getpid()} {id(self)} {len(document.data)}")


def test_the_instrument_is_unpacked_once_in_each_process(tmp_path, resources, address):
    (tmp_path / "a.txt").write_text("Obama lied.")
    documents = [Document(str(place), str(tmp_path / "a.txt"), place=place) for place in range(400)]
    done = list(process(documents, Telling(resources, "csv", {}), died, address))
    assert sorted(document.place for document, _ in done) == list(range(400))
    digests = {outcome.digest for _, outcome in done}
    assert len({digest.split()[0] for digest in digests}) == len(digests) == 2
    # The bytes travelled.
    assert all(digest.endswith(" 11") for digest in digests)


def test_all_workers_have_the_instrument_from_the_start(tmp_path, resources, cluster, address):
    (tmp_path / "a.txt").write_text("Obama lied.")
    documents = [Document(str(place), str(tmp_path / "a.txt"), place=place) for place in range(40)]
    found = process(documents, Telling(resources, "csv", {}), died, address)
    next(found)
    (instrument,) = (task for key, task in cluster.scheduler.tasks.items() if key.endswith("-instrument"))
    assert len(instrument.who_has) == 2
    found.close()


def test_few_documents_are_under_way(tmp_path, resources, address):
    (tmp_path / "a.txt").write_text("Obama lied.")
    pulled = 0

    def endless():
        nonlocal pulled
        while True:
            pulled += 1
            yield Document(str(pulled), str(tmp_path / "a.txt"))

    found = process(endless(), Work(resources, "csv", {}), died, address)
    for _ in range(200):
        next(found)
    assert pulled < 200 + 16 * 9
    began = time.monotonic()
    found.close()
    assert time.monotonic() - began < 2


def test_workers_that_are_not_the_same(folder, tmp_path, resources, address, monkeypatch):
    expected = {**environment(libraries(neural=False)), "lxml": "0.1"}
    monkeypatch.setattr(clusters, "environment", lambda _: expected)
    with pytest.raises(StanceError, match=r"worker tcp://.*: lxml is .* there and 0\.1 on the client"):
        run_batch(Job(folder, tmp_path / "o.csv", dask=address), resources)


def test_an_instrument_of_another_version(resources):
    packed = pickle.dumps(Work(resources, "csv", {}))
    same = environment(libraries(neural=True))
    sent = pickle.loads(pickle.dumps(Instrument(packed, same)))  # noqa: S301 - our own bytes
    assert sent.work().resources.instrument == resources.instrument
    assert sent.work() is sent.work()
    assert code_version() == same["stance"]
    for name in ("stance", "Python", "pypdf"):
        with pytest.raises(UsageError, match=f"{name} is"):
            Instrument(packed, {**same, name: "0"}).work()


def test_the_encoder_can_be_sent_to_another_process(tmp_path):
    pytest.importorskip("onnxruntime")
    loaded = load_resources(classifier="neural")
    sent = pickle.loads(pickle.dumps(Work(loaded, "csv", {})))  # noqa: S301 - our own bytes
    (tmp_path / "a.txt").write_text("Obama lied about Russia.")
    document = Document("a", str(tmp_path / "a.txt"))
    assert sent(document) == Work(loaded, "csv", {})(document)
    assert sent(document).scores


def test_threads_of_a_worker_do_not_disturb_each_other(monkeypatch):
    paths = sorted((data_folder("corpus") / "articles").glob("*.txt"))
    documents = [Document(path.name, str(path)) for path in paths]
    work = Work(load_resources(), "csv", {})
    expected = [work(document) for document in documents]
    # Caches that are emptied all the time, and threads that change at every turn.
    for module in (linear, tagger, patterns):
        monkeypatch.setattr(module, "_MAX_KNOWN", 50)
    work = Work(load_resources(), "csv", {})
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(work, documents)) == expected
    finally:
        sys.setswitchinterval(interval)


def test_a_cluster_without_workers(folder, tmp_path, resources, distributed, monkeypatch):
    monkeypatch.setattr(clusters, "WORKERS_SECONDS", 0.5)
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        job = Job(folder, tmp_path / "o.csv", dask=empty.scheduler_address)
        with pytest.raises(
            StanceError, match="had no worker for 0 seconds; start some with `dask worker tcp:"
        ):
            run_batch(job, resources)


@pytest.mark.parametrize(
    ("given", "word"),
    [({"workers": 2}, "--workers does not go with --dask"), ({"timeout": 2.0}, "--timeout needs local")],
)
def test_what_a_cluster_cannot_do(folder, tmp_path, resources, given, word):
    with pytest.raises(UsageError, match=word):
        run_batch(Job(folder, tmp_path / "o.csv", dask="tcp://127.0.0.1:1", **given), resources)


def test_without_dask(folder, tmp_path, resources, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"library distributed; pip install 'stance\[dask\]'"):
        run_batch(Job(folder, tmp_path / "o.csv", dask="tcp://127.0.0.1:1"), resources)


def start(place, folder, *arguments, seconds=1.0):
    """Start the command line, which waits for a scheduler no longer than some seconds."""
    program = (
        "import sys, stance.batch.cluster as one, stance.batch.connection as other\n"
        f"one.CONNECT_SECONDS = other.CONNECT_SECONDS = {seconds}\n"
        "from stance.cli import main; sys.exit(main())"
    )
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "STANCE_"))}
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            program,
            "batch",
            folder,
            "-o",
            "o.csv",
            "--classifier",
            "lexicon",
            *arguments,
        ],
        cwd=place,
        env={**kept, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.fixture
def silent():
    """A port where somebody takes calls and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("kind", ["nobody", "silent", "no port", "no scheme", "worker"])
def test_an_address_that_is_none(folder, tmp_path, silent, cluster, kind):
    given = {
        "nobody": "tcp://127.0.0.1:1",
        "silent": silent,
        "no port": "10.0.0.5",
        "no scheme": "gopher://a:1",
        "worker": next(iter(cluster.workers.values())).worker_address,
    }[kind]
    running = start(tmp_path, folder, "--dask", given)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 2
    assert err.count("\n") == 1
    assert f"--dask {given}: no Dask scheduler can be reached there" in err
    assert list(tmp_path.iterdir()) == []


def journal_begun(place):
    return sum(path.stat().st_size for path in place.glob("o.csv.journal*")) > 60_000


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    source = tmp_path_factory.mktemp("many") / "in"
    for number in range(20):
        shutil.copytree(data_folder("corpus") / "articles", source / str(number))
    return source


def wait_until_begun(running, place):
    while not journal_begun(place):
        assert running.poll() is None, running.stderr.read()
        time.sleep(0.02)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals(many, tmp_path, address, number, code):
    running = start(tmp_path, many, "--dask", address, seconds=10)
    wait_until_begun(running, tmp_path)
    began = time.monotonic()
    running.send_signal(number)
    _, err = running.communicate(timeout=30)
    assert time.monotonic() - began < 2
    assert running.returncode == code
    assert err.count("\n") == 1
    assert f"--dask {address} --resume" in err
    assert not (tmp_path / "o.csv").exists()
    assert (tmp_path / "o.csv.journal").exists()


def test_the_scheduler_is_lost(many, tmp_path, distributed):  # noqa: ARG001 - skipped where a cluster cannot be
    with subprocess.Popen(
        [sys.executable, "-c", CLUSTER],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as other:
        address = other.stdout.readline().strip()
        running = start(tmp_path, many, "--dask", address)
        wait_until_begun(running, tmp_path)
        other.kill()
        _, err = running.communicate(timeout=60)
    assert running.returncode == 2
    assert err.count("\n") == 1
    assert f"--dask {address}: the connection to the scheduler was lost" in err
    assert (tmp_path / "o.csv.journal").exists()


def test_nothing_of_dask_is_loaded_without_it():
    program = (
        "import sys, stance.batch.local, stance.cli.batch; print({'dask', 'distributed'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == b"set()"


class Table:
    """What the recipe needs of pandas."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns


def test_the_recipe_for_spark(resources, monkeypatch):
    text = (ROOT / "docs" / "scaling.md").read_text("utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    names = {}
    exec(code, names)  # noqa: S102 - our own documentation
    names["resources"] = lambda: resources
    articles = sorted((data_folder("corpus") / "articles").glob("*.txt"))[:3]
    texts = [path.read_text("utf-8") for path in articles]
    batch = {"id": [1, 2, 3, 4, 5], "text": [*texts, None, " "], "date": ["2016-02-18", None, "", None, ""]}
    try:
        import pandas  # noqa: PLC0415
    except ModuleNotFoundError:
        monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=Table))
        found = list(names["score"](iter([batch, batch])))
        rows = [table.rows for table in found]
    else:
        found = list(names["score"](iter([pandas.DataFrame(batch)] * 2)))
        rows = [table.to_numpy().tolist() for table in found]
    assert [list(table.columns) for table in found] == [list(COLUMNS)] * 2
    expected = [
        row
        for number, (text, date) in enumerate(zip(texts, ["2016-02-18", "", ""], strict=True), start=1)
        for row in score_rows(
            analyze(article_from_text(text, id=str(number), date=date), resources),
            parents_of(resources.roster),
        )
    ]
    assert csv_bytes(rows[0]) == csv_bytes(rows[1]) == csv_bytes(expected)
    assert names["SCHEMA"].startswith("`doc_id` string, `path` string")
    assert "`sentence_id` int, " in names["SCHEMA"]
    assert "`score` double, " in names["SCHEMA"]
