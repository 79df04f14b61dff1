"""Thousands of pairs at a time: what a user would lose if one file, one kill or one machine could stop the rest."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import batch_process
from tests.support import ROOT
from tests.tiny_models import package_folder
from workbench.align.documents import Described, chosen, matches
from workbench.bench.batch import sentence
from workbench.core import Workbench
from workbench.datatypes import Document, Kind, Segment, Status, Translation
from workbench.errors import DocumentError, InputError, StoreError, WorkbenchError
from workbench.ingest import read
from workbench.jobs import locks, shards, tables
from workbench.jobs.batch import Items, run
from workbench.jobs.files import documents_in, read_manifest
from workbench.jobs.into import take_in
from workbench.jobs.journal import Journal
from workbench.jobs.pools import Pool, cluster
from workbench.jobs.results import Report, show
from workbench.jobs.shards import PAIR, Item, cut, journal_of, result_of
from workbench.settings import Settings
from workbench.store import Record, RunLedger
from workbench.wiring import texts
from workbench.wiring.batching import Engine, Options, PairOfFiles, Text, Version, _side_of_row, packed, unpacked
from workbench.wiring.models import Models
from workbench.wiring.texts import Texts

PAIRS = 5
KILLED = 16  # pairs of a run that is killed
MODELS = Models()


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process of a run does to itself is not done to that of the tests, which loads models once."""
    monkeypatch.setattr(shards, "limit_threads", lambda threads: None)
    monkeypatch.setattr(shards, "Engine", partial(Engine, models=MODELS))
    shards._kept.cache_clear()


@pytest.fixture
def pool() -> Iterator[Pool]:
    """One thread that does what a process would."""
    with Here(lambda: ThreadPoolExecutor(1), lambda: 1) as pool:
        yield pool


class Here(Pool):
    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        self.executor.shutdown(cancel_futures=True)


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(str(tmp_path / "run"), False, Settings(threads=1))


@dataclass(frozen=True)
class Resumed:
    manifest: Path
    options: Options
    stopped: tuple[int, str, set[str]]  # by Ctrl-C: exit status, what was said, and the states of records
    done_before: list[str]  # ids of records, one done before Ctrl-C and one before kill -9
    alive: int  # processes that outlived their driver
    killed: tuple[int, str]  # a Dask worker, and the record it was aligning
    report: Report


def write_pairs(folder: Path, count: int = PAIRS, lines: int = 6) -> Path:
    """Invented texts and their translations, and a manifest of them."""
    draw = random.Random(7)
    folder.mkdir()
    rows = ["source,target,id"]
    for number in range(count):
        told = [sentence(draw) for _ in range(lines)]
        (folder / f"{number}.fr.txt").write_text("\n\n".join(each.french for each in told), encoding="utf-8")
        (folder / f"{number}.zh.txt").write_text("\n\n".join(each.chinese for each in told), encoding="utf-8")
        rows.append(f"{number}.fr.txt,{number}.zh.txt,p{number}")
    (folder / "pairs.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder / "pairs.csv"


def records(options: Options) -> dict[str, Record]:
    with RunLedger(Path(options.folder)) as ledger:
        return {record.id: record for record in ledger.records(PAIR)}


def rows(options: Options) -> list[tables.Row]:
    found = [row for path in Path(options.folder, "shards").glob("*.parquet") for row in tables.read_rows(path)[0]]
    return sorted(found, key=lambda row: (row["pair_id"], row["bead"]))


# -- results


def test_a_row_a_bead_with_texts_and_verdict_is_what_data_tools_read(
    tmp_path: Path, options: Options, pool: Pool
) -> None:
    import pandas as pd

    report = run(write_pairs(tmp_path / "texts"), options, pool)
    assert report.complete and report.states == {"done": PAIRS} and report.links == PAIRS * 6
    table = pd.read_parquet(Path(options.folder) / "shards")
    assert list(table.columns) == tables.schema().names
    assert set(table.pair_id) == {f"p{number}" for number in range(PAIRS)}
    first = table[(table.pair_id == "p3") & (table.bead == 0)].iloc[0]
    told = (tmp_path / "texts" / "3.fr.txt").read_text(encoding="utf-8").split("\n\n")
    assert (first.src_text, list(first.src_parts), list(first.src_numbers)) == (told[0], [told[0]], [1])
    assert (first.src_lang, first.tgt_lang, first.verdict) == ("fr", "zh-Hans", "strict translation")
    lines = (Path(options.folder) / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == PAIRS + 1 and all(line.split("\t")[1] == "done" for line in lines[1:])


def test_a_row_has_the_english_of_all_its_passages_or_none() -> None:
    document = Document("a.txt", "Eins. Deux.", (), "txt", "a.txt", "de")
    texts = ("Eins.", "de"), ("Deux.", "fr")
    segments = tuple(Segment(text, ((0, 5),), lang, Kind.BODY, 0) for text, lang in texts)
    text = Text(document, segments, (0, 1), {0: Translation("One.", "m")})
    rows = [_side_of_row("src", Version("a.txt"), places, text) for places in ((0,), (0, 1), ())]
    assert [row["src_en"] for row in rows] == ["One.", None, None]


def test_what_cannot_be_read_or_aligned_is_told_and_stops_nothing_else(
    tmp_path: Path, options: Options, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = write_pairs(tmp_path / "texts")
    (tmp_path / "texts" / "0.fr.txt").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "texts" / "1.zh.txt").write_text(" \n", encoding="utf-8")
    with manifest.open("a", encoding="utf-8") as file:
        file.write("\ngone.fr.txt,gone.zh.txt,gone\nonly.txt\n2.fr.txt,2.zh.txt,p2\n")
        file.write("/dev/zero,2.zh.txt,endless\na\0b.txt,2.zh.txt,nul\n")
    align = Engine.align

    def bug(self: Engine, pair: PairOfFiles) -> Any:
        return 1 / 0 if pair.id == "p3" else align(self, pair)

    monkeypatch.setattr(Engine, "align", bug)
    report = run(manifest, options, pool)
    assert report.states == {"done": 2, "failed": 6} and not report.complete
    told = records(options)
    assert "no such file" in told["gone"].reason and "gone.fr.txt" in told["gone"].reason
    assert "0.fr.txt" in told["p0"].reason
    assert "1.zh.txt: there are no words in it" in told["p1"].reason
    assert "ZeroDivisionError" in told["p3"].reason
    assert told["endless"].reason == "zero: this is a device or a pipe; name a file."
    assert "cannot be opened" in told["nul"].reason
    refused = [reason for reason in report.left_out if reason.startswith("reading the manifest")]
    assert report.unread == len(refused) == 2
    assert any("line 9" in reason and "p2 was named before" in reason for reason in refused)
    assert json.loads((Path(options.folder) / "report.json").read_text(encoding="utf-8"))["states"] == report.states
    assert any("6 failed" in line for line in show(report))

    monkeypatch.setattr(Engine, "align", align)
    assert run(manifest, options, pool).states == report.states  # nothing is tried again unasked
    assert run(manifest, options, pool, retry=True).states == {"done": 3, "failed": 5}
    assert {row["pair_id"] for row in rows(options)} == {"p2", "p3", "p4"}


def test_a_record_that_ends_its_process_is_found_out_and_the_others_are_done(tmp_path: Path, options: Options) -> None:
    manifest = write_pairs(tmp_path / "texts")
    for side in ("fr", "zh"):
        shutil.copy(tmp_path / "texts" / f"0.{side}.txt", tmp_path / "texts" / f"{batch_process.DEADLY}.{side}.txt")
    lines = manifest.read_text(encoding="utf-8").splitlines()
    lines.insert(3, f"{batch_process.DEADLY}.fr.txt,{batch_process.DEADLY}.zh.txt,bad")
    manifest.write_text("\n".join(lines), encoding="utf-8")
    context = multiprocessing.get_context("spawn")

    def fresh() -> Executor:
        return ProcessPoolExecutor(1, context, batch_process.begin)

    with Here(fresh, lambda: 1) as pool:
        report = run(manifest, options, pool)
    assert report.states == {"done": PAIRS, "failed": 1}
    assert "ended the process" in records(options)["bad"].reason


# -- interrupted


@pytest.fixture(scope="module")
def resumed(tmp_path_factory: pytest.TempPathFactory) -> Resumed:
    """A run stopped by Ctrl-C, begun again, killed, and brought to its end by Dask workers, one of which is killed."""
    import psutil

    place = tmp_path_factory.mktemp("resumed")
    options = Options(str(place / "run"), False, Settings(threads=1))
    manifest = _in_shards(write_pairs(place / "texts", KILLED, 30), options)
    first = _started(manifest, options)
    _wait_for(2, first, options)
    os.killpg(first.pid, signal.SIGINT)  # as a terminal does: to all its processes
    said = first.communicate(timeout=60)[1].decode()
    states = {str(record.state) for record in records(options).values()}
    done = _done(options)
    second = _started(manifest, options)
    _wait_for(4, second, options)
    workers = psutil.Process(second.pid).children(recursive=True)
    second.kill()
    second.communicate()
    alive = psutil.wait_procs(workers, timeout=20)[1]
    marked = [_mark(options, line) for line in (done[0], _done(options)[-1])]
    killed, report = _on_a_cluster(manifest, options, place)
    return Resumed(manifest, options, (first.returncode, said, states), marked, len(alive), killed, report)


def _in_shards(manifest: Path, options: Options) -> Path:
    """With other ids, so that the first shard is long, and not the only one."""
    signature, written = Engine(options, MODELS).signature(), manifest.read_text(encoding="utf-8")
    for salt in itertools.count():
        manifest.write_text(written.replace(",p", f",p{salt}-"), encoding="utf-8")
        items = Items(signature, Texts(manifest.parent, options.settings))
        lengths = [len(shard.items) for shard in cut(PAIR, list(map(items.of_pair, read_manifest(manifest)[0])))]
        if len(lengths) > 1 and lengths[0] >= KILLED / 2:
            return manifest
    raise AssertionError


def _on_a_cluster(manifest: Path, options: Options, place: Path) -> tuple[tuple[int, str], Report]:
    """Go on by two Dask workers; that which begins a record first is killed in the middle of it."""
    from distributed import Client, LocalCluster

    mark, scratch = place / "aligning", str(place / "dask")
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=scratch) as local,
        Client(local, set_as_default=False) as client,
        cluster(local.scheduler_address) as pool,
        ThreadPoolExecutor(1) as aside,
    ):
        assert pool.workers() == 2
        client.run(batch_process.wait_for_the_end, mark)
        killed = aside.submit(_killed, mark)
        report = run(manifest, options, pool)
        return killed.result(), report


def _killed(mark: Path) -> tuple[int, str]:
    """Kill whoever writes its number into a file; the number and what else stands there."""
    while not mark.exists() or not mark.read_text(encoding="utf-8").endswith("\n"):
        time.sleep(0.05)
    number, record = mark.read_text(encoding="utf-8").split()
    os.kill(int(number), signal.SIGKILL)
    return int(number), record


def command(manifest: Path, folder: str) -> list[str]:
    return [sys.executable, "-m", "workbench", "batch", str(manifest), "-o", folder, "--processes", "1"]


def test_at_ctrl_c_a_run_ends_says_so_and_leaves_nothing_half_done(resumed: Resumed) -> None:
    status, said, states = resumed.stopped
    assert status == 130
    assert "the same command goes on from there" in said and "Traceback" not in said
    assert states == {"pending"}


def test_after_ctrl_c_and_kill_9_a_run_goes_on_where_it_stopped(resumed: Resumed) -> None:
    assert resumed.alive == 0  # nobody works on unasked
    assert resumed.report.states == {"done": KILLED}
    kept = [name for name, told in records(resumed.options).items() if told.outcome["verdict"].startswith("kept ")]
    assert sorted(kept) == sorted(resumed.done_before)


def test_what_a_killed_dask_worker_was_aligning_another_one_does(resumed: Resumed) -> None:
    import psutil

    number, record = resumed.killed
    assert not psutil.pid_exists(number)
    assert record not in resumed.done_before
    assert {row["src_numbers"][0] for row in rows(resumed.options) if row["pair_id"] == record} == set(range(1, 31))


def test_stopped_killed_and_resumed_by_dask_workers_it_is_the_same_as_in_one_go(
    tmp_path: Path, resumed: Resumed, pool: Pool
) -> None:
    options = replace(resumed.options, folder=str(tmp_path / "run"))
    assert run(resumed.manifest, options, pool).complete
    assert rows(options) == rows(resumed.options)


def test_the_command_says_how_a_run_stands_and_takes_it_into_a_workspace(tmp_path: Path, resumed: Resumed) -> None:
    asked = [*command(resumed.manifest, resumed.options.folder), "--into", str(tmp_path / "ws")]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"pairs: {KILLED} done" in done.stdout and f"{KILLED} pairs taken into" in done.stdout


def test_of_two_runs_in_one_folder_one_is_told(tmp_path: Path, options: Options, pool: Pool) -> None:
    manifest = write_pairs(tmp_path / "texts", 1)
    with locks.try_work(Path(options.folder)), pytest.raises(InputError, match="another batch run is working"):
        run(manifest, options, pool)


def _started(manifest: Path, options: Options) -> subprocess.Popen[bytes]:
    """The command, whose process aligns two records and then waits to be ended."""
    code, pipe = "from tests.batch_process import main; main()", subprocess.PIPE
    asked = [sys.executable, "-c", code, *command(manifest, options.folder)[3:]]
    return subprocess.Popen(asked, cwd=ROOT, stdout=pipe, stderr=pipe, start_new_session=True)


def _done(options: Options) -> list[bytes]:
    """The lines of journals that say a record is done, but for one that is being written."""
    journals = [journal.read_bytes() for journal in Path(options.folder).glob("journals/*.jsonl")]
    return [line for content in journals for line in content.split(b"\n")[:-1] if b'"state"' in line]


def _wait_for(count: int, process: subprocess.Popen[bytes], options: Options) -> None:
    """Until so many records are done."""
    while process.poll() is None:
        if len(_done(options)) == count:
            return
        time.sleep(0.05)
    raise AssertionError(process.communicate()[1].decode())


def _mark(options: Options, line: bytes) -> str:
    """Mark a record that is done, whose id it is: done again, it would be without the mark. Tears the last line too."""
    for journal in Path(options.folder).glob("journals/*.jsonl"):
        content = journal.read_bytes()
        marked = content.replace(line, line.replace(b'"verdict": "', b'"verdict": "kept ', 1))
        journal.write_bytes(marked + b'{"id": "torn')
    return str(json.loads(line)["id"])


def test_what_is_done_is_not_done_again_and_only_what_changed_is(
    tmp_path: Path, options: Options, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "_MOST", 1)
    manifest = write_pairs(tmp_path / "texts")
    run(manifest, options, pool)
    before = rows(options)
    aligned: list[str] = []
    align = Engine.align
    monkeypatch.setattr(Engine, "align", lambda self, pair: (aligned.append(pair.id), align(self, pair))[1])
    run(manifest, options, pool)
    assert aligned == [] and rows(options) == before
    changed = tmp_path / "texts" / "2.fr.txt"
    changed.write_text(changed.read_text(encoding="utf-8").split("\n\n")[0], encoding="utf-8")
    result_of(Path(options.folder), records(options)["p4"].shard).unlink()
    run(manifest, options, pool)
    assert sorted(aligned) == ["p2", "p4"]
    assert [row for row in rows(options) if row["pair_id"] != "p2"] == [row for row in before if row["pair_id"] != "p2"]


def test_a_folder_is_the_run_of_one_source(tmp_path: Path, options: Options, pool: Pool) -> None:
    run(write_pairs(tmp_path / "texts", 1), options, pool)
    with pytest.raises(InputError, match="holds the run of another source"):
        run(write_pairs(tmp_path / "others", 1), options, pool)


def test_a_full_disk_stops_the_run_and_what_was_done_is_kept(
    tmp_path: Path, options: Options, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = write_pairs(tmp_path / "texts")
    end = Journal.end

    def full(self: Journal, line: Mapping[str, Any]) -> None:
        if len(self.lines) == 2:
            raise StoreError("no room")
        end(self, line)

    monkeypatch.setattr(shards, "_USUAL", 1 << 40)
    monkeypatch.setattr(Journal, "end", full)
    with pytest.raises(StoreError, match="no room"):
        run(manifest, options, pool)
    assert {record.reason for record in records(options).values()} == {"no room"}
    monkeypatch.setattr(Journal, "end", end)
    done: list[str] = []
    align = Engine.align
    monkeypatch.setattr(Engine, "align", lambda self, pair: (done.append(pair.id), align(self, pair))[1])
    assert run(manifest, options, pool).complete
    assert done == ["p2", "p3", "p4"]


# -- on a cluster


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.jobs.pools._PATIENCE", 0.2)
    with (
        pytest.raises(InputError, match="no Dask scheduler answers at tcp"),
        cluster("tcp://127.0.0.1:9"),
    ):
        pass


def test_a_cluster_without_workers_or_whose_scheduler_goes_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr("workbench.jobs.pools._PATIENCE", 1)
    with LocalCluster(n_workers=0, threads_per_worker=1, processes=False, dashboard_address=None) as local:
        with pytest.raises(InputError, match="has no worker"), cluster(local.scheduler_address):
            pass
        local.scale(1)
        with pytest.raises(WorkbenchError, match="went away"), cluster(local.scheduler_address) as pool:
            assert pool.workers() == 1
            local.close()
            pool.workers()


# -- finding versions


def test_versions_of_documents_are_found_in_a_folder_and_each_is_read_once(
    tmp_path: Path, options: Options, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = reads_of(monkeypatch)
    folder = tmp_path / "texts"
    folder.mkdir()
    draw = random.Random(3)
    for number in range(6):
        told = [sentence(draw) for _ in range(12)]
        # No name says what belongs together.
        for lang, name in (("french", 10 + number), ("chinese", 29 - number), ("english", 30 + (number + 3) % 6)):
            content = "\n\n".join(getattr(each, lang) for each in told)
            (folder / f"{name}.txt").write_text(content, encoding="utf-8")
    for name in ("interview.en.md", "interview.fr.md"):
        shutil.copy(ROOT / "sources" / name, folder / name)
    (folder / "empty.txt").write_text("", encoding="utf-8")
    report = run(folder, options, pool)
    assert sorted(opened) == sorted(path.name for path in folder.iterdir())
    pairs = {frozenset(key.split(" | ")) for key in records(options)}
    versions = [{f"{10 + n}.txt", f"{29 - n}.txt", f"{30 + (n + 3) % 6}.txt"} for n in range(6)]
    wanted = {frozenset((a, b)) for group in versions for a in group for b in group if a != b}
    assert pairs == wanted | {frozenset(("interview.en.md", "interview.fr.md"))}
    assert report.left_out["finding versions: document could not be read (see documents.tsv)"] == 1
    assert report.unread == 1 and not report.complete
    told = (Path(options.folder) / "documents.tsv").read_text(encoding="utf-8")
    assert "empty.txt: " in next(line for line in told.splitlines() if line.startswith("empty.txt"))


def reads_of(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that are read from now on."""
    opened: list[str] = []
    read = texts.read
    monkeypatch.setattr(texts, "read", lambda path, settings: (opened.append(path.name), read(path, settings))[1])
    return opened


def test_what_was_kept_of_a_document_is_what_was_read_unless_file_or_copy_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, opened = tmp_path / "a.srt", reads_of(monkeypatch)
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nANNE: Bonsoir.\n\n\u266a\n", encoding="utf-8")
    kept = Texts(tmp_path, Settings())
    made = kept.read(path, "fr", keep=True)
    assert kept.read(path, "fr") == made and opened == ["a.srt"]
    assert kept.read(path, "en") != made and len(opened) == 2
    copy = kept.place(path, "fr", made[0].sha256)
    copy.write_bytes(copy.read_bytes()[:-9])
    assert kept.read(path, "fr", keep=True) == made and len(opened) == 3
    path.write_text("Autre chose.", encoding="utf-8")
    assert kept.read(path, "fr") != made and len(opened) == 4
    kept.forget_all_but(set())
    assert not copy.exists()


def test_names_bring_documents_together_where_their_words_hardly_do() -> None:
    import numpy as np

    vectors = np.eye(4, dtype=np.float32)[[0, 1, 0, 1]] + np.float32(0.02) * np.eye(4, dtype=np.float32)
    named = ["a", "b", "a", "b"]
    langs = ["fr", "fr", "zh-Hans", "zh-Hans"]
    documents = [Described(lang, 10, frozenset(), name) for lang, name in zip(langs, named, strict=True)]
    found = chosen(matches(vectors, documents), documents)
    assert {(match.src, match.tgt) for match in found} == {(0, 2), (1, 3)}
    crossed = [replace(each, name=name) for each, name in zip(documents, ["a", "b", "b", "a"], strict=True)]
    sure = {(m.src, m.tgt): m.confidence for m in matches(vectors, documents)}
    doubted = {(m.src, m.tgt): m.confidence for m in matches(vectors, crossed)}
    assert doubted[0, 2] < sure[0, 2] and doubted[0, 3] > sure[0, 3]


@given(st.lists(st.floats(-1, 1, width=16), max_size=20))
def test_vectors_of_documents_are_kept_as_they_are(values: list[float]) -> None:
    import numpy as np

    assert unpacked(packed(np.array(values, dtype=np.float32))).tolist() == values


# -- parts


@given(st.sets(st.integers(0, 1 << 62), min_size=1, max_size=300), st.integers(0, 1 << 62))
def test_an_added_record_leaves_shards_elsewhere_as_they_are(keys: set[int], added: int) -> None:
    def items(numbers: list[int]) -> list[Item]:
        return [Item(str(number), f"{number:016x}", 1, {}) for number in numbers]

    numbers = sorted(keys)
    before = cut(PAIR, items(numbers))
    assert [item.id for shard in before for item in shard.items] == [str(number) for number in numbers]
    at = len(numbers) // 2
    after = cut(PAIR, items([*numbers[:at], added, *numbers[at:]]))
    first = next(place for place, shard in enumerate(before) if shard.items[-1].id >= "" and _holds(shard, numbers[at]))
    assert after[:first] == before[:first]


def _holds(shard: shards.Shard, number: int) -> bool:
    return any(item.id == str(number) for item in shard.items)


@given(st.binary(max_size=200))
def test_a_damaged_journal_is_read_as_far_as_it_is_sound(garbage: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = journal_of(Path(folder), "x")
        with Journal(path, "run") as journal:
            journal.begin("a")
            journal.end({"id": "a", "state": "done"})
        with path.open("ab") as file:
            file.write(garbage.replace(b'"id"', b"") + b"\n" + b'{"id": "b", "sta')
        with Journal(path, "run") as journal:
            assert journal.lines["a"] == {"id": "a", "state": "done"}
            journal.end({"id": "c", "state": "done"})
        with Journal(path, "later") as journal:
            assert "c" in journal.lines and "b" not in journal.lines and not journal.begun["a"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "x.txt\ty.txt\tfr\tzh-TW\tone\n"),
        ("a.csv", "\ufefftarget_lang,id,Source,Target,source_lang\r\nzh-TW,one,x.txt,y.txt,fr\r\n\r\n"),
        ("a.jsonl", '{"source": "x.txt", "target": "y.txt", "src_lang": "fr", "tgt_lang": "zh-TW", "id": "one"}\n'),
    ],
)
def test_manifests_name_pairs(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    pairs, refused = read_manifest(tmp_path / name)
    [pair] = pairs
    assert refused == []
    assert (pair.id, pair.src.path, pair.src.lang) == ("one", str(tmp_path.resolve() / "x.txt"), "fr")
    assert (pair.tgt.path, pair.tgt.lang) == (str(tmp_path.resolve() / "y.txt"), "zh-Hant")


@given(st.binary(max_size=300), st.sampled_from([".csv", ".tsv", ".jsonl"]))
def test_any_manifest_is_read_or_refused_in_words(content: bytes, suffix: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}")
        path.write_bytes(content)
        try:
            pairs, refused = read_manifest(path)
        except InputError:
            return
        assert all(pair.id and pair.src.path for pair in pairs) and all(line.reason for line in refused)


def test_a_name_that_no_database_takes_is_spelled_out(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text('{"source": "a\\udcff.txt", "target": "b.txt"}', encoding="utf-8")
    assert [pair.id for pair in read_manifest(tmp_path / "pairs.jsonl")[0]] == ["a\\udcff.txt | b.txt"]
    with pytest.raises(DocumentError, match=r"^a\ufffd[.]txt: the name of this file"):
        read(tmp_path / "a\udcff.txt")


@pytest.mark.parametrize("header", ["source;target;id\n", ""])
def test_a_manifest_may_have_semicolons(tmp_path: Path, header: str) -> None:
    (tmp_path / "pairs.csv").write_text(f'{header}"a;1.txt";b,2.txt;\nc.txt;d.txt\n', encoding="utf-8-sig")
    pairs, refused = read_manifest(tmp_path / "pairs.csv")
    assert [pair.id for pair in pairs] == ["a;1.txt | b,2.txt", "c.txt | d.txt"] and refused == []


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_a_manifest_may_be_in_the_encoding_of_a_spreadsheet(tmp_path: Path, encoding: str) -> None:
    lines = ["sep=;", "source;target", "été à la mer.fr.txt;summer.en.txt", "forÃªt.fr.txt;forest.en.txt", ""]
    (tmp_path / "pairs.csv").write_bytes("\r\n".join(lines).encode(encoding))
    pairs, refused = read_manifest(tmp_path / "pairs.csv")
    assert [Path(pair.src.path).name for pair in pairs] == ["été à la mer.fr.txt", "forÃªt.fr.txt"] and refused == []


def test_a_line_of_a_manifest_ends_where_a_file_s_does(tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_bytes("source,target\r\na\u2028b.txt,c\x85d.txt\r\ne.txt,f.txt\r\n".encode())
    pairs, refused = read_manifest(tmp_path / "pairs.csv")
    assert [Path(pair.src.path).name for pair in pairs] == ["a\u2028b.txt", "e.txt"] and refused == []


def test_a_manifest_that_names_no_pair_is_refused(tmp_path: Path, options: Options, pool: Pool) -> None:
    (tmp_path / "pairs.csv").write_text("a.txt|b.txt\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"pairs[.]csv names no pair of files \(line 1: a pair needs a source"):
        run(tmp_path / "pairs.csv", options, pool)


def test_hidden_files_are_no_documents(tmp_path: Path) -> None:
    for name in ("a.txt", ".b.txt", ".git/c.txt", "d/e.md", "f.exe", "~$g.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert list(documents_in(tmp_path)) == ["a.txt", "d/e.md"]


def test_links_are_documents_by_their_own_names_and_a_file_is_one(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (tmp_path / "annexed-0af3").write_text("A text.", encoding="utf-8")
    (folder / "a.txt").symlink_to(tmp_path / "annexed-0af3")
    (folder / "b.txt").write_text("Another.", encoding="utf-8")
    (folder / "c.txt").symlink_to("b.txt")
    found = documents_in(folder)
    assert list(found) == ["a.txt", "b.txt"]
    assert read(Path(found["a.txt"].path)).name == "a.txt"


# -- into a workspace


def test_pairs_go_into_a_workspace_and_leave_what_people_did_there(
    tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    package_folder(tmp_path / "models" / "translation")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "models" / "translation"))
    options = Options(str(tmp_path / "run"), True, Settings(threads=1))
    monkeypatch.setattr(shards, "Engine", Engine)  # with the package that is installed now
    run(write_pairs(tmp_path / "texts", 3), options, pool)
    taken = take_in(options, tmp_path / "ws", "Ada")
    assert (taken.pairs, taken.left_out) == (3, {})
    with Workbench(tmp_path / "ws", user="Ada") as bench:
        view = bench.pair("1.fr.txt", "1.zh.txt")
        assert view is not None and not view.stale and len(view.beads) == 6
        assert all(segment.english for segment in bench.segments("1.fr.txt"))
        assert bench.state() and len(bench.history()) == 3
        bench.review(view.beads[0].id, Status.REJECTED)
    (tmp_path / "texts" / "2.fr.txt").write_text("Autre chose.", encoding="utf-8")
    again = take_in(options, tmp_path / "ws", "Ada")
    assert again.pairs == 1
    assert sorted(again.left_out) == [
        "a file has changed since it was aligned; run the batch again",
        "people have said something of the pair in the workspace; align it there",
    ]


def test_documents_of_a_site_are_called_by_the_folders_that_tell_them_apart(
    tmp_path: Path, options: Options, pool: Pool
) -> None:
    texts = write_pairs(tmp_path / "texts", 1).parent
    for lang in ("fr", "zh"):
        (tmp_path / lang).mkdir()
        (texts / f"0.{lang}.txt").rename(tmp_path / lang / "index.txt")
    (tmp_path / "pairs.csv").write_text("fr/index.txt,zh/index.txt", encoding="utf-8")
    run(tmp_path / "pairs.csv", options, pool)
    take_in(options, tmp_path / "ws")
    with Workbench(tmp_path / "ws") as bench:
        assert [info.name for info in bench.documents()] == ["fr/index.txt", "zh/index.txt"]


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"PAR1")], ids=["gone", "damaged"])
def test_results_that_cannot_be_taken_in_are_named_and_made_anew(
    tmp_path: Path, options: Options, pool: Pool, harm: Callable[[Path], object]
) -> None:
    manifest = write_pairs(tmp_path / "texts", 1)
    run(manifest, options, pool)
    [result] = Path(options.folder, "shards").iterdir()
    harm(result)
    with pytest.raises(StoreError, match=rf"{result.name} cannot be read .* run the batch again"):
        take_in(options, tmp_path / "ws")
    result.unlink(missing_ok=True)
    run(manifest, options, pool)
    assert take_in(options, tmp_path / "ws").pairs == 1


def test_what_a_run_depends_on_is_told_without_opening_what_it_translated(tmp_path: Path) -> None:
    assert Engine(Options(str(tmp_path), True, Settings()), MODELS).signature()
    assert not list(tmp_path.iterdir())


def test_a_report_is_complete_when_all_is_read_and_done() -> None:
    report = Report("x", {"done": 2}, 0, {}, 3, {})
    assert report.complete and not replace(report, states={"done": 2, "pending": 1}).complete
    assert not replace(report, unread=1).complete
