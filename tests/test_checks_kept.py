"""What automatic checks find in a workspace is kept as long as it holds, whoever asks, and nothing half done is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.bench.spotcheck import workspace
from workbench.core import Workbench
from workbench.errors import InputError
from workbench.jobs import KINDS
from workbench.jobs.worker import Stopped
from workbench.quality import Glossary, Profile, Term
from workbench.store import FILE_NAME, faults
from workbench.wiring.checks import Wanted

DOC = "simulated.fr.txt"
TERMS = Wanted(glossary=Glossary((Term((("fr", ("numéro",)), ("en", ("figure",)))),), name="terms.csv"))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with workspace(tmp_path, 12) as bench:
        bench.edit_translation(bench.segments(DOC)[4].id, "Sentence number 999.")
        yield bench


def test_what_was_found_is_there_at_once_for_everybody_until_it_no_longer_holds(bench: Workbench) -> None:
    assert bench.checks.known([DOC]) is None
    found = bench.checks.run([DOC])
    assert [len(issues) for issues in found.report.issues] == [0] * 4 + [1] + [0] * 7
    with Workbench(bench.folder) as other:
        known = other.checks.known([DOC])
        assert known is not None and known.report == found.report and known.estimates == found.estimates
        assert other.checks.known([DOC], TERMS) is None  # other terms
    bench.add_bytes(b"Something else.", "other.en.txt", "en")
    assert bench.checks.known([DOC]) is not None
    edit = bench.edit_translation(bench.segments(DOC)[0].id, "Something else.")
    assert edit.before != edit.after and bench.checks.known([DOC]) is None
    bench.undo()
    assert bench.checks.known([DOC]) is not None


def test_checks_that_are_off_count_neither_as_found_nor_for_the_risk(bench: Workbench) -> None:
    found = bench.checks.run([DOC])
    bench.checks.want(Wanted(Profile(frozenset(["numbers"]))))
    less = bench.checks.known([DOC])
    assert less is not None and not any(less.report.issues) and "numbers" not in less.report.fired
    assert found.report.fired["numbers"] == 1
    risks = [estimate.risk for result in (found, less) if (estimate := result.estimates[4])]
    assert risks[1] < risks[0]


def test_what_is_wanted_outlives_the_program(bench: Workbench) -> None:
    wanted = replace(TERMS, profile=Profile(frozenset(["case"])))
    bench.checks.want(wanted)
    with Workbench(bench.folder) as other:
        assert other.checks.wanted == wanted


def test_a_check_that_is_stopped_keeps_nothing_and_one_in_the_background_what_it_found(bench: Workbench) -> None:
    heard: list[str] = []

    def stop_when_checking(stage: str, done: int, total: int) -> None:
        heard.append(stage)
        if stage == "check":
            raise Stopped

    with pytest.raises(Stopped):
        KINDS["check"].do(bench, [DOC], stop_when_checking)
    assert "embedding" in heard and bench.checks.known([DOC]) is None
    KINDS["check"].do(bench, [DOC], lambda stage, done, total: None)
    assert bench.checks.known([DOC]) is not None


def test_a_damaged_result_counts_as_absent(bench: Workbench) -> None:
    bench.checks.run([DOC])
    bench.close()
    path = bench.folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE checked SET found = replace(found, 'numbers', 'letters')")
    assert [fault.harmless for fault in faults(path)] == [True]
    with Workbench(bench.folder) as again:
        assert again.checks.known([DOC]) is None
        assert again.checks.run([DOC]).report.fired["numbers"] == 1


def test_there_has_to_be_something_to_check(bench: Workbench) -> None:
    bench.add_bytes(b"Rien encore.", "new.fr.txt", "fr")
    with pytest.raises(InputError, match=r"new\.fr\.txt has no translation yet"):
        bench.checks.run(["new.fr.txt"])
    with pytest.raises(InputError, match="takes one document, or two that are aligned, got 3"):
        bench.checks.run([DOC, DOC, DOC])


def test_two_documents_of_one_text_are_told_apart(tmp_path: Path) -> None:
    with workspace(tmp_path, 3, 3) as bench:
        for info in bench.documents():
            bench.checks.run([info.id])
        for info in bench.documents():
            found = bench.checks.known([info.id])
            assert found is not None
            assert [unit.bead_id for unit in found.report.units] == [view.id for view in bench.segments(info.id)]
