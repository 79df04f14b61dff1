"""Spot checks over a real workspace: what is judged is kept, counted and reported."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import asdict, replace
from pathlib import Path
from subprocess import PIPE

import pytest
from typer.testing import CliRunner

from tests.support import ROOT
from workbench.bench import spotcheck as simulation
from workbench.cli.main import app
from workbench.core import Workbench
from workbench.datatypes import Campaign, Grade, Judgement, Mark, Scheme, Setup, Severity, Status, Stratum, silent
from workbench.errors import ConflictError, InputError, JudgedMeanwhileError, UnknownItemError, WorkbenchError
from workbench.export import Selection
from workbench.export.tables import table
from workbench.jobs import KINDS
from workbench.quality import mqm, report_html
from workbench.quality.acceptance import Outcome
from workbench.quality.judging import SHEET
from workbench.quality.report import Estimated, State
from workbench.quality.sampling import Task
from workbench.spotcheck import Spotchecks, TaskView
from workbench.store import FILE_NAME, Store, restore
from workbench.store.ids import document_id, segment_ids
from workbench.ui import installed, passages
from workbench.ui.feed import Feed
from workbench.ui.judging import Session, answer

MAJOR = Mark("tgt", 0, 4, Severity.MAJOR, "Accuracy/Mistranslation")
MINOR = Mark("tgt", 5, 9, Severity.MINOR, "Style/Awkward")
Start = Callable[..., Campaign]


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with forty translations, which each test gets a copy of: writing them takes as long as most tests."""
    folder: Path = tmp_path_factory.mktemp("translated")
    with simulation.workspace(folder, 40):
        return folder


@pytest.fixture
def bench(translated: Path, tmp_path: Path) -> Iterator[Workbench]:
    shutil.copytree(translated, tmp_path, dirs_exist_ok=True)
    with Workbench(tmp_path, user="Ada") as bench:
        yield bench


@pytest.fixture
def start(bench: Workbench) -> Start:
    def begin(limit: float = 0.2, **more: object) -> Campaign:
        plan = bench.spotchecks.plan([], False, limit, 0.9, more.get("by", ()))  # type: ignore[arg-type]
        campaign = bench.spotchecks.start([], plan, Setup(**{"seed": 1, "suspects": 5, **more}))  # type: ignore[arg-type]
        return bench.spotchecks.find_suspects(campaign)

    return begin


def first(bench: Workbench, campaign: Campaign, stratum: Stratum = Stratum.RANDOM) -> TaskView:
    view = bench.spotchecks.view(campaign, stratum)
    assert view is not None
    return view


def judge(bench: Workbench, campaign: Campaign, grade: Grade = Grade.GOOD, **more: object) -> TaskView:
    view = first(bench, campaign)
    bench.spotchecks.judge(campaign, view, grade, **more)  # type: ignore[arg-type]
    return view


def judge_all(bench: Workbench, campaign: Campaign, grade: Grade = Grade.GOOD) -> None:
    while bench.spotchecks.view(campaign, Stratum.RANDOM):
        judge(bench, campaign, grade)


def leave_out(bench: Workbench, place: int) -> None:
    """The document comes anew without the passage at this place."""
    text = "\n\n".join(f"Phrase numéro {n}." for n in range(40) if n + 1 != place)
    bench.add_bytes(text.encode(), "simulated.fr.txt", "fr")


def test_a_clean_sample_is_accepted_and_one_error_is_not(bench: Workbench, start: Start) -> None:
    campaign = start()
    assert bench.spotchecks.verdict(campaign).outcome is Outcome.GO_ON
    judge_all(bench, campaign)
    found = bench.spotchecks.report(campaign)
    assert (found.verdict.outcome, found.verdict.judged) == (Outcome.ACCEPT, campaign.plan.sample)
    assert found.intervals[0].high < 0.2
    other = start(seed=2)
    judge(bench, other, Grade.MAJOR)
    assert bench.spotchecks.verdict(other).outcome is Outcome.REJECT


def test_a_report_says_how_much_had_no_english_when_the_sample_was_drawn(bench: Workbench, start: Start) -> None:
    bench.add_bytes(b"Pas encore.\n\nPas non plus.", "late.fr.txt", "fr")
    campaign = start()
    said = "2 passages of these documents had no English when the sample was drawn"
    assert said in "".join(bench.spotchecks.report(campaign).notes)
    bench.edit_translation(bench.segments("late.fr.txt")[0].id, "Not yet.")
    bench.close()
    with Workbench(bench.folder, user="Ada") as again:
        assert said in again.spotchecks.body(again.spotchecks.get(campaign.number))


def test_a_report_says_how_much_came_after_its_sample_was_drawn(bench: Workbench, start: Start) -> None:
    """A new version of a document that was signed off is not signed off."""
    campaign = start()
    judge_all(bench, campaign)
    assert bench.spotchecks.verdict(campaign).outcome is Outcome.ACCEPT
    text = "\n\n".join([*(f"Phrase numéro {n}." for n in range(30)), "Une phrase de plus.", "Et une autre."])
    bench.add_bytes(text.encode(), "simulated.fr.txt", "fr")
    assert not [note for note in bench.spotchecks.report(campaign).notes if "when the sample was drawn" in note]
    for view in bench.segments("simulated.fr.txt")[-2:]:
        bench.edit_translation(view.id, "One sentence more.")
    [note] = [note for note in bench.spotchecks.report(campaign).notes if "when the sample was drawn" in note]
    assert note.startswith("2 units were not there when the sample was drawn: nothing here is said of them")


def test_a_report_says_what_was_put_right_before_it_was_judged(bench: Workbench, start: Start) -> None:
    """Else whoever goes through the sample and corrects it first would sign off what nobody looked at."""
    campaign = start()
    for unit in campaign.random[:3]:
        bench.edit_translation(unit, "Put right.")
    bench.undo()
    bench.spotchecks.correct(campaign, first(bench, campaign), "Right, once more.")  # judged as it was found
    judge_all(bench, campaign)
    for unit in campaign.random[:6]:
        bench.edit_translation(unit, "Put right after it was judged.")
    [note] = [note for note in bench.spotchecks.report(campaign).notes if "judged as corrected" in note]
    assert note.startswith("2 units of the random sample were corrected after it was drawn")


def test_what_is_judged_is_there_after_closing_and_lists_go_on_where_they_were(bench: Workbench, start: Start) -> None:
    campaign = start(scheme=Scheme.MQM)
    view = first(bench, campaign)
    bench.spotchecks.judge(campaign, view, marks=[MAJOR, MINOR], note=" odd ")
    draft = {"marks": [], "score": None, "note": "half done", "suspects": []}
    bench.spotchecks.keep_draft(campaign, first(bench, campaign), draft)
    bench.close()
    with Workbench(bench.folder, user="Ada") as again:
        kept = again.spotchecks.get(campaign.number)
        assert kept == campaign
        waiting = first(again, kept)
        assert waiting.number == 2 and waiting.is_draft and waiting.said and waiting.said.note == "half done"
        known = again.spotchecks.view(kept, Stratum.RANDOM, 1)
        assert known and known.said
        assert (known.said.marks, known.said.note, known.said.grade) == ((MAJOR, MINOR), "odd", Grade.MAJOR)
        assert known.said.tgt_text == view.unit.tgt_text and known.said.judged_at


def test_a_judgement_can_be_revised_and_taken_back_and_nothing_is_lost(bench: Workbench, start: Start) -> None:
    campaign = start()
    view = judge(bench, campaign, Grade.MAJOR)
    again = bench.spotchecks.view(campaign, Stratum.RANDOM, view.number)
    assert again
    bench.spotchecks.judge(campaign, again, Grade.MINOR)
    assert bench.spotchecks.report(campaign).random.minor == 1
    taken = bench.spotchecks.take_back_latest(campaign)
    assert taken and taken.grade is Grade.MINOR
    assert bench.spotchecks.report(campaign).random.units == 0
    assert first(bench, campaign).task == view.task
    assert bench.spotchecks.take_back_latest(campaign) is None


def test_a_report_says_of_how_much_a_judge_thinks_better_now(bench: Workbench, start: Start) -> None:
    """Else a verdict could be had by taking back what speaks against it."""
    campaign = start()
    judge(bench, campaign, Grade.MAJOR)
    judge(bench, campaign, Grade.MINOR)
    assert bench.spotchecks.verdict(campaign).outcome is Outcome.REJECT
    said = "1 unit of the random sample that it has a major error"
    bench.spotchecks.take_back_latest(campaign)
    bench.spotchecks.take_back_latest(campaign)
    judge(bench, campaign, Grade.MAJOR)
    assert said not in "".join(bench.spotchecks.report(campaign).notes)
    view = bench.spotchecks.view(campaign, Stratum.RANDOM, 1)
    assert view is not None
    bench.spotchecks.judge(campaign, view, Grade.GOOD)
    judge_all(bench, campaign)
    assert bench.spotchecks.verdict(campaign).outcome is Outcome.ACCEPT
    assert said in "".join(bench.spotchecks.report(campaign).notes)


def test_a_correction_changes_exports_and_not_what_was_judged(bench: Workbench, start: Start) -> None:
    campaign = start()
    view = judge(bench, campaign, Grade.MAJOR)
    bench.spotchecks.correct(campaign, view, "Quite another sentence.")
    english = {each.id: each.english for each in bench.segments("simulated.fr.txt")}
    assert english[view.unit.id].text == "Quite another sentence."  # type: ignore[union-attr]
    again = bench.spotchecks.view(campaign, Stratum.RANDOM, 1)
    assert again and (again.target, again.corrected) == (view.target, "Quite another sentence.")
    found = bench.spotchecks.report(campaign)
    assert (found.random.major, found.findings[0].state) == (1, State.CORRECTED)
    assert found.findings[0].corrected == "Quite another sentence."


def test_who_corrects_first_still_judges_what_was_found(bench: Workbench, start: Start) -> None:
    campaign = start()
    view = first(bench, campaign)
    bench.spotchecks.correct(campaign, view, "Better.")
    bench.spotchecks.correct(campaign, first(bench, campaign), "Better still.")
    now = first(bench, campaign)
    assert (now.target, now.corrected) == (view.target, "Better still.")
    said = bench.spotchecks.judge(campaign, now, Grade.MAJOR)
    assert said.tgt_text == view.target
    bench.spotchecks.take_back_latest(campaign)
    assert first(bench, campaign).target == view.target


def test_what_another_has_corrected_meanwhile_is_not_overwritten_unseen(bench: Workbench, start: Start) -> None:
    campaign = start()
    bench.spotchecks.correct(campaign, first(bench, campaign), "Better.")
    seen = first(bench, campaign)
    bench.for_user("Ben").edit_translation(seen.unit.id, "Best.")
    with pytest.raises(ConflictError, match="corrected meanwhile"):
        bench.spotchecks.correct(campaign, seen, "Better still.")
    assert first(bench, campaign).corrected == "Best."


def just_before(bench: Workbench, edit: str, other: Callable[[], object]) -> None:
    """Somebody else does something when an edit of the bench is about to be made."""
    made = getattr(bench, edit)

    def late(*args: object, **more: object) -> object:
        other()
        return made(*args, **more)

    setattr(bench, edit, late)


def test_what_another_writes_while_a_correction_is_saved_is_not_lost(bench: Workbench, start: Start) -> None:
    bench.add_bytes("Phrase numéro 3.\n\nAutre chose.".encode(), "other.fr.txt", "fr")
    campaign = start()
    view, ben = first(bench, campaign), bench.for_user("Ben")
    [same] = bench.spotchecks.same_source(campaign, bench.segments("simulated.fr.txt")[3].id)
    just_before(bench, "edit_translation", lambda: ben.edit_translation(view.unit.id, "Ben's."))
    with pytest.raises(ConflictError, match="Ben wrote"):
        bench.spotchecks.correct(campaign, view, "Ada's.")
    just_before(bench, "edit_translation", lambda: ben.edit_translation(same.id, "Ben's."))
    [mine] = bench.spotchecks.same_source(campaign, same.id)
    assert bench.spotchecks.correct_same(campaign, mine.id, {same.id: ""}, "Ada's.") == (0, 1)
    assert bench.spotchecks.same_source(campaign, mine.id)[0].target == "Ben's."


def test_what_another_remarks_on_a_link_while_a_correction_is_saved_is_not_lost(bench: Workbench) -> None:
    bench.add_bytes(b"Phrase un.", "a.fr.txt", "fr")
    bench.add_bytes(b"Sentence one.", "b.en.txt", "en")
    pair, ben = ["a.fr.txt", "b.en.txt"], bench.for_user("Ben")
    bench.link(*pair, [0], [0])
    plan = bench.spotchecks.plan(pair, True, 0.5, 0.9)
    campaign = bench.spotchecks.start(pair, plan, Setup(suspects=0, seed=3), pair=True)
    view = first(bench, campaign)
    just_before(bench, "set_comment", lambda: ben.set_comment(view.unit.id, "Is that so?"))
    with pytest.raises(ConflictError, match="Ben commented on"):
        bench.spotchecks.correct(campaign, view, "Phrase one.")
    assert bench.units(*pair)[0].comment == "Is that so?"


def anew(bench: Workbench, monkeypatch: pytest.MonkeyPatch, campaign: Campaign, unit: str) -> None:
    """A unit as if a machine had translated it anew."""
    known = bench.spotchecks.units(campaign)
    units = {**known, unit: replace(known[unit], tgt_text="Made anew.", by_hand=False)}
    monkeypatch.setattr(Spotchecks, "units", lambda self, campaign: units)


def test_another_translation_makes_a_judgement_stale_and_the_unit_waits_again(
    bench: Workbench, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = start()
    view = judge(bench, campaign, Grade.MAJOR)
    anew(bench, monkeypatch, campaign, view.unit.id)
    found = bench.spotchecks.report(campaign)
    assert found.findings[0].state is State.STALE and found.random.units == 0
    assert [each.judged for each in bench.spotchecks.progress(campaign)] == [0, 0]
    assert any("others now: 1" in note for note in found.notes)
    again = first(bench, campaign)
    assert (again.task, again.target) == (view.task, "Made anew.")


def test_units_that_are_gone_hold_up_no_verdict_and_errors_found_in_them_count(bench: Workbench, start: Start) -> None:
    campaign = start(limit=0.3, judges=["Ada", "Ben"], overlap=1.0)
    size = campaign.plan.sample
    view = judge(bench, campaign, Grade.MAJOR)  # Ben will never see it
    gone = {view.unit.place, bench.spotchecks.units(campaign)[campaign.random[2]].place}
    text = "\n\n".join(f"Phrase numéro {n}." for n in range(40) if n + 1 not in gone)
    bench.add_bytes(text.encode(), "simulated.fr.txt", "fr")
    for name in ("Ada", "Ben"):
        bench.user = name
        judge_all(bench, campaign)
    found = bench.spotchecks.report(campaign)
    assert (found.verdict.judged, found.verdict.errors, found.verdict.ahead) == (size, 1, 0)
    assert {each.judgement.unit for each in found.findings} == set(campaign.random[: size + 1]) - {campaign.random[2]}
    progress = [(each.judged, each.of) for each in bench.spotchecks.progress(campaign)]
    assert progress[::2] == [(size, size), (size - 1, size - 1)]
    assert "Judged and no longer there: 1. They count as they were found." in found.notes
    (note,) = [note for note in found.notes if "before anybody judged them: 1 unit of the random order; others" in note]
    assert "takes it that they did not go because of their quality" in note
    assert " · no longer there · " in bench.spotchecks.body(campaign)


def test_units_that_have_no_english_now_are_not_called_gone(bench: Workbench, start: Start) -> None:
    """As after a change of models, until the documents are translated again."""
    campaign = start()
    judge(bench, campaign)
    for unit in campaign.random[:3]:
        bench.edit_translation(unit, "")
    notes = bench.spotchecks.report(campaign).notes
    assert not [note for note in notes if "onger there" in note]
    assert [note for note in notes if note.startswith("3 of the 40 units have no English now")]
    assert bench.spotchecks.report(campaign).findings[0].doc == "without English now"
    for unit in campaign.random:
        bench.edit_translation(unit, "")
    notes = bench.spotchecks.report(campaign).notes
    assert not [note for note in notes if "begin a new spot check" in note]
    bench.edit_translation(campaign.random[1], "Anew.")
    assert [note for note in bench.spotchecks.report(campaign).notes if note.startswith("39 of the 40 units")]


def test_what_is_taken_back_of_a_unit_that_is_gone_is_replaced(bench: Workbench, start: Start) -> None:
    campaign = start()
    tab = Session(bench, campaign)
    answer(tab, {"n": 1, "do": "judge", "grade": "major", **_said(tab.data()["unit"]["key"])})
    place = bench.spotchecks.units(campaign)[campaign.random[0]].place
    text = "\n\n".join(f"Phrase numéro {n}." for n in range(40) if n + 1 != place)
    bench.add_bytes(text.encode(), "simulated.fr.txt", "fr")
    answer(tab, {"n": 2, "do": "takeBack"})
    shown = tab.data()
    assert shown["told"]["text"] == "Taken back: major errors. What it was about is no longer there."
    assert shown["unit"]["key"]["unit"] == campaign.random[1]
    judge_all(bench, campaign)
    assert bench.spotchecks.verdict(campaign).outcome is Outcome.ACCEPT


def test_a_report_of_a_pair_says_how_much_has_no_counterpart(bench: Workbench) -> None:
    """What a translator left out is the worst of errors, and in no unit."""
    bench.add_bytes(b"One.\n\nTwo.\n\nThree.\n\nAdded.", "b.en.txt", "en")
    pair = ["simulated.fr.txt", "b.en.txt"]
    for n in range(3):
        bench.link(*pair, [n], [n])
    asked = ["spotcheck", "start", *pair, "--pair", "--fewer-than", "60", "--suspects", "0"]
    done = CliRunner().invoke(app, [*asked, "--workspace", str(bench.folder)])
    told = (
        "38 passages of these documents had no counterpart when the sample was drawn: nothing here is said of what was"
    )
    assert told in done.output
    [campaign] = bench.spotchecks.all()
    assert any(note.startswith(told) for note in bench.spotchecks.report(campaign).notes)


def test_a_link_that_was_found_wrong_and_then_rejected_still_counts(bench: Workbench) -> None:
    bench.add_bytes(b"One.\n\nTwo.\n\nThree.", "b.en.txt", "en")
    pair = ["simulated.fr.txt", "b.en.txt"]
    for n in range(3):
        bench.link(*pair, [n], [n])
    campaign = bench.spotchecks.start(pair, bench.spotchecks.plan(pair, True, 0.4, 0.9), Setup(suspects=0), pair=True)
    view = judge(bench, campaign, Grade.MAJOR)
    bench.review(view.unit.id, Status.REJECTED)
    assert bench.spotchecks.verdict(campaign).outcome is Outcome.REJECT
    bench.remove("b.en.txt")
    assert bench.spotchecks.report(campaign).random.major == 1


def test_a_translation_that_changed_under_the_judges_eyes_is_not_judged(bench: Workbench, start: Start) -> None:
    campaign = start()
    view = first(bench, campaign)
    bench.edit_translation(view.unit.id, "Written by somebody else.")
    with pytest.raises(ConflictError, match="changed meanwhile"):
        bench.spotchecks.judge(campaign, view, Grade.GOOD)


def test_passages_with_the_same_source_can_be_corrected_together(bench: Workbench, start: Start) -> None:
    bench.add_bytes("Phrase numéro 3.\n\nAutre chose.".encode(), "other.fr.txt", "fr")
    mine, campaign = bench.segments("simulated.fr.txt")[3], start()
    [same] = bench.spotchecks.same_source(campaign, mine.id)
    assert (same.doc, same.place, same.target) == ("other.fr.txt", 1, "")
    assert bench.spotchecks.correct_same(campaign, mine.id, {same.id: ""}, "Sentence three.") == (1, 0)
    assert bench.spotchecks.same_source(campaign, mine.id)[0].target == "Sentence three."
    bench.undo()
    assert bench.spotchecks.same_source(campaign, mine.id)[0].target == ""


def test_what_another_wrote_meanwhile_is_not_corrected_along_with_its_like(bench: Workbench, start: Start) -> None:
    bench.add_bytes("Phrase numéro 3.\n\nAutre chose.".encode(), "other.fr.txt", "fr")
    mine, campaign = bench.segments("simulated.fr.txt")[3], start()
    [same] = bench.spotchecks.same_source(campaign, mine.id)
    bench.edit_translation(same.id, "By somebody else.")
    seen = {same.id: same.target, "gone": ""}
    assert bench.spotchecks.correct_same(campaign, mine.id, seen, "Sentence three.") == (0, 2)
    assert bench.spotchecks.same_source(campaign, mine.id)[0].target == "By somebody else."


def test_judges_have_their_own_lists_and_count_once_all_who_are_to_have_judged(bench: Workbench, start: Start) -> None:
    campaign = start(judges=["Ada", "Ben"], overlap=1.0)
    judge_all(bench, campaign)
    assert bench.spotchecks.report(campaign).verdict.judged == 0
    assert (
        Session(bench, campaign)
        .data()["end"]["lines"][0]
        .endswith(f"the verdict waits for Ben (0 of {campaign.plan.sample} judged).")
    )
    bench.user = "Ben"
    judge(bench, campaign, Grade.MAJOR)
    judge_all(bench, campaign)
    assert "waits for" not in Session(bench, campaign).data()["end"]["lines"][0]
    found = bench.spotchecks.report(campaign)
    assert (found.verdict.judged, found.verdict.errors) == (campaign.plan.sample, 1)
    assert [each.name for each in found.agreements] == ["Krippendorff's alpha", "Cohen's kappa"]
    bench.user = "Eve"
    with pytest.raises(InputError, match="judged by Ada, Ben, and you are Eve"):
        bench.spotchecks.view(campaign, Stratum.RANDOM)


def test_judges_who_share_the_work_see_how_much_of_it_is_done(bench: Workbench, start: Start) -> None:
    campaign = start(judges=["Ada", "Ben"])
    size = campaign.plan.sample
    judge_all(bench, campaign)  # every other unit
    found, mine = bench.spotchecks.report(campaign), (size + 1) // 2
    assert (found.verdict.judged, found.verdict.ahead) == (1, mine - 1)
    assert found.verdict.reason == (
        f"The one unit that counts so far has no major error: {size - mine} more are to be judged."
    )
    assert f"<b>{mine} of {size}</b>units of the random sample judged, of which 1 counts so far" in (
        bench.spotchecks.body(campaign)
    )
    extra = f"unit,grade\n{campaign.random[1]},good\n".encode()  # Ben's, not hers
    bench.spotchecks.read_sheet(campaign, extra, "ada.csv", Stratum.RANDOM)
    progress = {(each.judge, each.stratum): (each.judged, each.of) for each in bench.spotchecks.progress(campaign)}
    assert progress["Ada", Stratum.RANDOM] == (mine, mine) and progress["Ben", Stratum.RANDOM] == (0, size - mine)


def test_judging_begins_before_the_suspects_are_found_and_goes_on_as_it_was(bench: Workbench, start: Start) -> None:
    plan = bench.spotchecks.plan([], False, 0.2, 0.9)
    begun, other = (bench.spotchecks.start([], plan, Setup(seed=1, suspects=each)) for each in (5, 0))
    assert begun.waits_for_suspects and not other.waits_for_suspects and begun.risk == ()
    session = Session(bench, begun)
    before = session.data()
    assert KINDS["find suspects"].do(bench, begun.docs, silent) == ""
    found = bench.spotchecks.get(begun.number)
    assert session.goes_on(found) and not session.goes_on(other) and session.data() == before
    session.show()
    assert [each["of"] for each in session.data()["lists"]] == [plan.sample, 5]
    assert bench.spotchecks.find_suspects(replace(found, estimates={})) == found  # lists that are judged stay


def test_the_sample_and_the_suspects_are_never_counted_together(bench: Workbench, start: Start) -> None:
    campaign = start()
    assert not set(campaign.risk) & set(campaign.random[: campaign.plan.sample])
    for _ in campaign.risk:
        view = first(bench, campaign, Stratum.RISK)
        bench.spotchecks.judge(campaign, view, Grade.MAJOR)
    found = bench.spotchecks.report(campaign)
    assert (found.risk.major, found.random.units, found.verdict.judged) == (5, 0, 0)


def test_a_blind_report_keeps_engine_and_estimates_until_there_is_a_verdict(bench: Workbench, start: Start) -> None:
    campaign = start(blind=True)

    def told() -> set[tuple[bool, bool, bool]]:
        """Of each judgement in the files, whether its engine and its estimate are told; and whether the page tells."""
        rows = csv.DictReader(io.StringIO(bench.spotchecks.written(campaign, "csv").decode("utf-8-sig")))
        shown = "Estimate against judgement" in bench.spotchecks.body(campaign)
        return {(bool(row["model"]), bool(row["estimate"]), shown) for row in rows}

    for _ in range(3):
        judge(bench, campaign)
    assert told() == {(False, False, False)}
    [*_, line] = bench.spotchecks.written(campaign, "tsv").decode().splitlines()
    assert line.startswith("translation\t")
    judge_all(bench, campaign)
    assert told() == {(True, True, True)}


def test_pages_hide_the_engine_of_what_is_judged_blindly_until_the_verdict(
    bench: Workbench, start: Start, tmp_path: Path
) -> None:
    doc = bench.documents()[0].id
    feed = Feed(bench, (doc,))

    def told() -> list[tuple[bool, bool]]:
        """Where the engine's name or who wrote by hand can be seen: Compare, the Library, a file saved from a page."""
        feed.keep_up({})
        shown = [message["all"]["segments"][0] for message in feed.messages if "all" in message][-1]
        found = bench.shown_segments(doc)
        listed = passages.payload(found, found, "", None, installed.untranslated)["passages"]
        bench.export(Selection(docs=(doc,)), "jsonl", tmp_path / "page.jsonl", as_shown=True)
        lines = (tmp_path / "page.jsonl").read_text(encoding="utf-8").splitlines()
        return [
            (any("simulated" in each.get("by", "") for each in shown), any("note" in each for each in shown)),
            (False, any(each["note"] for each in listed)),
            (any('"simulated"' in line for line in lines), any('"accepted"' in line for line in lines)),
        ]

    assert told() == [(True, True), (False, True), (True, True)] and bench.veil([doc]) is None
    campaign = start(blind=True)
    other = bench.add_bytes(b"Other text.", "other.en.txt", "en").doc_id
    assert told() == [(False, False)] * 3 and bench.veil([doc, other]) == campaign
    assert bench.veil([other]) is None and bench.veil([doc, other], pair=True) is None
    preview = bench.preview_export(Selection(docs=(doc,)), "jsonl")
    assert {unit.status for unit in preview.units} == {Status.UNREVIEWED}
    beside = start(seed=2)  # of the same texts, by whoever also judges the blind one
    assert Session(bench, beside).data()["unit"]["by"] == "" and not first(bench, beside).suspects
    bench.export(Selection(docs=(doc,)), "jsonl", tmp_path / "command.jsonl")
    assert '"simulated"' in (tmp_path / "command.jsonl").read_text(encoding="utf-8")
    judge_all(bench, campaign)
    assert told() == [(True, True), (False, True), (True, True)] and bench.veil([doc]) is None


def test_where_a_pair_disagrees_is_hidden_while_its_links_are_judged_blindly(bench: Workbench) -> None:
    bench.add_bytes(b"Sentence number 0.\n\nSentence number 7.", "own.en.txt", "en")
    pair = ["simulated.fr.txt", "own.en.txt"]
    for n in range(2):
        bench.link(*pair, [n], [n])
    ids = [bench.document_id(name) for name in pair]
    feed = Feed(bench, (ids[0], ids[1]))

    def disagreeing() -> int:
        feed.keep_up({})
        feed.check_all()
        looks = [feed.check()]
        while looks[-1]["unchecked"]:  # a look ends after a moment, be the machine never so slow
            looks.append(feed.check())
        return sum(len(look["disagree"]) for look in looks)

    assert disagreeing() == 1
    plan = bench.spotchecks.plan(pair, True, 0.5, 0.9)
    campaign = bench.spotchecks.start(pair, plan, Setup(suspects=0, blind=True), pair=True)
    assert disagreeing() == 0 and bench.veil(ids[:1]) is None
    assert any("is not shown until spot check 1" in told["text"] for told in feed.verdicts())
    judge_all(bench, campaign)
    assert disagreeing() == 1


def test_a_blind_check_that_nobody_finishes_is_ended_and_says_by_whom(bench: Workbench, start: Start) -> None:
    campaign = start(blind=True)
    judge(bench, campaign)
    done = CliRunner().invoke(app, ["spotcheck", "unblind", "1", "--workspace", str(bench.folder), "--user", "Eve"])
    assert done.exit_code == 0, done.output
    campaign = bench.spotchecks.get(campaign.number)
    assert not campaign.blind and bench.veil(campaign.docs) is None
    assert "It was begun blind; Eve ended that before there was a verdict." in bench.spotchecks.report(campaign).notes
    judge_all(bench, campaign)
    assert bench.spotchecks.unblind(campaign).unblinded_by == "Eve"
    with pytest.raises(InputError, match="spot check 2 was not begun blind"):
        bench.spotchecks.unblind(start())


def test_suspects_heed_the_glossary_and_the_checks_that_are_wanted(
    bench: Workbench, start: Start, tmp_path: Path
) -> None:
    terms, checks = tmp_path / "terms.csv", tmp_path / "checks.toml"
    terms.write_text("fr,en\nnuméro,number\n", encoding="utf-8")
    odd = bench.segments("simulated.fr.txt")[7].id
    bench.edit_translation(odd, "Sentence no. 7.")

    def command(*line: str) -> None:
        done = CliRunner().invoke(app, [*line, "--workspace", str(bench.folder)])
        assert done.exit_code == 0, done.output

    def doubts() -> tuple[bool, bool]:
        """Whether a new spot check has the glossary against the odd unit, and whether its judge is shown that."""
        plan = bench.spotchecks.plan([], False, 0.2, 0.9)
        number = bench.spotchecks.start([], plan, Setup(seed=1, suspects=40)).number
        command("spotcheck", "sheet", str(number), "--suspects", "-o", str(tmp_path / "list.csv"))
        campaign = bench.spotchecks.get(number)
        task = Task(Stratum.RANDOM, odd)
        view = bench.spotchecks.view(replace(campaign, random=(odd,)), Stratum.RANDOM)
        assert view is not None and view.task == task
        return (
            any("glossary" in reason for reason in campaign.reasons.get(odd, ())),
            "glossary" in {issue.check for issue in view.suspects},
        )

    assert doubts() == (False, False)
    command("check", "simulated.fr.txt", "--glossary", str(terms))  # once, without keeping it
    assert doubts() == (False, False)
    command("check", "simulated.fr.txt", "--glossary", str(terms), "--keep")
    assert doubts() == (True, True)
    command("check", "simulated.fr.txt", "--off", "glossary", "--save-profile", str(checks))
    assert doubts() == (True, True)
    command("check", "simulated.fr.txt", "--profile", str(checks), "--keep")
    assert doubts() == (False, False)
    assert [term.ways for term in bench.checks.wanted.glossary.terms] == [(("fr", ("numéro",)), ("en", ("number",)))]


def test_what_nobody_can_judge_counts_against_the_document(bench: Workbench, start: Start) -> None:
    campaign = start()
    judge(bench, campaign, Grade.UNSURE)
    found = bench.spotchecks.report(campaign)
    assert found.verdict.outcome is Outcome.REJECT and found.random.share is None
    assert any("could not be judged" in note for note in found.notes)
    assert "could not be judged, which counts as a major error" in found.verdict.reason


def test_intervals_reach_as_far_as_what_nobody_could_judge_leaves_open(bench: Workbench) -> None:
    """Left out, it made intervals that called accepted what the verdict did not, and a share known that was not."""
    plan = bench.spotchecks.plan([], False, 0.2, 0.9, sample=40)
    campaign = bench.spotchecks.start([], plan, Setup(seed=1, suspects=0))
    grades = ["major"] + ["unsure"] * 2 + ["good"] * 37

    def take_in(units: slice) -> list[str]:
        lines = zip(campaign.random[units], grades[units], strict=True)
        sheet = "unit,grade\n" + "".join(f"{unit},{grade}\n" for unit, grade in lines)
        bench.spotchecks.read_sheet(campaign, sheet.encode(), "sheet.csv", Stratum.RANDOM)
        return [note for note in bench.spotchecks.report(campaign).notes if "is known" in note]

    assert not take_in(slice(39)) and not take_in(slice(39, None))
    found = bench.spotchecks.report(campaign)
    exact = next(each for each in found.intervals if each.method.startswith("hypergeometric"))
    assert (exact.low, exact.high) == (1 / 40, 3 / 40)
    grades[1:3] = ["good", "major"]
    assert take_in(slice(40))
    exact = bench.spotchecks.report(campaign).intervals[1]
    assert (exact.low, exact.high) == (2 / 40, 2 / 40)


@pytest.mark.parametrize("asked", [{"allowed": 2}, {"sequential": True}], ids=["fixed", "sequential"])
def test_what_nobody_could_judge_leaves_no_interval_that_speaks_against_the_verdict(
    tmp_path: Path, asked: dict[str, int]
) -> None:
    with simulation.workspace(tmp_path, 200) as bench:
        plan = bench.spotchecks.plan([], False, 0.1, 0.9, **asked)  # type: ignore[arg-type]
        campaign = bench.spotchecks.start([], plan, Setup(seed=1, suspects=0))
        lines = (f"{unit},{'unsure' if place < 6 else 'good'}\n" for place, unit in enumerate(campaign.random[:60]))
        bench.spotchecks.read_sheet(campaign, ("unit,grade\n" + "".join(lines)).encode(), "a.csv", Stratum.RANDOM)
        found = bench.spotchecks.report(campaign)
        assert found.verdict.outcome is not Outcome.ACCEPT
        assert found.intervals[0].low == 0 and found.intervals[0].high >= plan.limit


def test_attention_is_tested_and_counted_apart(bench: Workbench, start: Start) -> None:
    campaign = start(attention=2)
    judge(bench, campaign)
    judge(bench, campaign)
    view = judge(bench, campaign, Grade.MAJOR)
    assert view.task.decoy and view.target != view.unit.tgt_text and not view.suspects
    found = bench.spotchecks.report(campaign)
    assert [(each.judge, each.seen, each.shown) for each in found.attention] == [("Ada", 1, 1)]
    assert (found.random.units, found.random.major, found.worst) == (2, 0, ())
    with pytest.raises(InputError, match="wrong on purpose"):
        bench.spotchecks.correct(campaign, view, "Right.")


def test_who_is_shown_a_wrong_translation_that_is_gone_meanwhile_is_told(bench: Workbench, start: Start) -> None:
    campaign = start(attention=1)
    judge(bench, campaign)
    view = first(bench, campaign)
    leave_out(bench, bench.spotchecks.units(campaign)[view.task.decoy].place)
    with pytest.raises(UnknownItemError, match="no longer in"):
        bench.spotchecks.judge(campaign, view, Grade.MAJOR)


def test_nothing_on_the_page_tells_what_tests_attention(bench: Workbench, start: Start) -> None:
    campaign = start(attention=1)
    session = Session(bench, campaign)
    ordinary = session.data()["unit"]
    answer(session, {"n": 1, "do": "judge", "grade": "good", **_said(ordinary["key"])})
    test = session.data()["unit"]
    assert test["key"]["decoy"] and test.keys() == ordinary.keys()
    assert all(bool(test[name]) == bool(ordinary[name]) for name in ("by", "estimate", "proposes", "corrected"))


def test_who_judges_one_unit_in_two_tabs_is_told_and_neither_judgement_is_lost_or_counted_twice(
    bench: Workbench, start: Start
) -> None:
    campaign = start(scheme=Scheme.ESA)
    first_tab, second_tab = Session(bench, campaign), Session(bench, campaign)
    unit = first_tab.data()["unit"]

    def judge_it(session: Session, n: int, score: int) -> None:
        marks = {"marks": [asdict(MAJOR)], "score": score, "note": "", "suspects": []}
        answer(session, {"n": n, "do": "judge", "key": unit["key"], **marks})

    def scores() -> list[float | None]:
        return [each.judgement.score for each in bench.spotchecks.report(campaign).findings]

    judge_it(first_tab, 1, 30)
    judge_it(second_tab, 1, 60)
    shown = second_tab.data()
    assert "meanwhile in another tab (major errors), and that stands" in shown["told"]["text"]
    assert scores() == [30]
    assert (shown["unit"]["key"], shown["unit"]["isDraft"], shown["unit"]["said"]["score"]) == (unit["key"], True, 60)
    judge_it(second_tab, 2, 60)
    assert scores() == [60]
    assert second_tab.data()["unit"]["number"] == first_tab.data()["unit"]["number"] == 2


def test_of_two_processes_that_judge_a_unit_at_once_one_wins_and_the_other_is_told(
    bench: Workbench, start: Start
) -> None:
    campaign = start(scheme=Scheme.ESA)
    turns = campaign.plan.sample
    command = [sys.executable, "-m", "tests.judge_process", str(bench.folder), str(campaign.number), str(turns)]
    with ExitStack() as stack:
        rivals = [
            stack.enter_context(subprocess.Popen([*command, score], stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT))
            for score in ("10", "90")
        ]

        def lines() -> list[str]:
            return [rival.stdout.readline().strip() for rival in rivals]  # type: ignore[union-attr]

        for _ in range(turns):
            assert lines() == ["ready", "ready"]  # both have looked at the unit, and none has judged
            for rival in rivals:
                print("go", file=rival.stdin, flush=True)
            assert sorted(lines()) == ["kept", "told"]
    found = bench.spotchecks.report(campaign).findings
    assert len(found) == turns and {each.judgement.score for each in found} <= {10, 90}
    with Store(bench.folder) as store:
        assert store.campaigns.latest(campaign.number) == turns  # nothing was kept of who came second


def test_a_judgement_that_waits_for_another_to_be_written_sees_it(bench: Workbench, start: Start) -> None:
    """The second has looked and asks for the lock while the first, which has it, is about to commit."""
    campaign = start()
    view = first(bench, campaign)
    said = Judgement(view.unit.id, Stratum.RANDOM, "Ada", Grade.MAJOR)
    asks = threading.Event()
    with Store(bench.folder) as second, ThreadPoolExecutor(1) as other:
        second._db._connection.set_trace_callback(
            lambda statement: asks.set() if statement.startswith("BEGIN IMMEDIATE") else None
        )
        with sqlite3.connect(bench.folder / FILE_NAME) as rival:
            rival.execute("BEGIN IMMEDIATE")
            waits = other.submit(second.campaigns.judge, campaign.number, [said], view.since)
            assert asks.wait(60)
            rival.execute(
                "INSERT INTO judgement VALUES (NULL, ?, ?, ?, 'Ada', 'good', '[]', NULL, '', '', '', '', '')",
                (campaign.number, Stratum.RANDOM, view.unit.id),
            )
            rival.execute("COMMIT")
        with pytest.raises(JudgedMeanwhileError, match=r"Ada judged this meanwhile in another place \(good\)"):
            waits.result()


def test_what_is_marked_in_two_tabs_is_kept_in_both_and_either_can_be_gone_on_from(
    bench: Workbench, start: Start
) -> None:
    campaign = start(scheme=Scheme.ESA)
    first_tab, second_tab = Session(bench, campaign), Session(bench, campaign)

    def ask(tab: Session, do: str, **more: object) -> None:
        said = _said(tab.data()["unit"]["key"]) | {"suspects": []} | more
        answer(tab, {"n": tab.done + 1, "do": do, **said})

    def shown(tab: Session) -> tuple[str, str]:
        return tab.data()["unit"]["said"]["note"], tab.data()["other"]

    ask(first_tab, "draft", note="one")
    ask(second_tab, "draft", note="two", score=40)
    assert second_tab.data()["other"] == "note “one”"
    ask(first_tab, "draft", note="one and more", marks=[asdict(MAJOR)])
    assert first_tab.data()["other"] == "score 40, note “two”"
    assert first_tab.data()["told"] is None  # and nothing is drawn over what is typed
    assert shown(Session(bench, campaign)) == ("one and more", "score 40, note “two”")  # as after a reload
    ask(first_tab, "other")
    assert shown(first_tab) == ("two", "1 error, note “one and more”")
    ask(second_tab, "draft", note="two, gone on with", score=50)
    ask(first_tab, "judge", score=45)
    assert [each.judgement.score for each in bench.spotchecks.report(campaign).findings] == [45]
    ask(second_tab, "judge", score=50, note="two, gone on with")
    assert "meanwhile in another tab" in second_tab.data()["told"]["text"]
    assert shown(second_tab) == ("two, gone on with", "")
    assert second_tab.data()["unit"]["kept"]["score"] == 45
    ask(second_tab, "judge", score=50)
    for tab in (first_tab, second_tab):
        ask(tab, "back", key=None)
    assert [tab.data()["unit"]["isDraft"] for tab in (first_tab, second_tab)] == [False, False]


def test_a_correction_leaves_what_another_tab_has_marked_to_that_tab(bench: Workbench, start: Start) -> None:
    campaign = start(scheme=Scheme.ESA)
    first_tab, second_tab = Session(bench, campaign), Session(bench, campaign)

    def ask(tab: Session, do: str, **more: object) -> None:
        said = _said(tab.data()["unit"]["key"]) | {"suspects": []} | more
        answer(tab, {"n": tab.done + 1, "do": do, **said})

    ask(first_tab, "draft", note="one", marks=[asdict(MAJOR)])
    ask(second_tab, "correct", text="Better.", also=[])
    shown = second_tab.data()
    assert (shown["unit"]["said"]["note"], shown["unit"]["said"]["marks"]) == ("", [])
    assert shown["other"] == "1 error, note “one”"
    ask(first_tab, "draft", note="one and more")  # its draft is still its own, and none is made twice
    assert first_tab.data()["other"] == ""
    ask(second_tab, "judge", score=90)
    [finding] = bench.spotchecks.report(campaign).findings
    assert (finding.judgement.marks, finding.judgement.note, finding.corrected) == ((), "", "Better.")


def test_a_low_score_without_a_mark_does_not_pass_for_good(bench: Workbench, start: Start) -> None:
    campaign = start(scheme=Scheme.ESA)
    graded = [(35, (), Grade.MAJOR), (49, (MINOR,), Grade.MAJOR), (66, (), Grade.MINOR), (83, (), Grade.GOOD)]
    graded += [(100, (MINOR,), Grade.MINOR), (90, (MAJOR,), Grade.MAJOR)]
    for score, marks, grade in graded:
        view = first(bench, campaign)
        assert bench.spotchecks.judge(campaign, view, marks=marks, score=score).grade is grade
    assert bench.spotchecks.verdict(campaign).errors == 3
    assert "below 50 as a major error" in bench.spotchecks.body(campaign)
    unit = first(bench, campaign)
    assert bench.spotchecks.judge(campaign, unit, Grade.UNSURE, score=10).grade is Grade.UNSURE
    line = f"unit,grade,score\n{first(bench, campaign).task.unit},good,20\n".encode()
    for _ in range(2):  # read again it says nothing new
        assert bench.spotchecks.read_sheet(campaign, line, "ada.csv", Stratum.RANDOM).faults == ()
    assert bench.spotchecks.verdict(campaign).errors == 5


def test_what_was_marked_to_revise_a_judgement_outlives_taking_that_back(bench: Workbench, start: Start) -> None:
    campaign = start(scheme=Scheme.ESA)
    judge(bench, campaign, score=80, note="fine")
    view = bench.spotchecks.view(campaign, Stratum.RANDOM, 1)
    assert view
    bench.spotchecks.keep_draft(campaign, view, {"marks": [asdict(MAJOR)], "score": 30, "note": "not so"})
    assert bench.spotchecks.take_back_latest(campaign)
    now = first(bench, campaign)
    assert now.said and (now.number, now.said.score, now.said.note, now.others) == (1, 30, "not so", [])


def test_a_judgement_that_cannot_be_kept_leaves_what_was_marked(bench: Workbench, start: Start) -> None:
    campaign = start(scheme=Scheme.ESA)
    tab = Session(bench, campaign)
    unit = tab.data()["unit"]
    bench.edit_translation(unit["key"]["unit"], "Written by somebody else.")
    marks = {"marks": [asdict(MAJOR)], "score": 30, "note": "odd", "suspects": []}
    answer(tab, {"n": 1, "do": "judge", "key": unit["key"], **marks})
    now = Session(bench, campaign).data()["unit"]
    assert "changed meanwhile" in tab.data()["told"]["text"]
    assert (now["target"], now["said"]["note"], now["said"]["score"]) == ("Written by somebody else.", "odd", 30)


def _said(key: dict[str, str]) -> dict[str, object]:
    return {"key": key, "marks": [], "score": None, "note": ""}


def test_documents_that_say_one_thing_throughout_can_be_checked(bench: Workbench, start: Start) -> None:
    for view in bench.segments("simulated.fr.txt"):
        bench.edit_translation(view.id, "Home.")
    campaign = start(attention=1, by=["document", "length"])
    judge_all(bench, campaign)
    found = bench.spotchecks.report(campaign)
    assert found.verdict.outcome is Outcome.ACCEPT and not found.attention


def test_another_translation_of_the_same_source_tests_nobody_s_attention(tmp_path: Path) -> None:
    with Workbench(tmp_path, user="Ada") as bench:
        bench.add_bytes("\n\n".join(["Ja."] * 12).encode(), "yes.de.txt", "de")
        views = bench.segments("yes.de.txt")
        bench.set_included([view.id for view in views], True)
        for number, view in enumerate(views):
            bench.edit_translation(view.id, f"Yes, {number} times.")
        campaign = bench.spotchecks.start(
            [], bench.spotchecks.plan([], False, 0.3, 0.9), Setup(attention=1, suspects=0)
        )
        assert {task.stratum for task in bench.spotchecks.tasks(campaign, Stratum.RANDOM)} == {Stratum.RANDOM}


def test_a_pair_is_judged_by_its_links_and_rejected_ones_are_none(bench: Workbench) -> None:
    bench.add_bytes(b"One.\n\nTwo.\n\nThree.\n\nFour.", "b.en.txt", "en")
    for n in range(4):
        bench.link("simulated.fr.txt", "b.en.txt", [n], [n])
    rejected = bench.units("simulated.fr.txt", "b.en.txt")[0].bead_id
    bench.review(rejected, "rejected")  # type: ignore[arg-type]
    pair = ["simulated.fr.txt", "b.en.txt"]
    plan = bench.spotchecks.plan(pair, True, 0.5, 0.9)
    campaign = bench.spotchecks.start(pair, plan, Setup(suspects=0), pair=True)
    assert plan.population == 3
    view = first(bench, campaign)
    assert (view.unit.src_text[:6], view.target in ("Two.", "Three.", "Four.")) == ("Phrase", True)


def test_of_two_editions_no_risk_of_a_wrong_translation_is_told(bench: Workbench, tmp_path: Path) -> None:
    bench.add_bytes(b"Parking costs 2 pounds.\n\nFires are prohibited.", "2019.en.txt", "en")
    bench.add_bytes(b"Parking costs 3 pounds.\n\nFires are forbidden.", "2024.en.txt", "en-GB")
    pair, table, told = ("2019.en.txt", "2024.en.txt"), tmp_path / "found.csv", "both are in one language"
    for n in range(2):
        bench.link(*pair, [n], [n])

    def said(*line: str) -> str:
        done = CliRunner().invoke(app, [*line, "--workspace", str(bench.folder)])
        assert done.exit_code == 0, done.output
        return done.output

    checked = said("check", *pair, "-o", str(table))
    assert "2 units checked, 1 with issues" in checked and told in checked and "calibrated" not in checked
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert [(row["check"], row["risk"], row["marked"]) for row in rows] == [("numbers", "", "3 pounds")]
    assert told in said("spotcheck", "plan", "--pair", *pair)
    assert told in said("spotcheck", "start", "--pair", *pair, "--fewer-than", "60")
    assert not bench.spotchecks.get(1).waits_for_suspects  # none are found, so that it would wait for ever
    with_french = ("simulated.fr.txt", "2019.en.txt")
    bench.link(*with_french, [0], [0])
    assert told not in said("check", *with_french)
    assert told not in said("spotcheck", "plan", "--pair", *with_french, "--fewer-than", "99")


def test_a_document_s_own_text_stays_and_a_correction_of_it_is_proposed_to_exports(bench: Workbench) -> None:
    bench.add_bytes(b"Oui.\n\nNon.\n\nOui.\n\nPeut-\xc3\xaatre.", "a.fr.txt", "fr")
    bench.add_bytes(b"Yes.\n\nNo.\n\nYes!\n\nMaybe.", "b.en.txt", "en")
    pair = ["a.fr.txt", "b.en.txt"]
    for n in range(4):
        bench.link(*pair, [n], [n])
    campaign = bench.spotchecks.start(
        pair, bench.spotchecks.plan(pair, True, 0.5, 0.9), Setup(suspects=0, seed=3), pair=True
    )
    first_yes = next(unit for unit in bench.spotchecks.units(campaign).values() if unit.tgt_text == "Yes.")
    bench.set_comment(first_yes.id, "Says who?")
    [same] = bench.spotchecks.same_source(campaign, first_yes.id)
    assert (same.doc, same.place, same.target, same.by_hand) == ("a.fr.txt", 3, "Yes!", False)
    task = Task(Stratum.RANDOM, first_yes.id)

    def seen() -> TaskView:
        places = range(1, len(bench.spotchecks.tasks(campaign, Stratum.RANDOM)) + 1)
        views = [bench.spotchecks.view(campaign, Stratum.RANDOM, place) for place in places]
        return next(view for view in views if view and view.task == task)

    bench.spotchecks.correct(campaign, seen(), "Indeed  so.")
    assert bench.spotchecks.correct_same(campaign, first_yes.id, {same.id: "Yes!"}, "Indeed so.") == (1, 0)
    comments = [unit.comment for unit in bench.units(*pair)]
    assert comments == ["Says who? [proposed: Indeed so.]", "", "[proposed: Indeed so.]", ""]
    assert [unit.tgt_text for unit in bench.units(*pair)] == ["Yes.", "No.", "Yes!", "Maybe."]
    view = seen()
    assert (view.target, view.corrected) == ("Yes.", "Indeed so.")
    bench.spotchecks.judge(campaign, view, Grade.MINOR)
    finding = bench.spotchecks.report(campaign).findings[0]
    assert (finding.state, finding.corrected, finding.judgement.tgt_text) == (State.CURRENT, "Indeed so.", "Yes.")
    assert "proposed:" in bench.spotchecks.written(campaign, "html").decode()
    assert "Indeed so." in bench.spotchecks.written(campaign, "csv").decode("utf-8-sig")
    bench.spotchecks.correct(campaign, seen(), "Yes.")
    assert bench.units(*pair)[0].comment == "Says who?"
    bench.undo()
    assert bench.units(*pair)[0].comment == "Says who? [proposed: Indeed so.]"


def test_the_mqm_table_is_what_public_viewers_read(bench: Workbench, start: Start) -> None:
    campaign = start(scheme=Scheme.MQM, suspects=0)
    view = first(bench, campaign)
    missing = Mark("src", 0, 6, Severity.MINOR, mqm.OMISSION)
    bench.spotchecks.judge(campaign, view, marks=[MAJOR, missing], note="n")
    judge(bench, campaign)
    lines = bench.spotchecks.written(campaign, "tsv").decode().splitlines()
    assert lines[0].split("\t")[:5] == ["system", "doc", "docSegId", "globalSegId", "rater"]
    table = [dict(zip(mqm.COLUMNS, line.split("\t"), strict=True)) for line in lines[1:]]
    of_view = [row for row in table if int(row["docSegId"]) == view.unit.place]
    assert [row["target"][:11] for row in of_view] == ["<v>Sent</v>", "Sentence nu"]
    assert [row["source"][:13] for row in of_view] == ["Phrase numéro", "<v>Phrase</v>"]
    assert sorted((row["category"], row["severity"]) for row in table) == [
        ("Accuracy/Mistranslation", "Major"),
        ("Accuracy/Omission", "Minor"),
        ("No-error", "No-error"),
    ]
    assert json.loads(table[0]["metadata"])["timestamp"] > 10**12
    # By hand: a major error (5) and a minor one (1) in two units of three words each.
    assert bench.spotchecks.report(campaign).random.score == pytest.approx(1000 * 6 / 6)


def test_what_is_no_translation_at_all_is_a_major_error_in_every_table(bench: Workbench, start: Start) -> None:
    """Tools weigh it with 25 where it is one, and as any minor error elsewhere."""
    campaign = start(scheme=Scheme.MQM, suspects=0)
    judge(bench, campaign, marks=[Mark("tgt", 0, 0, Severity.MINOR, mqm.NON_TRANSLATION)])
    found = bench.spotchecks.report(campaign)
    assert found.by_category == {(mqm.NON_TRANSLATION, "major"): 1}
    for format, told in (("tsv", f"{mqm.NON_TRANSLATION}\tMajor"), ("csv", f"major {mqm.NON_TRANSLATION}")):
        assert told in bench.spotchecks.written(campaign, format).decode("utf-8-sig")


def test_the_penalty_of_a_unit_is_the_mean_of_its_judges_and_of_five_errors_at_most(
    bench: Workbench, start: Start
) -> None:
    campaign = start(scheme=Scheme.MQM, judges=["Ada", "Ben"], overlap=1.0, suspects=0)
    said: dict[str, list[list[Mark] | None]] = {
        "Ada": [[MAJOR, MINOR], [MAJOR] * 7, None],
        "Ben": [[MINOR], None, None],
    }
    for name, units in said.items():
        bench.user = name
        for marks in units:
            judge(bench, campaign, Grade.UNSURE if marks is None else Grade.GOOD, marks=marks or [])
    found = bench.spotchecks.report(campaign).random
    assert (found.units, found.unsure, found.words) == (3, 1, 6)  # of two units of three words each
    assert found.score == pytest.approx(1000 * ((6 + 1) / 2 + 25) / 6)


def test_every_report_weighs_a_low_score_without_a_mark_as_the_table_of_errors_does(
    bench: Workbench, start: Start
) -> None:
    campaign = start(scheme=Scheme.ESA, suspects=0)
    judge(bench, campaign, Grade.GOOD, score=30)
    found = bench.spotchecks.report(campaign)
    assert found.random.score == pytest.approx(1000 * 5 / found.random.words)
    [row] = csv.DictReader(io.StringIO(bench.spotchecks.written(campaign, "csv").decode("utf-8-sig")))
    [_, line] = bench.spotchecks.written(campaign, "tsv").decode().splitlines()
    assert (row["grade"], float(row["mqm_penalty"]), line.split("\t")[7:9]) == ("major", 5, ["Other", "Major"])


def test_the_table_of_errors_says_of_which_judgements_the_text_is_another_now(bench: Workbench, start: Start) -> None:
    campaign = start(suspects=0)
    of_today, edited = (judge(bench, campaign).unit for _ in range(2))
    bench.edit_translation(edited.id, "Corrected since.")
    lines = (line.split("\t") for line in bench.spotchecks.written(campaign, "tsv").decode().splitlines()[1:])
    states = {int(line[2]): json.loads(line[-1]).get("state") for line in lines}
    assert states == {of_today.place: None, edited.place: "corrected"}


def test_the_mean_score_is_of_units_and_of_judges_who_could_judge(bench: Workbench, start: Start) -> None:
    """By judgements, what several judge would weigh more than what one does, and a score beside unsure would count."""
    campaign = start(scheme=Scheme.ESA, suspects=0)
    said: dict[str, list[tuple[Grade, float]]] = {
        "Ada": [(Grade.GOOD, 90), (Grade.GOOD, 60), (Grade.UNSURE, 0)],
        "Ben": [(Grade.GOOD, 100)],
        "Cem": [(Grade.UNSURE, 10)],
    }
    for name, units in said.items():
        bench.user = name
        for grade, score in units:
            judge(bench, campaign, grade, score=score)
    assert bench.spotchecks.report(campaign).esa == pytest.approx((95 + 60) / 2)


def test_a_report_tells_of_earlier_checks_of_the_same_documents(bench: Workbench, start: Start) -> None:
    """Whoever draws anew until a sample is good signs off what is not."""
    bad = start(seed=1)
    judge(bench, bad, Grade.MAJOR)
    start(seed=2)  # nobody judged
    good = start(seed=3)
    judge_all(bench, good)
    [note] = [note for note in bench.spotchecks.report(good).notes if "before this one" in note]
    assert note.startswith("Spot checks of these documents before this one, the latest first: 1 (not accepted). The")
    assert not [note for note in bench.spotchecks.report(bad).notes if "before this one" in note]


def test_a_report_says_what_was_judged_by_whom_and_when(bench: Workbench, start: Start) -> None:
    """It is handed on, and a check may be called by anything."""
    campaign = start(name="Release 5", suspects=0)
    judge_all(bench, campaign)
    bench.user = "Ben"
    judge(bench, campaign)
    told = f"Judged by Ada ({campaign.plan.sample} units), Ben (1 unit) on "
    for text in ("\n".join(bench.spotchecks.summary(campaign)), bench.spotchecks.body(campaign)):
        assert "Documents: simulated.fr.txt." in text and told in text


def test_a_report_needs_nothing_from_outside_and_shows_hostile_text_as_text(bench: Workbench, start: Start) -> None:
    hostile = "<script>alert(1)</script> & \"quotes\" <img src=x onerror='alert(2)'>"
    for view in bench.segments("simulated.fr.txt"):
        bench.edit_translation(view.id, f"{hostile} {view.index}")
    campaign = start(scheme=Scheme.ESA, name="<b>Name</b>", limit=0.3)
    view = first(bench, campaign)
    bench.spotchecks.judge(campaign, view, marks=[MAJOR], score=20, note="<i>note</i>")
    page = bench.spotchecks.written(campaign, "html").decode()
    assert "<script" not in page and "<img" not in page and "<i>" not in page and "<b>Name" not in page
    assert not re.search(r"<[^>]*(src|href)=|url\(|https?:", page)
    assert '<mark class="major">&lt;scr</mark>ipt&gt;' in page
    assert page.count("<svg") >= 1 and page == bench.spotchecks.written(campaign, "html").decode()


@pytest.mark.parametrize(
    ("marks", "score", "told"),
    [([Mark("tgt", 5, 99, Severity.MINOR, "Other")], None, "marked at 5 to 99"), ([], 101, "between 0 and 100")],
)
def test_marks_and_scores_that_cannot_be_are_refused(
    bench: Workbench, start: Start, marks: list[Mark], score: float | None, told: str
) -> None:
    campaign = start(scheme=Scheme.MQM)
    view = first(bench, campaign)
    with pytest.raises(InputError, match=told):
        bench.spotchecks.judge(campaign, view, marks=marks, score=score)
    with pytest.raises(UnknownItemError, match="There is no spot check 99"):
        bench.spotchecks.get(99)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_sheet_is_read_in_the_encoding_that_a_spreadsheet_saves_it_in(
    bench: Workbench, start: Start, encoding: str
) -> None:
    campaign = start(limit=0.2)
    rows = bench.spotchecks.sheet(campaign, Stratum.RANDOM)
    file = io.StringIO()
    writer = csv.writer(file, delimiter="\t")
    writer.writerow(["unit", "source", "target", "grade", "note"])
    writer.writerows([row[0], row[3], row[4], "minor", "à revoir"] for row in rows)
    taken = bench.spotchecks.read_sheet(campaign, file.getvalue().encode(encoding), "ada.txt", Stratum.RANDOM)
    assert (taken.judgements, taken.faults) == (len(rows), ())
    assert {each.judgement.note for each in bench.spotchecks.report(campaign).findings} == {"à revoir"}


def test_a_sheet_is_filled_in_and_taken_back_and_wrong_lines_are_told(bench: Workbench, start: Start) -> None:
    campaign = start(limit=0.2)
    rows = bench.spotchecks.sheet(campaign, Stratum.RANDOM)
    edited = bench.segments("simulated.fr.txt")[int(rows[3][2]) - 1]
    bench.edit_translation(edited.id, "Changed meanwhile.")
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["unit", "target", "grade", "judge"])
    writer.writerows([row[0], row[4], "good", "Ben"] for row in rows)
    writer.writerows([["nonsense", "", "good", "Ben"], [rows[0][0], "", "major", "Ben"]])
    taken = bench.spotchecks.read_sheet(campaign, file.getvalue().encode(), "ben.csv", Stratum.RANDOM)
    assert taken.judgements == len(rows) - 1
    assert [fault.split(": ")[0] for fault in taken.faults] == [
        "ben.csv line 5",
        f"ben.csv line {len(rows) + 2}",
        f"ben.csv line {len(rows) + 3}",
    ]
    assert bench.spotchecks.report(campaign).random.units == 3  # up to the one that is missing


@pytest.mark.parametrize("format", ["csv", "tsv", "xlsx"])
def test_a_sheet_comes_back_whatever_the_texts_on_it_are(bench: Workbench, start: Start, format: str) -> None:
    """A quotation that another passage ends, and what a spreadsheet would run as a formula."""
    english = ('"Come in, he said,', "- and sit down, all of you!", "=1+1", 'the so-called "truth"')
    for view in bench.segments("simulated.fr.txt"):
        bench.edit_translation(view.id, english[view.index % 4])
    campaign = start(limit=0.2, suspects=0)
    rows = [[*row[:5], "good", *row[6:]] for row in bench.spotchecks.sheet(campaign, Stratum.RANDOM)]
    assert {*english} == {row[4] for row in rows}
    taken = bench.spotchecks.read_sheet(campaign, table(SHEET, rows, format), f"a.{format}", Stratum.RANDOM)
    assert (taken.judgements, taken.faults) == (len(rows), ())


def test_of_a_sheet_that_is_taken_in_twice_at_once_every_judgement_is_kept_once(bench: Workbench, start: Start) -> None:
    """The second has read what was said and asks for the lock while the first, which has it, is about to commit."""
    campaign = start()
    units = campaign.random[:3]
    sheet = ("unit,grade\n" + "".join(f"{unit},good\n" for unit in units)).encode()
    asks = threading.Event()
    with Workbench(bench.folder, user="Ada") as second, ThreadPoolExecutor(1) as other:
        second.spotchecks.units(campaign)
        second.spotchecks._kept._db._connection.set_trace_callback(
            lambda statement: asks.set() if statement.startswith("BEGIN IMMEDIATE") else None
        )
        with sqlite3.connect(bench.folder / FILE_NAME) as rival:
            rival.execute("BEGIN IMMEDIATE")
            waits = other.submit(second.spotchecks.read_sheet, campaign, sheet, "ada.csv", Stratum.RANDOM)
            assert asks.wait(60)
            for unit in units:
                found = bench.spotchecks.units(campaign)[unit]
                rival.execute(
                    "INSERT INTO judgement VALUES (NULL, ?, ?, ?, 'Ada', 'good', '[]', NULL, '', ?, ?, ?, '')",
                    (campaign.number, Stratum.RANDOM, unit, found.src_text, found.tgt_text, found.model),
                )
            rival.execute("COMMIT")
        taken = waits.result(60)
    assert (taken.judgements, taken.known, taken.faults) == (0, 3, ())
    assert bench.spotchecks._kept.latest(campaign.number) == 3


def test_a_score_without_a_grade_counts_in_esa_and_what_else_has_none_is_told(bench: Workbench, start: Start) -> None:
    def taken(campaign: Campaign, *lines: str) -> tuple[int, list[str]]:
        numbered = zip(campaign.random, lines, strict=False)
        sheet = "unit,grade,score,note\n" + "".join(f"{unit}{line}\n" for unit, line in numbered)
        found = bench.spotchecks.read_sheet(campaign, sheet.encode(), "ada.csv", Stratum.RANDOM)
        return found.judgements, [fault.split(": ", 1)[1] for fault in found.faults]

    campaign = start(scheme=Scheme.ESA)
    told = "there is a note and no grade; write good, minor, major or unsure"
    assert taken(campaign, ",,30,", ",,70,hm", ",,,hm", ",,,") == (2, [told])
    said = {each.judgement.unit: each.judgement for each in bench.spotchecks.report(campaign).findings}
    assert [said[unit].grade for unit in campaign.random[:2]] == [Grade.MAJOR, Grade.MINOR]
    assert taken(start(), ",,30,") == (0, ["there is a score and no grade; write good, minor, major or unsure"])


def test_a_sheet_is_taken_in_as_a_spreadsheet_leaves_it(bench: Workbench, start: Start, tmp_path: Path) -> None:
    """A title above, the names of columns in capitals, and a number of what looks like one: a text, an id."""
    texts = (f"Le moulin {number} tourne." for number in itertools.count())
    text, unit = next((text, unit) for text, unit in ids_of("m.fr.txt", texts) if re.fullmatch(r"\d+e\d\d?", unit))
    file = tmp_path / "m.fr.txt"
    file.write_text(text, "utf-8")
    bench.add([file])
    bench.edit_translation(unit, "1.10")
    plan = bench.spotchecks.plan(["m.fr.txt"], False, 0.2, 0.9)
    campaign = bench.spotchecks.start(["m.fr.txt"], plan, Setup(seed=1, suspects=0))
    sheet = f"Ada's list,,\nUnit,Target,Grade\n{float(unit):.5E},1.1,good\n".encode()
    taken = bench.spotchecks.read_sheet(campaign, sheet, "ada.csv", Stratum.RANDOM)
    assert (taken.judgements, taken.faults) == (1, ())


def ids_of(name: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each text and the id of its segment, were it all that a document says."""
    return ((text, segment_ids(document_id(name), [text])[0]) for text in texts)


def sheet_of(bench: Workbench, campaign: Campaign, **change: str) -> bytes:
    """The user's list as a file; `change`: what becomes of cells that say so and so, by that."""
    file = io.StringIO()
    csv.writer(file).writerows([SHEET, *bench.spotchecks.sheet(campaign, Stratum.RANDOM)])
    return "".join(change.get(part, part) for part in re.split(r"(\w+)", file.getvalue())).encode()


def test_a_sheet_read_again_leaves_the_errors_that_were_marked_on_the_page(bench: Workbench, start: Start) -> None:
    campaign = start(scheme=Scheme.ESA, suspects=0)
    view = first(bench, campaign)
    bench.spotchecks.judge(campaign, view, marks=[MINOR, MINOR], score=70, note="stiff")
    bench.spotchecks.correct(campaign, view, "Another sentence.")

    def said() -> tuple[Judgement, int]:
        found = bench.spotchecks.report(campaign).findings
        return found[0].judgement, len(found)

    before = said()
    taken = bench.spotchecks.read_sheet(campaign, sheet_of(bench, campaign), "ada.csv", Stratum.RANDOM)
    assert (taken.judgements, taken.known, taken.faults, said()) == (0, 1, (), before)
    bench.spotchecks.read_sheet(campaign, sheet_of(bench, campaign, stiff="odd"), "ada.csv", Stratum.RANDOM)
    assert (said()[0].marks, said()[0].note, said()[0].tgt_text) == ((MINOR, MINOR), "odd", view.target)
    changed = sheet_of(bench, campaign, minor="major")
    told = bench.spotchecks.read_sheet(campaign, changed, "ada.csv", Stratum.RANDOM).faults
    assert [mark.severity for mark in said()[0].marks] == [Severity.MAJOR] and "said minor" in told[0]


def test_a_sheet_does_not_fill_in_what_was_said_of_another_translation(
    bench: Workbench, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = start(suspects=0)
    view = judge(bench, campaign, Grade.MAJOR)
    anew(bench, monkeypatch, campaign, view.unit.id)
    [row] = [row for row in bench.spotchecks.sheet(campaign, Stratum.RANDOM) if row[0] == view.unit.id]
    assert row[4:6] == ["Made anew.", ""]


def test_a_sheet_that_a_judge_filled_in_is_not_written_over_before_it_is_taken_in(
    bench: Workbench, start: Start, tmp_path: Path
) -> None:
    number, file = str(start(suspects=0).number), tmp_path / "list.csv"
    where = ["--workspace", str(bench.folder), "--user", "Ada"]

    def run(*asked: str) -> int:
        return CliRunner().invoke(app, ["spotcheck", *asked, *where]).exit_code

    assert run("sheet", number, "-o", str(file)) == run("sheet", number, "-o", str(file)) == 0
    filled = file.read_text(encoding="utf-8-sig").replace(",,,,Ada", ",good,,,Ada")
    file.write_text(filled, encoding="utf-8")
    assert run("sheet", number, "-o", str(file)) == 1 and file.read_text(encoding="utf-8") == filled
    assert run("judge", number, str(file)) == 0 and run("sheet", number, "-o", str(file)) == 0
    assert file.read_text(encoding="utf-8-sig").count(",good,,,Ada") == filled.count(",good,,,Ada")
    other = tmp_path / "other.csv"
    other.write_text("no,list\n", encoding="utf-8")
    assert run("sheet", number, "-o", str(other)) == 1
    other.write_bytes(b"")
    assert run("sheet", number, "-o", str(other)) == 0


def test_two_judges_files_in_conflict_are_told_and_both_kept(bench: Workbench, start: Start) -> None:
    campaign = start()
    unit = campaign.random[0]
    for judge_name, grade in (("Ben", "good"), ("Eve", "major"), ("Ben", "minor")):
        line = f"unit,grade,judge\n{unit},{grade},{judge_name}\n".encode()
        taken = bench.spotchecks.read_sheet(campaign, line, "x.csv", Stratum.RANDOM)
        assert taken.judgements == 1
    assert taken.faults == (
        f"x.csv line 2: Ben said good of {unit} before and minor here; this counts, and both are kept",
    )
    found = bench.spotchecks.report(campaign)
    assert "Judges differ on whether there is a major error: 1 unit of the random sample." in found.notes
    assert (found.random.major, found.random.units) == (1, 1)


def test_a_sequential_check_ends_when_it_is_decided(bench: Workbench) -> None:
    plan = bench.spotchecks.plan([], False, 0.2, 0.9, sequential=True)
    campaign = bench.spotchecks.start([], plan, Setup(seed=1, suspects=0))
    judge_all(bench, campaign)
    found = bench.spotchecks.report(campaign)
    assert (found.verdict.outcome, found.verdict.judged) == (Outcome.ACCEPT, plan.sample)
    assert found.intervals[0].high < 0.2 and plan.sample < 40


def test_a_sequential_check_that_what_is_left_cannot_decide_says_so(bench: Workbench) -> None:
    plan = bench.spotchecks.plan([], False, 0.2, 0.9, sequential=True)
    campaign = bench.spotchecks.start([], plan, Setup(suspects=0, seed=1))
    bench.add_bytes("\n\n".join(f"Phrase numéro {n}." for n in range(30)).encode(), "simulated.fr.txt", "fr")
    lines = (
        f"{unit},{'major' if at % 5 == 4 else 'good'}\n" for at, unit in enumerate(bench.spotchecks.units(campaign))
    )
    bench.spotchecks.read_sheet(campaign, ("unit,grade\n" + "".join(lines)).encode(), "a.csv", Stratum.RANDOM)
    found = bench.spotchecks.report(campaign)
    assert (found.verdict.outcome, found.verdict.judged, found.verdict.errors) == (Outcome.GO_ON, 30, 6)
    assert any(note.startswith("All that is left is judged") for note in found.notes)


def test_a_stratified_check_reports_by_its_own_formulas(bench: Workbench, start: Start) -> None:
    bench.add_bytes(b"Un.\n\nDeux.\n\nTrois.\n\nQuatre.\n\nCinq.", "other.fr.txt", "fr")
    for view in bench.segments("other.fr.txt"):
        bench.edit_translation(view.id, "One.")
    campaign = start(by=["document"], limit=0.3)
    assert campaign.plan.stratified and campaign.plan.population == 45
    while view := bench.spotchecks.view(campaign, Stratum.RANDOM):
        judge(bench, campaign, Grade.MAJOR if view.unit.doc == "other.fr.txt" else Grade.GOOD)
    found = bench.spotchecks.report(campaign)
    [other] = [each for each in found.by_document if each.name == "other.fr.txt"]
    assert abs(other.units - campaign.plan.sample * 5 / 45) < 1
    methods = [each.method.split(" (")[0] for each in found.intervals]
    assert methods == ["upper bound", "stratified", "Clopper-Pearson", "Wilson, stratified"]
    assert any("has its share of every document" in note for note in found.notes)
    with pytest.raises(InputError, match="both be stratified, or neither"):
        bench.spotchecks.start([], bench.spotchecks.plan([], False, 0.3, 0.9), Setup(by=["length"]))


def test_estimates_are_held_against_judgements(bench: Workbench, start: Start) -> None:
    for view in bench.segments("simulated.fr.txt")[::4]:
        bench.edit_translation(view.id, f"Sentence number {view.index + 500}.")  # a number that is wrong
    campaign = start()
    units = bench.spotchecks.units(campaign)
    while view := bench.spotchecks.view(campaign, Stratum.RANDOM):
        is_wrong = units[view.unit.id].tgt_text.removesuffix(".").split()[-1] not in view.unit.src_text
        bench.spotchecks.judge(campaign, view, Grade.MAJOR if is_wrong else Grade.GOOD)
    found = bench.spotchecks.report(campaign).estimated
    assert found.units == campaign.plan.sample and found.auroc == 1.0
    assert found.spearman and found.spearman > 0.5
    assert all(unit in {each.id for each in bench.segments("simulated.fr.txt")[::4]} for unit in campaign.risk)


def test_how_estimates_rank_is_not_told_by_a_handful_of_errors(bench: Workbench, start: Start) -> None:
    campaign = start()
    judge_all(bench, campaign)
    report = bench.spotchecks.report(campaign)

    def told(errors: int) -> str:
        points = tuple((0.1 * each, 5.0 * (each < errors), each < errors) for each in range(20))
        found = replace(
            report, estimated=Estimated(20, 1.0, 0.5, points), random=replace(report.random, units=104, major=1)
        )
        return report_html.body(found, "1")

    assert "AUROC not told: that takes 5 units of either kind (1 unit with a major error, 19 without)" in told(1)
    assert "AUROC 1.00: how often" in told(5)
    assert "<b>1.0 %</b>" in told(1)  # no more digits than the interval beside it


def test_simulated_campaigns_keep_what_is_promised() -> None:
    found = list(simulation.run(repetitions=10, rates=(0.1,)))
    assert found
    for each in found:
        assert each.wrong <= 0.2  # twice where one in twenty may; three or more have a probability of .01 there
        assert all(held >= 0.75 for held in each.covered.values())


def run(*args: str) -> str:
    result = CliRunner().invoke(app, list(args), catch_exceptions=True)
    if isinstance(result.exception, WorkbenchError):
        return f"error: {result.exception}"
    return result.output


def test_the_command_line_plans_judges_and_reports(bench: Workbench, tmp_path: Path) -> None:
    bench.close()
    where = ["--workspace", str(bench.folder), "--user", "Ada"]
    assert "40 units; fewer than 20\N{NO-BREAK SPACE}%" in run("spotcheck", "plan", "--fewer-than", "20", *where[:2])
    told = run("spotcheck", "start", "--fewer-than", "20", "--scheme", "esa", "--seed", "3", *where)
    assert "spot check 1: simulated.fr.txt, seed 3" in told
    assert "end in .csv, .tsv or .xlsx" in run("spotcheck", "sheet", "1", "-o", str(tmp_path / "ada.ods"), *where)
    sheet = tmp_path / "ada.csv"
    assert "units written" in run("spotcheck", "sheet", "1", "-o", str(sheet), *where)
    sheet.write_text(sheet.read_text("utf-8-sig").replace(",,,,Ada", ",minor,70,,Ada"), "utf-8")
    assert "ada.csv\t" in run("spotcheck", "judge", "1", str(sheet), *where)
    assert "accept: 0 of the" in run("spotcheck", "status", "1", *where[:2])
    assert "mean ESA score: 70.0" in run("spotcheck", "report", "1", *where[:2])
    assert "1\tsimulated.fr.txt\tesa" in run("spotcheck", "list", *where[:2])
    for ending in ("html", "csv", "tsv"):
        run("spotcheck", "report", "1", "-o", str(tmp_path / f"r.{ending}"), *where[:2])
        assert (tmp_path / f"r.{ending}").stat().st_size > 500
    assert "no format for a report" in run("spotcheck", "report", "1", "-o", str(tmp_path / "r.docx"), *where[:2])
    assert "is larger than the 40 units" in run("spotcheck", "start", "--sample", "500", *where)
    assert "name the judges" in run("spotcheck", "start", "--fewer-than", "20", "--overlap", "50", *where)
    assert "not by author" in run("spotcheck", "plan", "--fewer-than", "20", "--by", "author", *where[:2])


def test_without_translations_there_is_nothing_to_check(tmp_path: Path) -> None:
    with Workbench(tmp_path) as bench:
        bench.add_bytes(b"Only English here.", "a.en.txt", "en")
        with pytest.raises(InputError, match="no passage of these documents has a translation yet"):
            bench.spotchecks.plan([], False, 0.05, 0.95)


def test_units_that_are_all_one_text_are_judged_estimated_and_counted_one_by_one(tmp_path: Path) -> None:
    with Workbench(tmp_path, user="Ada") as bench:
        bench.add_bytes("\n\n".join(["Ja."] * 12).encode(), "yes.de.txt", "de")
        views = bench.segments("yes.de.txt")
        bench.set_included([view.id for view in views], True)
        for view in views:
            bench.edit_translation(view.id, "Yes.")
        plan = bench.spotchecks.plan([], False, 0.3, 0.9, ["document", "length"])
        campaign = bench.spotchecks.start([], plan, Setup(by=["document", "length"], attention=2, suspects=3))
        campaign = bench.spotchecks.find_suspects(campaign)
        assert (plan.population, len(campaign.random), len(campaign.risk)) == (12, 12, min(3, 12 - plan.sample))
        assert len(bench.spotchecks.same_source(campaign, campaign.random[0])) == 11
        judge_all(bench, campaign)
        found = bench.spotchecks.report(campaign)
        assert found.verdict.outcome is Outcome.ACCEPT and found.estimated.auroc is found.estimated.spearman is None


def test_a_broken_row_of_a_glossary_is_told_and_the_others_are_looked_for(bench: Workbench, tmp_path: Path) -> None:
    bench.edit_translation(bench.segments("simulated.fr.txt")[0].id, "Phrase number 0.")
    bench.close()
    glossary = tmp_path / "terms.csv"
    glossary.write_text("fr,en\nphrase,sentence\n,nothing\n", "utf-8")
    told = run("check", "simulated.fr.txt", "--glossary", str(glossary), "--workspace", str(bench.folder))
    assert "warning: line 3 of" in told and "is no term" in told and "\n1\tglossary\t" in told


def test_a_pair_without_links_says_what_is_missing(bench: Workbench) -> None:
    bench.add_bytes(b"One.\n\nTwo.", "b.en.txt", "en")
    pair = ["simulated.fr.txt", "b.en.txt"]
    with pytest.raises(InputError, match="not aligned"):
        bench.spotchecks.plan(pair, True, 0.05, 0.95)
    bench.link(*pair, [0], [0])
    bench.unlink(bench.units(*pair)[0].bead_id)
    with pytest.raises(InputError, match="no links that are sure enough"):
        bench.spotchecks.plan(pair, True, 0.05, 0.95)
    with pytest.raises(InputError, match="two documents, got 1"):
        bench.spotchecks.plan(pair[:1], True, 0.05, 0.95)


def test_what_was_judged_of_a_document_that_is_gone_is_kept(bench: Workbench, start: Start) -> None:
    campaign = start()
    judge(bench, campaign, Grade.MAJOR)
    bench.remove("simulated.fr.txt")
    found = bench.spotchecks.report(campaign)
    said: Judgement = found.findings[0].judgement
    assert said.tgt_text.startswith("Sentence number") and found.findings[0].state is State.GONE
    assert bench.spotchecks.view(campaign, Stratum.RANDOM) is None
    bench.undo()
    assert bench.spotchecks.report(campaign).random.major == 1


def test_a_backup_put_back_under_an_open_workspace_is_what_counts(
    bench: Workbench, start: Start, tmp_path: Path
) -> None:
    """It may hold as many judgements, and others."""
    campaign = start(judges=["Ada"])
    judge(bench, campaign, Grade.MAJOR)
    bench.back_up(tmp_path / "backup.db")
    bench.spotchecks.take_back_latest(campaign)
    judge(bench, campaign, Grade.GOOD)
    kept = bench.spotchecks.verdict(campaign)
    with closing(sqlite3.connect(tmp_path / "backup.db")) as copy, copy:  # as if more had been said there, too
        copy.execute("UPDATE judgement SET number = 3")
    assert (kept.judged, kept.errors) == (1, 0)
    restore(tmp_path / "backup.db", bench.folder, FILE_NAME)
    found = bench.spotchecks.verdict(campaign)
    assert (found.judged, found.errors) == (1, 1) and bench.spotchecks.report(campaign).verdict == found


def test_lists_are_those_of_the_spot_check_that_a_backup_has_by_this_number(
    bench: Workbench, start: Start, tmp_path: Path
) -> None:
    bench.back_up(tmp_path / "backup.db")
    first_of = start(seed=1)
    assert bench.spotchecks.tasks(first_of, Stratum.RANDOM)[0].unit == first_of.random[0]
    restore(tmp_path / "backup.db", bench.folder, FILE_NAME)
    other = start(seed=2)
    assert other.number == first_of.number and other.random[0] != first_of.random[0]
    assert bench.spotchecks.tasks(other, Stratum.RANDOM)[0].unit == other.random[0]


def test_a_report_that_was_read_before_the_suspects_were_found_has_them_after(bench: Workbench) -> None:
    plan = bench.spotchecks.plan([], False, 0.2, 0.9)
    campaign = bench.spotchecks.start([], plan, Setup(seed=1))
    judge_all(bench, campaign)
    assert bench.spotchecks.report(campaign).estimated.units == 0
    campaign = bench.spotchecks.find_suspects(campaign)
    assert bench.spotchecks.report(campaign).estimated.units == plan.sample


def test_a_pair_of_which_a_document_is_gone_keeps_what_was_judged_and_comes_back_with_it(bench: Workbench) -> None:
    bench.add_bytes(b"One.\n\nTwo.", "b.en.txt", "en")
    pair = ["simulated.fr.txt", "b.en.txt"]
    for n in range(2):
        bench.link(*pair, [n], [n])
    spotchecks = bench.spotchecks
    campaign = spotchecks.start(pair, spotchecks.plan(pair, True, 0.5, 0.9), Setup(suspects=1), pair=True)
    judge(bench, campaign, Grade.MAJOR)
    bench.remove("b.en.txt")
    assert spotchecks.report(campaign).findings[0].state is State.GONE
    assert spotchecks.view(campaign, Stratum.RANDOM) is None
    assert spotchecks.find_suspects(campaign).waits_for_suspects
    bench.undo()
    assert spotchecks.report(campaign).random.major == 1


def test_suspects_are_found_in_the_documents_that_are_left(bench: Workbench) -> None:
    bench.add_bytes(b"Encore une phrase.", "other.fr.txt", "fr")
    bench.edit_translation(bench.segments("other.fr.txt")[0].id, "One more sentence.")
    campaign = bench.spotchecks.start([], bench.spotchecks.plan([], False, 0.2, 0.9), Setup(suspects=5))
    bench.remove("other.fr.txt")
    assert len(bench.spotchecks.find_suspects(campaign).risk) == 5


def test_before_a_unit_that_is_gone_stands_the_first_that_is_there(bench: Workbench, start: Start) -> None:
    campaign = start()
    gone, after = bench.spotchecks.tasks(campaign, Stratum.RANDOM)[:2]
    leave_out(bench, bench.spotchecks.units(campaign)[gone.unit].place)
    view = bench.spotchecks.view(campaign, Stratum.RANDOM, 1)
    assert view is not None and view.task == after
