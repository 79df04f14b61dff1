"""Work in the background, by real workers on a real workspace: what a user would lose if it were wrong."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest

from tests import support
from tests.support import ROOT, worker_ended
from tests.tiny_models import package_folder
from workbench import jobs
from workbench.core import Workbench
from workbench.errors import InputError, StoreError, UnknownDocumentError, UnknownItemError
from workbench.jobs import spawn
from workbench.jobs.kinds import KINDS, Kind
from workbench.jobs.locks import be_worker, try_work
from workbench.jobs.worker import Worker, rest
from workbench.store import Job, JobState, Store, Wish

CHUNK = 256  # translations a commit
TEXTS = [  # of which two commits are made
    f"{a} {b} {c} dans {d} {e}"
    for a, b, c, d, e in product(("le", "un"), ("chat", "chien", "petit", "grand"), ("dort", "mange", "voit"),
                                 ("le", "la", "un"), ("gare", "maison", "jardin", "chat"))
]  # fmt: skip


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment in which a tiny model translates French, word for word."""
    folder = tmp_path_factory.mktemp("models")
    package_folder(folder / "translation")
    return {"WORKBENCH_MODELS": str(folder), "ARGOS_PACKAGES_DIR": str(folder / "none")}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench(tmp_path / "ws", user="Ada") as workbench:
        workbench.add_bytes("\n\n".join(TEXTS).encode(), "a.fr.txt", "fr")
        workbench.add_bytes(b"The cat sleeps.", "b.txt", "en")
        yield workbench


@pytest.fixture
def store(bench: Workbench) -> Iterator[Store]:
    with Store(bench.folder) as opened:
        yield opened


Start = Callable[[int], subprocess.Popen[str]]


@pytest.fixture
def worker(bench: Workbench, models: Mapping[str, str]) -> Iterator[Start]:
    """Starts a worker that waits after so many commits."""
    started: list[subprocess.Popen[str]] = []

    def start(wait_after: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.worker_process", bench.folder, bench.folder / "log", str(wait_after)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | models, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def reached(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "waiting\n"


def go_on(process: subprocess.Popen[str]) -> None:
    process.communicate("go on\n")
    assert process.returncode == 0


def given_to_the_model(bench: Workbench) -> Counter[str]:
    return Counter((bench.folder / "log").read_text(encoding="utf-8").splitlines())


def known(store: Store, models: Mapping[str, str]) -> int:
    from workbench.wiring.models import Models

    return len(Models(folder=Path(models["WORKBENCH_MODELS"])).known_translations("fr", TEXTS, store))


def asked(bench: Workbench) -> Job:
    return bench.ask_job("translate", ["a.fr.txt"])


def state(bench: Workbench) -> JobState:
    return bench.jobs()[-1].state


# -- a worker that is interrupted


def test_a_worker_that_is_killed_loses_nothing_and_the_next_does_nothing_twice(
    bench: Workbench, store: Store, models: Mapping[str, str], worker: Start
) -> None:
    asked(bench)
    first = worker(1)
    reached(first)
    first.kill()
    first.wait()
    assert state(bench) is JobState.RUNNING
    assert known(store, models) == CHUNK
    go_on(worker(0))
    assert state(bench) is JobState.DONE
    assert known(store, models) == len(TEXTS)
    assert given_to_the_model(bench) == Counter(TEXTS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no folder whose files are open")
def test_a_workspace_that_is_moved_takes_no_worker_along_and_leaves_none_behind(
    bench: Workbench, worker: Start
) -> None:
    """It did the next job in the empty workspace that it began where the other had been: its documents were gone."""
    asked(bench)
    first = worker(2)
    reached(first)
    moved = bench.folder.rename(bench.folder.with_name("moved"))
    bench.ask_job("translate", ["b.txt"])
    go_on(first)
    assert [job.state for job in bench.jobs()] == [JobState.DONE, JobState.WAITING]
    assert not bench.folder.exists()
    Worker(moved, idle=0).run()
    assert state(bench) is JobState.DONE
    with pytest.raises(InputError, match="was it moved"):
        Worker(bench.folder, idle=0).run()
    assert not bench.folder.exists()


def test_a_workspace_has_one_worker(bench: Workbench, worker: Start) -> None:
    asked(bench)
    first = worker(1)
    reached(first)
    go_on(worker(0))
    [job] = bench.jobs()
    assert (job.state, job.worker) == (JobState.RUNNING, first.pid)
    go_on(first)
    assert state(bench) is JobState.DONE
    assert given_to_the_model(bench) == Counter(TEXTS)


@pytest.mark.parametrize("wish", ["pause", "cancel"])
def test_a_running_job_is_paused_or_cancelled_and_keeps_what_it_did(
    bench: Workbench, store: Store, models: Mapping[str, str], worker: Start, wish: Wish
) -> None:
    number = asked(bench).number
    first = worker(1)
    reached(first)
    bench.steer_job(number, wish)
    assert bench.jobs()[-1].asked == wish
    go_on(first)
    assert state(bench) is (JobState.PAUSED if wish == "pause" else JobState.CANCELLED)
    assert known(store, models) == CHUNK
    Worker(bench.folder, idle=0).run()
    assert known(store, models) == CHUNK
    bench.steer_job(number, "resume")
    go_on(worker(0))
    assert state(bench) is JobState.DONE
    assert known(store, models) == len(TEXTS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a word")
def test_a_worker_that_is_told_to_end_puts_its_job_back(bench: Workbench, worker: Start) -> None:
    asked(bench)
    first = worker(1)
    reached(first)
    first.terminate()
    go_on(first)
    assert state(bench) is JobState.WAITING
    go_on(worker(0))
    assert state(bench) is JobState.DONE


def test_what_was_asked_of_a_job_whose_worker_died_is_heeded(store: Store) -> None:
    for wish, then in (("pause", JobState.PAUSED), ("cancel", JobState.CANCELLED)):
        number = store.queue.ask("translate", [wish]).number
        store.queue.claim(1)
        store.queue.steer(number, wish)  # type: ignore[arg-type]
        store.queue.reclaim()
        assert store.queue.jobs()[-1].state is then


def test_a_job_that_takes_every_worker_along_is_given_up_until_someone_asks_again(store: Store) -> None:
    number = store.queue.ask("translate", ["x"]).number
    while store.queue.claim(1):
        store.queue.reclaim()
    [job] = store.queue.jobs()
    assert job.state is JobState.FAILED
    assert "What was done is kept" in job.message
    assert store.queue.steer(number, "resume").state is JobState.WAITING


def test_how_long_it_will_take_is_told_once_it_can_be_known() -> None:
    assert rest(60.0, 10, 20) == 120.0
    assert rest(60.0, 1, 999) is None
    assert rest(1.0, 500, 500) is None
    assert rest(60.0, 0, 0) is None  # a stage of one step is heard of when it is over
    assert rest(60.0, -5, 40) is None


# -- the queue


def test_what_is_asked_for_twice_is_one_job_until_it_ends(store: Store) -> None:
    first = store.queue.ask("align", ["x", "y"])
    assert store.queue.ask("align", ["y", "x"]) == first
    assert store.queue.ask("translate", ["y", "x"]).number != first.number
    store.queue.steer(first.number, "pause")
    assert store.queue.ask("align", ["x", "y"]) == first
    assert store.queue.claim(1) is not None
    store.queue.steer(first.number, "cancel")
    again = store.queue.ask("align", ["x", "y"])
    assert (again.number, again.asked) == (first.number, "")
    store.queue.end(first.number, JobState.DONE)
    later = store.queue.ask("align", ["x", "y"])
    assert later.number != first.number
    assert store.queue.steer(first.number, "resume").state is JobState.DONE


def test_a_job_that_failed_is_tried_again_or_dismissed(store: Store) -> None:
    numbers = [store.queue.ask("translate", [doc]).number for doc in "xy"]
    for number in numbers:
        store.queue.claim(1)
        store.queue.end(number, JobState.FAILED, "no room")
    assert store.queue.ask("translate", ["x"]) == store.queue.jobs()[0]
    assert store.queue.steer(numbers[0], "resume").state is JobState.WAITING
    assert store.queue.steer(numbers[1], "cancel").state is JobState.CANCELLED
    assert store.queue.ask("translate", ["y"]).number not in numbers
    with pytest.raises(UnknownItemError, match="no job 99"):
        store.queue.steer(99, "pause")


def test_no_job_is_taken_twice(store: Store) -> None:
    numbers = [store.queue.ask("translate", [str(doc)]).number for doc in range(20)]

    def take_all(process: int) -> list[int]:
        with Store(store.folder) as own:
            return [job.number for job in iter(lambda: own.queue.claim(process), None)]

    with ThreadPoolExecutor(4) as pool:
        taken = [number for found in pool.map(take_all, range(4)) for number in found]
    assert sorted(taken) == numbers


def test_old_jobs_are_forgotten_and_unfinished_ones_are_not(store: Store) -> None:
    first = store.queue.ask("translate", ["kept"])
    store.queue.steer(first.number, "pause")
    for at in range(60):
        store.queue.steer(store.queue.ask("translate", [str(at)]).number, "cancel")
    assert len(store.queue.jobs()) <= 52
    assert store.queue.jobs()[0].docs == ("kept",)


# -- what fails


def test_what_fails_is_said_in_a_sentence_and_stops_nothing_else(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise RuntimeError("secret detail")

    monkeypatch.setitem(KINDS, "broken", Kind("broken", 0, fail))  # type: ignore[misc]
    bench.ask_job("broken", ["b.txt"])
    bench.add_bytes(b"Gone soon.", "c.txt", "en")
    bench.ask_job("align", ["b.txt", "c.txt"])
    bench.remove("c.txt")
    bench.ask_job("translate", ["b.txt"])
    Worker(bench.folder, idle=0).run()
    broken, gone, well = bench.jobs()
    assert [job.state for job in (broken, gone, well)] == [JobState.FAILED, JobState.FAILED, JobState.DONE]
    assert "did not foresee" in broken.message and "secret" not in broken.message
    assert "not in the workspace any more" in gone.message and gone.docs[1] not in gone.message


def test_a_language_that_nothing_translates_is_named_until_a_package_is_installed(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "installed"))
    bench.add_bytes(b"le chat dort", "c.txt", "el")
    bench.add_bytes(b"1 2 3", "d.txt", "und")
    worker = Worker(bench.folder, idle=0)
    bench.ask_job("translate", ["d.txt"])
    worker.run()
    assert bench.jobs()[-1].message.endswith("no model translates a language that is not known.")
    bench.ask_job("translate", ["c.txt"])
    worker.run()
    assert bench.jobs()[-1].message == "c.txt is not in English as a whole: no model translates Greek."
    package_folder(tmp_path / "installed", src="el")
    bench.ask_job("translate", ["c.txt"])
    worker.run()
    assert (bench.jobs()[-1].state, bench.jobs()[-1].message) == (JobState.DONE, "")


def test_nonsense_is_refused_before_it_is_queued(bench: Workbench) -> None:
    with pytest.raises(InputError, match="2 documents or more"):
        jobs.start(bench, "align", ["b.txt", "b.txt"])
    with pytest.raises(InputError, match="in the background"):
        jobs.start(bench, "conquer", ["b.txt"])
    with pytest.raises(UnknownDocumentError):
        jobs.start(bench, "translate", ["nothing"])
    assert bench.jobs() == []


# -- the command line


def command(bench: Workbench, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "workbench", *arguments, "--workspace", str(bench.folder)]


def run(bench: Workbench, models: Mapping[str, str], *arguments: str) -> str:
    """What the command prints in a process of its own."""
    done = subprocess.run(
        command(bench, *arguments), cwd=ROOT, env=os.environ | models, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Ended:
    """A worker that ended with an error, and what happens while it is looked at."""

    at = -math.inf

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.process, self._meanwhile = self, meanwhile

    def poll(self) -> int:
        self._meanwhile()
        return 1


def test_of_pages_that_ask_at_once_one_is_told_that_the_worker_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: dict[Path, Ended] = {}
    monkeypatch.setattr(spawn, "_started", started)

    def other_page() -> None:
        started[tmp_path] = Ended()
        with pytest.raises(StoreError, match="ended with an error"):
            spawn.ensure_worker(tmp_path)

    started[tmp_path] = Ended(other_page)
    with be_worker(tmp_path):  # another worker is there by now
        spawn.ensure_worker(tmp_path)
    assert not started


def test_a_job_started_in_a_terminal_outlives_it(bench: Workbench, models: Mapping[str, str]) -> None:
    with worker_ended(bench):
        assert run(bench, models, "jobs", "start", "translate").startswith("1\ttranslate\t")
        run(bench, models, "jobs", "wait")  # says nothing of what ended before it looked
        assert run(bench, models, "jobs").startswith("1\ttranslate\tdone")
        [job] = bench.jobs()
        assert job.worker is not None
        if sys.platform != "win32":
            assert os.getsid(job.worker) == job.worker  # so no terminal of ours takes it along
        assert (bench.folder / jobs.LOG).read_text(encoding="utf-8") == ""


def test_a_job_whose_worker_died_is_told_in_a_terminal(bench: Workbench) -> None:
    number = asked(bench).number
    bench._store.queue.claim(1)
    listed = support.run("jobs", "--workspace", bench.folder)
    assert "\trunning" in listed.stdout
    assert listed.stderr == f"nobody works on job {number} any more; `jobs wait` lets it go on\n"
    with be_worker(bench.folder):
        assert support.run("jobs", "--workspace", bench.folder).stderr == ""


def test_jobs_are_paused_resumed_and_cancelled_from_a_terminal(
    bench: Workbench, models: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def jobs(*arguments: str, fails: bool = False) -> str:
        done = support.run("jobs", *arguments, "--workspace", bench.folder, fails=fails)
        return done.stderr if fails else done.stdout

    for name, value in models.items():
        monkeypatch.setenv(name, value)  # for the worker
    number = str(asked(bench).number)
    assert "\tpaused" in jobs("pause", number)
    assert "\tcancelled" in jobs("cancel", number)
    assert "\tcancelled" in jobs("cancel", number)  # as it was wanted to be
    assert f"job {number} is cancelled; there is nothing to pause" in jobs("pause", number, fails=True)
    assert "no job 7" in jobs("pause", "7", fails=True)
    assert "A number is larger than any" in jobs("pause", str(1 << 64), fails=True)
    with worker_ended(bench):
        assert "\twaiting" in jobs("resume", number)
        jobs("wait")  # says nothing of what ended before it looked
        assert "\tdone" in jobs()
    for wish in ("pause", "resume", "cancel"):
        assert f"job {number} is done; there is nothing to {wish}" in jobs(wish, number, fails=True)


def _waiting(bench: Workbench, models: Mapping[str, str]) -> subprocess.Popen[str]:
    """A command that waits for other work, and has said so."""
    waiting = subprocess.Popen(
        command(bench, "translate", "a.fr.txt"),
        cwd=ROOT,
        env=os.environ | models,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert waiting.stderr is not None
    assert "waiting until other work" in waiting.stderr.readline()
    return waiting


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_work_that_is_stopped_says_that_what_is_done_is_kept(bench: Workbench, models: Mapping[str, str]) -> None:
    with try_work(bench.folder):
        waiting = _waiting(bench, models)
        waiting.send_signal(signal.SIGINT)
        _, told = waiting.communicate()
    assert waiting.returncode == 130
    assert "what is done is kept, and the same command goes on from there" in told


def test_work_in_the_foreground_waits_for_other_work(bench: Workbench, models: Mapping[str, str]) -> None:
    with try_work(bench.folder) as free:
        assert free
        waiting = _waiting(bench, models)
    out, _ = waiting.communicate()
    assert waiting.returncode == 0
    assert out.startswith(f"a.fr.txt\t{len(TEXTS)} ok")
