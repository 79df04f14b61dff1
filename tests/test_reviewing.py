"""Review rounds: what somebody changed in an export comes back, and nothing of anybody's work is lost."""

from __future__ import annotations

import csv
import getpass
import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.support import absent
from tests.test_core import TEXT
from tests.test_edits import ONE_TO_ONE, A, B, bead, everything, filled, links, opened, pair, put
from workbench.core import Workbench
from workbench.datatypes import Status
from workbench.errors import InputError
from workbench.export import Selection
from workbench.export.incoming import File
from workbench.export.incoming.plan import Plan
from workbench.store.ids import document_id, segment_ids
from workbench.wiring.reviewing import ReviewReport

Cells = dict[str, str]
Edit = Callable[[list[Cells]], None]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with opened(tmp_path / "ws") as workbench:
        yield filled(workbench)


@pytest.fixture
def bob(bench: Workbench, tmp_path: Path) -> Iterator[Workbench]:
    with opened(tmp_path / "ws", "Bob") as workbench:
        yield workbench


def exported(bench: Workbench, folder: Path, format: str = "xlsx") -> bytes:
    bench.export(Selection((A, B), frozenset(Status), 0.0), format, folder / "out")
    return (folder / "out").read_bytes()


def reviewed(data: bytes, edit: Edit) -> bytes:
    """A workbook after somebody worked in it; rows may be changed, moved, added and taken away."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Pairs"]
    header, *rows = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    cells = [dict(zip(header, row, strict=True)) for row in rows]
    edit(cells)
    sheet.delete_rows(2, len(rows))
    for row in cells:
        sheet.append([row[name] for name in header])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def take(bench: Workbench, data: bytes, name: str = "out.xlsx", **how: object) -> ReviewReport:
    units = bench.returned([File(name, data)])
    assert units is not None
    return bench.apply_review(units, name, **how)  # type: ignore[arg-type]


def planned(bench: Workbench, data: bytes) -> Plan:
    units = bench.returned([File("out", data)])
    assert units is not None
    return bench.preview_review(units)


def english(bench: Workbench, doc: str = A) -> list[str]:
    return [view.english.text if view.english else "" for view in bench.segments(doc)]


def said(bench: Workbench) -> list[tuple[str, str]]:
    return [(str(view.status), view.comment) for view in pair(bench).beads]


def test_a_reviewers_work_in_excel_comes_back_and_is_undone_as_one(bench: Workbench, tmp_path: Path) -> None:
    def edit(rows: list[Cells]) -> None:
        rows[0]["status"] = "Accepted "
        rows[1]["tgt_en"] = "The mill, at length."
        rows[1]["comment"] = "which mill?\nsee 2"
        rows[2]["status"] = "rejected"
        rows[3] |= {"src_numbers": "4 5", "tgt_numbers": "4, 5"}
        del rows[4]
        rows.reverse()

    data = reviewed(exported(bench, tmp_path), edit)
    before, plan = pair(bench), planned(bench, data)
    assert pair(bench) == before
    assert (len(plan.changes), plan.conflicts, plan.refused, plan.units) == (5, (), (), 4)
    assert {(item.where, item.what, item.ours, item.theirs) for item in plan.changes} == {
        ("row 5", "the status of passage 1 with 1", "unreviewed", "accepted"),
        ("row 4", "the English of passage 2 of b.txt", TEXT[1], "The mill, at length."),
        ("row 4", "the comment on passage 2 with 2", "", "which mill?\nsee 2"),
        ("row 3", "the status of passage 3 with 3", "unreviewed", "rejected"),
        ("row 2", "which passages belong together", "passage 4 with 4, passage 5 with 5", "passages 4 5 with 4 5"),
    }
    report = take(bench, data)
    assert (len(report.done), report.kept, report.refused) == (5, (), ())
    after = pair(bench)
    assert links(bench) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3, 4), (3, 4))]
    assert [view.status for view in after.beads] == ["accepted", "unreviewed", "rejected", "accepted"]
    assert after.beads[1].comment == "which mill?\nsee 2"
    assert english(bench, B)[1] == "The mill, at length."
    assert bench.history(1)[0].action == "took in the review out.xlsx"
    assert planned(bench, data).items == ()
    assert (undone := bench.undo()) and undone.said == "took in the review out.xlsx (by Ada)"
    assert pair(bench) == before and english(bench, B)[1] == TEXT[1]
    assert bench.redo() and pair(bench) == after
    put(bench, [*ONE_TO_ONE[:3], ((3, 4), (3, 4))])
    assert pair(bench).beads[1].comment == "which mill?\nsee 2"


@pytest.mark.parametrize("who", ["theirs", "ours", "chosen"])
def test_what_both_changed_is_a_conflict_in_which_ours_stays_unless_somebody_says_otherwise(
    bench: Workbench, bob: Workbench, tmp_path: Path, who: str
) -> None:
    def edit(rows: list[Cells]) -> None:
        rows[0]["status"] = "rejected"
        rows[1]["src_en"] = "The mill: theirs."
        rows[2]["comment"] = "theirs"
        rows[3]["status"] = "accepted"

    data = reviewed(exported(bench, tmp_path), edit)
    bob.review(bead(bob, (0,), (0,)), Status.ACCEPTED)
    bob.edit_translation(bob.segments(A)[1].id, "The mill: ours.")
    bob.set_comment(bead(bob, (2,), (2,)), "ours")
    bob.set_comment(bead(bob, (3,), (3,)), "of which theirs says nothing")
    plan = planned(bench, data)
    assert [(item.where, item.ours, item.theirs) for item in plan.conflicts] == [
        ("row 2", "accepted", "rejected"),
        ("row 3", "The mill: ours.", "The mill: theirs."),
        ("row 4", "ours", "theirs"),
    ]
    choices = {plan.conflicts[1].key: "theirs"} if who == "chosen" else {}
    report = take(bench, data, take="theirs" if who == "theirs" else "ours", choices=choices)
    beads = pair(bench).beads
    assert len(report.kept) == {"theirs": 0, "ours": 3, "chosen": 2}[who]
    assert beads[0].status == ("rejected" if who == "theirs" else "accepted")
    assert english(bench)[1] == ("The mill: ours." if who == "ours" else "The mill: theirs.")
    assert beads[2].comment == ("theirs" if who == "theirs" else "ours")
    assert (beads[3].status, beads[3].comment) == ("accepted", "of which theirs says nothing")


def test_a_link_in_two_rows_with_other_numbers_is_split(bench: Workbench, tmp_path: Path) -> None:
    bench.merge([bead(bench, (1,), (1,)), bead(bench, (2,), (2,))])

    def edit(rows: list[Cells]) -> None:
        whole = next(row for row in rows if row["src_numbers"] == "2 3")
        at = rows.index(whole)
        rows[at : at + 1] = [
            whole | {"src_numbers": "2", "tgt_numbers": "3", "comment": "crosswise"},
            whole | {"src_numbers": "3", "tgt_numbers": "2", "src_en": "The third."},
        ]
        rows[-1]["tgt_numbers"] = ""

    report = take(bench, reviewed(exported(bench, tmp_path), edit))
    assert report.refused == ()
    assert links(bench) == [((0,), (0,)), ((1,), (2,)), ((2,), (1,)), ((3,), (3,))]
    told = {(view.bead.src, view.bead.tgt): (view.status, view.comment) for view in pair(bench).beads}
    assert told[(1,), (2,)] == ("accepted", "crosswise")
    assert told[(4,), ()] == ("accepted", "") and told[(), (4,)] == ("unreviewed", "")
    assert english(bench)[2] == "The third."


def test_links_made_otherwise_meanwhile_are_a_conflict(bench: Workbench, bob: Workbench, tmp_path: Path) -> None:
    def edit(rows: list[Cells]) -> None:
        rows[0] |= {"src_numbers": "1 2"}
        rows[3]["status"] = "accepted"
        rows[4]["status"] = "rejected"

    data = reviewed(exported(bench, tmp_path), edit)
    bob.link(A, B, [0], [1])
    bob.link(A, B, [3], [4])
    plan = planned(bench, data)
    assert plan.changes == ()
    assert [(item.ours, item.theirs) for item in plan.conflicts] == [
        ("passage 1 with 2", "passages 1 2 with 1"),
        ("passage 4 with 5", "accepted"),
    ]
    assert plan.refused == ("row 6: the status of passage 5 with 5 is not taken in: they are linked otherwise now",)
    take(bench, data, take="theirs")
    assert links(bench) == [((0, 1), (0,)), ((2,), (2,)), ((3,), (3,))]


def test_what_people_said_of_links_here_since_is_not_replaced_by_other_numbers(
    bench: Workbench, bob: Workbench, tmp_path: Path
) -> None:
    def edit(rows: list[Cells]) -> None:
        rows[0] |= {"tgt_numbers": "1 2", "comment": "both"}
        rows[2] |= {"src_numbers": "3 4", "tgt_numbers": "3 4"}
        rows[4]["tgt_numbers"] = ""

    data = reviewed(exported(bench, tmp_path), edit)
    bob.review(bead(bob, (0,), (0,)), Status.ACCEPTED)  # its own row is linked otherwise
    bob.unlink(bead(bob, (3,), (3,)))  # another row's passages are taken in
    plan = planned(bench, data)
    assert [(item.where, item.theirs) for item in plan.conflicts] == [
        ("row 2", "passage 1 with 1 2"),
        ("row 4", "passages 3 4 with 3 4"),
        ("row 2", "both"),
    ]
    assert [item.theirs for item in plan.changes] == ["passage 5 of a.txt"]
    assert take(bench, data).refused == ()
    assert links(bench) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


@pytest.mark.parametrize("number", ["4", "5"])
def test_a_number_of_a_passage_that_was_cut_or_moved_here_since_is_nobodys(
    bench: Workbench, tmp_path: Path, number: str
) -> None:
    def edit(rows: list[Cells]) -> None:
        rows[0]["src_numbers"] = f"1 {number}"
        rows[4]["src_numbers"] = ""

    data = reviewed(exported(bench, tmp_path), edit)
    bench.split_segment(bench.segments(A)[3].id, 5)
    plan = planned(bench, data)
    assert [item.where for item in plan.items] == ["row 6"]
    assert [why.split(";")[0].split(", so")[0] for why in plan.refused] == [
        "row 2: the passages of a.txt are numbered otherwise since the file was written"
    ]


def test_that_a_passage_has_no_counterpart_was_said_though_the_other_one_is_gone(
    bench: Workbench, bob: Workbench, tmp_path: Path
) -> None:
    data = reviewed(exported(bench, tmp_path), lambda rows: rows[0].update(tgt_numbers="1 4"))
    bob.unlink(bead(bob, (3,), (3,)))
    segments = bob.segments(A)
    bob.join_segments(segments[3].id, segments[4].id)
    assert [item.theirs for item in planned(bench, data).conflicts] == ["passage 1 with 1 4"]


def test_of_two_rows_of_one_link_the_first_counts_and_what_they_say_alike_is_one_change(
    bench: Workbench, tmp_path: Path
) -> None:
    def edit(rows: list[Cells]) -> None:
        rows[0] |= {"status": "accepted", "comment": "which mill?", "src_en": "The harbour, at length."}
        rows[1] |= {"tgt_numbers": "2 3"}
        alike, other = dict(rows[0]), rows[0] | {"status": "rejected", "comment": "no mill"}
        rows += [alike, other, rows[1] | {"comment": "both"}]

    data = reviewed(exported(bench, tmp_path), edit)
    plan = planned(bench, data)
    assert [(item.where, item.name) for item in plan.changes] == [
        ("row 3", "numbers"),
        ("row 2", "src_en"),
        ("row 2", "status"),
        ("row 2", "comment"),
        ("row 9", "comment"),
    ]
    assert plan.refused == (
        "row 8: the status of passage 1 with 1 is said otherwise in row 2",
        "row 8: the comment on passage 1 with 1 is said otherwise in row 2",
    )
    take(bench, data)
    assert said(bench)[:2] == [("accepted", "which mill?"), ("accepted", "both")]


def test_a_remark_on_a_link_that_a_file_makes_is_taken_once_and_not_over_what_was_said_here_since(
    bench: Workbench, bob: Workbench, tmp_path: Path
) -> None:
    def edit(rows: list[Cells]) -> None:
        rows[0] |= {"tgt_numbers": "", "comment": "alone"}
        rows[2] |= {"src_numbers": "3 4", "tgt_numbers": "3 4", "comment": "both"}

    data = reviewed(exported(bench, tmp_path), edit)
    assert take(bench, data).refused == ()
    assert planned(bench, data).items == ()
    bob.set_comment(bead(bob, (2, 3), (2, 3)), "Bob's")
    assert [(item.ours, item.theirs) for item in planned(bench, data).conflicts] == [("Bob's", "both")]


@pytest.mark.parametrize("format", ["xlsx", "tmx", "xliff"])
def test_what_nobody_changed_of_passages_that_were_cut_here_since_is_no_fault(
    bench: Workbench, tmp_path: Path, format: str
) -> None:
    data = exported(bench, tmp_path, format)
    bench.split_segment(bench.segments(A)[0].id, 5)
    plan = planned(bench, data)
    assert (plan.items, plan.refused) == ((), ())
    if format == "xlsx":
        told = planned(bench, reviewed(data, lambda rows: rows[0].update(comment="which mill?"))).refused
        assert [why.split(": ")[0] for why in told] == ["row 2"]


def review_app() -> None:
    import streamlit

    from workbench.ui import incoming

    incoming._draw_review(streamlit.session_state["bench"], "out.xlsx", streamlit.session_state["units"])


def test_whose_change_stays_is_kept_from_page_to_page(tmp_path: Path) -> None:
    many = range(40)

    def edit(rows: list[Cells]) -> None:
        for row in rows:
            row["comment"] = "theirs"

    with opened(tmp_path / "ws") as bench:
        for name in (A, B):
            bench.add_bytes("\n\n".join(f"Mill {n} was spoken of." for n in many).encode(), name, "en")
        put(bench, [((n,), (n,)) for n in many])
        data = reviewed(exported(bench, tmp_path), edit)
        for view in pair(bench).beads:
            bench.set_comment(view.id, "ours")
        app = AppTest.from_function(review_app, default_timeout=60)
        app.session_state["bench"] = bench
        app.session_state["units"] = bench.returned([File("out.xlsx", data)])
        app.run()
        assert [button.label for button in app.button] == ["Take in 0 changes", "Take theirs in all"]
        app.get("button_group")[0].set_value("theirs").run()
        labels = []
        for page in (2, 1):
            app.session_state["import_conflicts-0"] = page
            labels.append(app.run().button[0].label)
        assert labels == ["Take in 1 change"] * 2
        app.button[1].click().run()
        app.session_state["import_conflicts-0"] = 2
        assert app.run().button[0].label == "Take in 40 changes"


def test_a_file_of_which_no_passage_is_here_any_more_says_so(bench: Workbench, tmp_path: Path) -> None:
    data = exported(bench, tmp_path)
    for name in (A, B):
        bench.remove(name)
        bench.add_bytes(b"Quite another text.", name, "en")
    plan = planned(bench, data)
    assert (len(plan.refused), plan.units) == (5, 5)


def test_a_row_by_numbers_alone_that_rejects_links_nothing(bench: Workbench, tmp_path: Path) -> None:
    def edit(rows: list[Cells]) -> None:
        empty = dict.fromkeys(rows[0], "")
        numbers = {"src_doc": A, "tgt_doc": B, "src_numbers": "3", "tgt_numbers": "3"}
        rows.append(empty | numbers | {"status": "rejected", "comment": "no"})

    plan = planned(bench, reviewed(exported(bench, tmp_path), edit))
    assert plan.items == ()
    assert plan.refused == ("row 7: it rejects a link by numbers alone; say so in the row that has its ids",)


def test_english_of_several_passages_goes_to_those_whose_words_were_changed(bench: Workbench, tmp_path: Path) -> None:
    bench.merge([bead(bench, (n,), (n,)) for n in range(4)])

    def edit(rows: list[Cells]) -> None:
        rows[0]["src_en"] = rows[0]["src_en"].replace(TEXT[2], "The third, changed. And more.")

    report = take(bench, reviewed(exported(bench, tmp_path), edit))
    assert report.refused == ()
    assert english(bench)[:4] == [TEXT[0], TEXT[1], "The third, changed. And more.", TEXT[3]]
    assert [view.english.state for view in bench.segments(A)[:4] if view.english] == ["same", "same", "edited", "same"]


def test_what_cannot_be_placed_is_told_with_its_row_and_stops_nothing_else(bench: Workbench, tmp_path: Path) -> None:
    def edit(rows: list[Cells]) -> None:
        rows[0]["status"] = "perhaps"
        rows[1] |= {"src_numbers": "2 99"}
        rows[2] |= {"bead_id": "f" * 16, "src_segments": "e" * 16, "comment": "good"}
        rows[3]["src_text"] = "Another text."
        rows[4] |= {"src_en": "", "comment": "good", "tgt_numbers": "five"}

    report = take(bench, reviewed(exported(bench, tmp_path), edit))
    assert report.refused == (
        f"row 4: there is no passage {'e' * 16} in this workspace; its document is gone or has changed",
        "row 3: a.txt has 5 passages, none is 99",
        "row 6: “five” are no numbers of passages; write them like 12 13",
        "row 2: “perhaps” is no status; use unreviewed, accepted, rejected",
        "row 5: the text of a.txt was changed; a review changes no originals, so it stays",
        "row 6: the English of passage 5 of a.txt was emptied; a translation stays until there is a better one",
    )
    assert [item.what for item in report.done] == ["the comment on passage 5 with 5"]


# -- what spreadsheets do to a file


def rows_of(data: bytes) -> list[list[str]]:
    return [line.split("\t") for line in data.decode().splitlines()]


def as_csv(rows: list[list[str]], **how: str) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, **how).writerows(rows)  # type: ignore[arg-type]
    return file.getvalue()


def changed(rows: list[list[str]]) -> list[list[str]]:
    """A table whose second row of data was accepted and the first remarked on."""
    at = rows[0].index
    rows[2][at("status")], rows[1][at("comment")] = "accepted", 'a "quoted"; remark, =1+1'
    return rows


MANGLED = {
    "excel": lambda rows: as_csv(rows, delimiter=";").encode("utf-8-sig"),
    "commas": lambda rows: as_csv(rows).encode(),
    "unicode text": lambda rows: as_csv(rows, delimiter="\t").encode("utf-16"),
    "windows": lambda rows: as_csv(rows, delimiter=",").encode("cp1252"),
    "plain tabs": lambda rows: "\r\n".join("\t".join(row) for row in rows).encode(),
    "title above, columns moved": lambda rows: as_csv(
        [["Review of May"], [], *[[f"note {n}", *row[::-1]] for n, row in enumerate(rows)]]
    ).encode(),
    "header in capitals": lambda rows: as_csv(
        [[name.upper().replace("_", " ") for name in rows[0]], *rows[1:]]
    ).encode(),
    "sorted, some deleted": lambda rows: as_csv([rows[0], *sorted(rows[1:4], reverse=True)]).encode(),
    "ids gone": lambda rows: as_csv(
        [[*row[:3], "", "", *row[5:]] if n else row for n, row in enumerate(rows)]
    ).encode(),
    "bead ids gone": lambda rows: as_csv([rows[0], *(["", *row[1:]] for row in rows[1:])]).encode(),
}


@pytest.mark.parametrize("how", MANGLED)
def test_a_table_that_a_spreadsheet_wrote_anew_is_read(bench: Workbench, tmp_path: Path, how: str) -> None:
    rows = changed(rows_of(exported(bench, tmp_path, "tsv")))
    report = take(bench, MANGLED[how](rows), "out.csv")
    assert report.refused == ()
    assert said(bench)[:3] == [
        ("unreviewed", 'a "quoted"; remark, =1+1'),
        ("accepted", ""),
        ("unreviewed", ""),
    ]


def test_a_column_that_is_called_otherwise_is_told_once(bench: Workbench, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(bench, tmp_path)))
    header = {cell.value: cell for cell in book["Pairs"][1]}
    for row in (2, 3):
        book["Pairs"].cell(row, header["status"].column, "accepted")
    header["status"].value = "Statut"
    book.save(tmp_path / "renamed.xlsx")
    plan = planned(bench, (tmp_path / "renamed.xlsx").read_bytes())
    assert plan.items == ()
    assert plan.refused == (
        "row 1: there is no column status, and nothing is read in Statut; call columns as they were called when the"
        " file was written",
    )


def test_a_row_whose_cells_a_program_moved_is_told_and_changes_nothing(bench: Workbench, tmp_path: Path) -> None:
    header, first, *rows = rows_of(exported(bench, tmp_path, "tsv"))
    at = header.index("src_en")
    first[at : at + 1] = ["The harbour", " was spoken of"]
    rows[0][header.index("status")] = "accepted"
    plan = planned(bench, as_csv([header, first, *rows]).encode())
    assert [item.where for item in plan.changes] == ["row 3"]
    assert plan.refused == ("row 2: its texts stand in other columns than they were written in; put them back there",)


def test_numbers_dates_and_other_sheets_in_a_workbook(bench: Workbench, tmp_path: Path) -> None:
    import datetime

    book = openpyxl.load_workbook(io.BytesIO(exported(bench, tmp_path)))
    sheet = book["Pairs"]
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, at["src_numbers"]).value = 1
    sheet.cell(2, at["status"]).value = "accepted"
    sheet.cell(3, at["src_numbers"]).value = datetime.date(2026, 3, 2)
    sheet.cell(4, at["comment"]).value = 2.5
    book.create_sheet("My notes", 0)["A1"] = "status"
    file = io.BytesIO()
    book.save(file)
    report = take(bench, file.getvalue())
    assert report.refused == ("row 3: a spreadsheet made a date of the numbers of its passages; write them as text",)
    assert said(bench)[:3] == [
        ("accepted", ""),
        ("unreviewed", ""),
        ("unreviewed", "2.5"),
    ]


# What LibreOffice and Excel make of cells of a CSV file that they open and save, and what people would.
RESPELT = [
    ("0012", "12"),
    ("1.10", "1.1"),
    ("1.10", "01. Okt"),
    ("10 %", "0.1"),
    ("$1,500", "1500"),
    ("123456789012", "1.23457E+11"),
    ("(12)", "-12"),
    ("12/11/25", "2025-12-11"),
    ("1/2", "01/02/2026"),
    ("May 5", "5-May"),
    ("March 2026", "2026-03-01"),
    ("10:30", "10:30:00 AM"),
    ("TRUE", "True"),
    ("-> see above", "#NAME?"),
    ("=1+1 is two.", "Err:509"),
    ("The Łódź mill, why?", "The ?ód? mill, why?"),
    ("见 🙂 above", "? ?? above"),
]
CHANGED = [
    ("1.10", "1.2"),
    ("10:30", "10:00"),
    ("12/11/2025", "11/12/2025"),
    ("12/11/2025", "12/11/2026"),
    ("1/2", "one half"),
    ("5 men", "6 men"),
    ("One.", "#NAME?"),
    ("May 5", "5 May"),
    ("10:30", "10:30 AM"),
    ("Zoë is here", "Zoë is here?"),
    ("He is here", "Is he here?"),
]


@pytest.mark.parametrize(("written", "found"), RESPELT + CHANGED)
def test_what_a_spreadsheet_makes_of_numbers_dates_and_formulas_is_nobodys_change(
    bench: Workbench, tmp_path: Path, written: str, found: str
) -> None:
    bench.edit_translation(bench.segments(B)[0].id, written)
    bench.set_comment(bead(bench, (0,), (0,)), written)
    rows = list(csv.DictReader(io.StringIO(exported(bench, tmp_path, "csv").decode())))
    rows[0] |= {"tgt_en": found, "comment": found}
    rows[1]["tgt_en"] = "Written by a person."
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    plan = planned(bench, file.getvalue().encode())
    expected = ["Written by a person."] if (written, found) in RESPELT else [found, found, "Written by a person."]
    assert ([item.theirs for item in plan.items], plan.conflicts) == (expected, ())
    told = [f"reads “{found}” where “{written}” was written" in why for why in plan.refused]
    assert told == ([True, True] if (written, found) in RESPELT else [])


def test_without_the_marks_what_people_said_here_is_not_overwritten(bench: Workbench, tmp_path: Path) -> None:
    rows = changed(rows_of(exported(bench, tmp_path, "tsv")))
    bare = as_csv([row[:-1] for row in rows]).encode()
    bench.review(bead(bench, (1,), (1,)), Status.REJECTED)
    bench.review(bead(bench, (2,), (2,)), Status.ACCEPTED)
    plan = planned(bench, bare)
    assert [item.what for item in plan.changes] == ["the comment on passage 1 with 1"]
    assert [(item.ours, item.theirs) for item in plan.conflicts] == [("rejected", "accepted")]


def test_a_file_that_was_not_exported_from_here_is_no_review(bench: Workbench) -> None:
    for data in (b"en\tfr\nHello\tBonjour\n", b"<tmx version='1.4'><body/></tmx>", b"nothing"):
        assert bench.returned([File("x", data)]) is None
    with pytest.raises(InputError, match=r"out\.tmx: line 1: this is not well-formed XML"):
        bench.returned([File("out.tmx", b"<tmx><body>")])


@pytest.mark.parametrize("format", ["tsv", "csv", "csv-spreadsheet", "xlsx", "tmx", "xliff", "xliff2"])
def test_what_the_reviewer_left_as_it_was_is_no_change_whatever_it_says(tmp_path: Path, format: str) -> None:
    said = ["=1+1 is two", "'=1+1 is text", "-1 is below", "a\x01b \x7fc d", "_x000D_ <r>x</r> ]]> &nbsp;"]
    with opened(tmp_path / "ws") as bench:
        for name in (A, B):
            bench.add_bytes("\n\n".join(f"{text} in {name}" for text in said).encode(), name, "en")
        put(bench, ONE_TO_ONE)
        for n, text in enumerate(said):
            bench.edit_translation(bench.segments(B)[n].id, text)
            bench.set_comment(bead(bench, (n,), (n,)), text)
        data = exported(bench, tmp_path, format)
        bench.edit_translation(bench.segments(B)[0].id, "Written here since.")
        plan = planned(bench, data)
        assert (plan.items, plan.refused, plan.units) == ((), (), 5)


def test_a_translation_with_what_xml_cannot_hold_comes_back_as_no_change(bench: Workbench, tmp_path: Path) -> None:
    bench.add_bytes(b"Le moulin est vieux.", "c.txt", "fr")
    bench.edit_translation(bench.segments("c.txt")[0].id, "The mi\x01ll\ufffe is old.")
    assert bench.export(Selection(("c.txt",)), "tmx", tmp_path / "out").written == 1
    assert planned(bench, (tmp_path / "out").read_bytes()).items == ()


@pytest.mark.parametrize("format", ["tmx", "xliff", "xliff2"])
def test_english_that_was_written_here_since_stays_where_the_reviewer_left_it(
    bench: Workbench, tmp_path: Path, format: str
) -> None:
    bench.add_bytes("Le moulin est vieux.\n\nIl est fermé.".encode(), "c.txt", "fr")
    first, second = (view.id for view in bench.segments("c.txt"))
    bench.edit_translation(first, "The mill is old.")
    bench.edit_translation(second, "It is shut.")
    bench.export(Selection(("c.txt",)), format, tmp_path / "out")
    bench.edit_translation(second, "It is closed.")
    plan = planned(bench, (tmp_path / "out").read_bytes())
    assert (plan.items, plan.refused, plan.units) == ((), (), 2)


# -- XML


def test_a_review_in_an_xliff_tool_comes_back(bench: Workbench, tmp_path: Path) -> None:
    text = exported(bench, tmp_path, "xliff").decode()
    units = text.split("<trans-unit ")
    units[1] = units[1].replace('approved="no"', 'approved="yes"').replace("needs-review-translation", "signed-off")
    units[2] = units[2].replace("</trans-unit>", "<note>Which mill?</note></trans-unit>")
    units[3] = units[3].replace(f">{TEXT[2]}</target>", ">Another original.</target>")
    report = take(bench, "<trans-unit ".join(units).encode(), "out.xlf")
    assert [(view.status, view.comment) for view in pair(bench).beads][:2] == [
        ("accepted", ""),
        ("unreviewed", "Which mill?"),
    ]
    assert [why.split(": ")[1] for why in report.refused] == [
        "the text of b.txt was changed; a review changes no originals, so it stays"
    ]


def test_a_review_in_an_xliff_2_tool_comes_back(bench: Workbench, tmp_path: Path) -> None:
    units = exported(bench, tmp_path, "xliff2").decode().split("<unit ")
    units[1] = units[1].replace('state="translated"', 'state="reviewed"')
    units[2] = units[2].replace("<segment", "<notes><note>Which mill?</note></notes><segment")
    report = take(bench, "<unit ".join(units).encode(), "out.xlf")
    assert (len(report.done), report.refused) == (2, ())
    assert said(bench)[:2] == [("accepted", ""), ("unreviewed", "Which mill?")]


@pytest.mark.parametrize("format", ["tsv", "xlsx", "xliff", "xliff2", "tmx"])
def test_english_of_a_document_by_itself_comes_back(bench: Workbench, tmp_path: Path, format: str) -> None:
    bench.add_bytes("Le moulin est vieux.\n\nIl est fermé.".encode(), "c.txt", "fr")
    first, second = (view.id for view in bench.segments("c.txt"))
    bench.edit_translation(first, "The mill is old.")
    bench.edit_translation(second, "It is shut.")
    bench.export(Selection(("c.txt",)), format, tmp_path / "c")
    if format == "xlsx":
        data = reviewed((tmp_path / "c").read_bytes(), lambda rows: rows[1].update(src_en="It is closed."))
    elif format == "tsv":
        data = (tmp_path / "c").read_bytes().replace(b"It is shut.", b"It is closed.")
    elif format == "tmx":
        data = (tmp_path / "c").read_bytes().replace(b"It is shut.</seg>", b"It is closed.</seg>")
    else:  # as translators do, in the target
        data = (tmp_path / "c").read_bytes().replace(b"It is shut.</target>", b"It is closed.</target>")
    report = take(bench, data)
    assert ([item.theirs for item in report.done], report.kept, report.refused) == (["It is closed."], (), ())
    assert english(bench, "c.txt") == ["The mill is old.", "It is closed."]


def test_english_of_a_unit_that_a_tool_split_joined_or_emptied_is_told_and_not_taken_for_the_whole(
    bench: Workbench, tmp_path: Path
) -> None:
    bench.add_bytes("Le moulin est vieux.\n\nIl est fermé.\n\nLa porte est rouge.".encode(), "c.txt", "fr")
    said = ["The mill is old.", "It is shut.", "The door is red."]
    for view, text in zip(bench.segments("c.txt"), said, strict=True):
        bench.edit_translation(view.id, text)
    bench.export(Selection(("c.txt",)), "xliff", tmp_path / "c")
    head, first, second, third = (tmp_path / "c").read_text("utf-8").split("<trans-unit ")

    def of(unit: str, source: str, target: str) -> str:
        unit = re.sub(r"(<source[^>]*>)[^<]*", rf"\g<1>{source}", unit)
        return re.sub(r"(<target[^>]*>)[^<]*", rf"\g<1>{target}", unit)

    split = [of(first, "Le moulin", "The wind mill"), of(first, "est vieux.", "is very old.")]
    joined = of(second, "Il est fermé. La porte est rouge.", "It is closed. The door is red.")
    data = "<trans-unit ".join([head, *split, joined, re.sub("<target.*</target>", "", third)])
    report = take(bench, data.encode(), "c.xlf")
    assert (report.done, report.kept) == ((), ())
    told = " ".join(report.refused)
    for text in (
        "(The wind mill)",
        "(is very old.)",
        "(It is closed. The door is red.)",
        "passage 3 of c.txt was emptied",
    ):
        assert text in told
    assert english(bench, "c.txt") == said


def test_a_review_of_another_workspace_is_said_to_be_taken_in_as_pairs(bench: Workbench, tmp_path: Path) -> None:
    data = exported(bench, tmp_path)
    with Workbench(tmp_path / "elsewhere") as other:
        assert other.returned([File("out.xlsx", data)]) is None
        assert "not as a review" in " ".join(other.preview_bitext([File("out.xlsx", data)]).notes)
        assert "not as a review" in " ".join(other.take_in_bitext([File("out.xlsx", data)]).notes)
        foreign = File("foreign.csv", b"fr,en\nUn.,One.\nDeux.,Two.\n")
        assert other.take_in_bitext([foreign]).notes == ()


@pytest.mark.parametrize(("like", "spelt"), [(r"\d{16}", "{:.5E}"), (r"\d{16}", "{:.14E}"), (r"0\d{15}", "{:.0f}")])
def test_ids_of_which_a_spreadsheet_made_numbers_are_found_again(
    bench: Workbench, tmp_path: Path, like: str, spelt: str
) -> None:
    texts = (f"Le moulin numéro {n}." for n in range(100_000))
    text, name = next(
        (text, name) for text in texts if re.fullmatch(like, name := segment_ids(document_id("c.txt"), [text])[0])
    )
    bench.add_bytes(text.encode(), "c.txt", "fr")
    bench.edit_translation(name, "The mill.")
    bench.export(Selection(("c.txt",)), "csv", tmp_path / "out")
    data = (tmp_path / "out").read_text().replace(name, spelt.format(int(name))).replace("The mill.", "The old mill.")
    assert len(take(bench, data.encode(), "out.csv").done) == 1
    assert english(bench, "c.txt") == ["The old mill."]


def test_a_review_in_a_tmx_tool_comes_back(bench: Workbench, tmp_path: Path) -> None:
    text = exported(bench, tmp_path, "tmx").decode()
    units = text.split("<tu ")
    units[1] = units[1].replace(">unreviewed<", ">rejected<")
    units[2] = units[2].replace(">", "><note>Which mill?</note>", 1)
    report = take(bench, "<tu ".join(units).encode(), "out.tmx")
    assert (len(report.done), report.refused) == (2, ())
    assert [(view.status, view.comment) for view in pair(bench).beads][:2] == [
        ("rejected", ""),
        ("unreviewed", "Which mill?"),
    ]


@pytest.mark.parametrize(
    ("format", "before", "note"),
    [
        ("xliff2", "</segment>", "<notes><note>Which mill?</note></notes>"),  # as the Translate Toolkit writes it
        ("tmx", "<seg>The ferry", "<note>Which mill?</note>"),
    ],
)
def test_a_note_that_a_tool_adds_to_a_part_of_a_unit_comes_back(
    bench: Workbench, tmp_path: Path, format: str, before: str, note: str
) -> None:
    text = exported(bench, tmp_path, format).decode()
    assert before in text
    report = take(bench, text.replace(before, note + before, 1).encode(), "out")
    assert (len(report.done), report.refused) == (1, ())
    assert [comment for _, comment in said(bench) if comment] == ["Which mill?"]


# -- anything

NUMBERS = st.one_of(st.lists(st.integers(1, 6), max_size=3).map(lambda each: " ".join(map(str, each))), st.just("x"))
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.one_of(
            st.tuples(st.sampled_from(["src_numbers", "tgt_numbers"]), NUMBERS),
            st.tuples(st.just("status"), st.sampled_from(["accepted", "rejected", "unreviewed", "", "?"])),
            st.tuples(
                st.sampled_from(["src_en", "tgt_en", "comment"]), st.sampled_from(["", "One. Two.", "=1", TEXT[0]])
            ),
            st.tuples(st.sampled_from(["bead_id", "src_segments", "written", "tgt_text"]), st.sampled_from(["", "0"])),
        ),
    ),
    max_size=8,
)


@settings(max_examples=12)
@given(changes=CHANGES, bobs=CHANGES, take=st.sampled_from(["ours", "theirs"]))
def test_whatever_two_reviewers_change_every_passage_stays_and_each_takes_back_their_own(
    changes: list[tuple[int, tuple[str, str]]], bobs: list[tuple[int, tuple[str, str]]], take: str
) -> None:
    with tempfile.TemporaryDirectory() as name, opened(Path(name)) as bench, opened(Path(name), "Bob") as bob:
        filled(bench)
        bench.merge([bead(bench, (1,), (1,)), bead(bench, (2,), (2,))])
        data = rows_of(exported(bench, Path(name), "tsv"))
        before = everything(bench)
        for who, wanted in ((bench, changes), (bob, bobs)):
            rows = [list(row) for row in data]
            for at, (column, cell) in wanted:
                rows[1 + at % (len(rows) - 1)][rows[0].index(column)] = cell
            returned = who.returned([File("out.tsv", as_csv(rows, delimiter="\t").encode())])
            assert returned is not None
            plan = who.preview_review(returned)
            report = who.apply_review(returned, "out.tsv", take)  # type: ignore[arg-type]
            assert len(report.done) + len(report.kept) + len(report.refused) >= len(plan.items) + len(plan.refused)
            found = pair(bench)
            assert sorted(i for view in found.beads for i in view.bead.src) == list(range(5))
            assert sorted(j for view in found.beads for j in view.bead.tgt) == list(range(5))
        while (undone := bob.undo()) and "review" in undone.said:
            pass
        while (undone := bench.undo()) and "review" in undone.said:
            pass
        bench.redo()
        assert everything(bench) == before


def test_libreoffice_writes_a_workbook_anew_and_nothing_is_changed(bench: Workbench, tmp_path: Path) -> None:
    if not (office := shutil.which("soffice")):
        absent("no LibreOffice on the path: apt-get install libreoffice-calc")
    (tmp_path / "out.xlsx").write_bytes(reviewed(exported(bench, tmp_path), lambda rows: rows[0].update(comment="1 2")))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        tmp_path / "anew",
        tmp_path / "out.xlsx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    report = take(bench, (tmp_path / "anew" / "out.xlsx").read_bytes())
    assert ([item.theirs for item in report.done], report.refused) == (["1 2"], ())


def test_a_review_and_a_bitext_come_in_from_the_command_line(
    bench: Workbench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from typer.main import get_command

    from workbench.cli.main import app

    def run(*arguments: str | Path) -> str:
        get_command(app)([*map(str, arguments), "--workspace", str(tmp_path / "ws")], standalone_mode=False)
        return capsys.readouterr().out

    rows = changed(rows_of(exported(bench, tmp_path, "tsv")))
    bench.review(bead(bench, (1,), (1,)), Status.REJECTED)
    (tmp_path / "back.csv").write_text(as_csv(rows), encoding="utf-8")
    assert "1 change, 1 conflict, 0 not taken, in 5 units" in run("import", tmp_path / "back.csv", "--preview")
    assert said(bench)[1] == ("rejected", "")
    told = run("import", tmp_path / "back.csv")
    assert "ours stays\trow 3\tthe status of passage 2 with 2\tours: rejected\ttheirs: accepted" in told
    assert "changed\trow 3" in run("import", tmp_path / "back.csv", "--take", "theirs")
    assert said(bench)[:2] == [("unreviewed", 'a "quoted"; remark, =1+1'), ("accepted", "")]
    assert "took back: took in the review back.csv" in run("undo", "--user", getpass.getuser())
    (tmp_path / "c.en").write_text("One.\nTwo.\n", encoding="utf-8")
    (tmp_path / "c.fr").write_text("Un.\nDeux.\n", encoding="utf-8")
    assert "a bitext (Moses) of 2 versions with 2 links" in run(
        "import", tmp_path / "c.en", tmp_path / "c.fr", "--preview"
    )
    assert "2 links and 0 passages without one" in run("import", tmp_path / "c.en", tmp_path / "c.fr")
    (tmp_path / "noc.csv").write_bytes("en,pl\nThe moon,Księżyc\n".encode("cp852"))
    assert "1 link and 0 passages" in run("import", tmp_path / "noc.csv", "--encoding", "cp852")
    assert [view.segment.text for view in bench.segments("noc.pl")] == ["Księżyc"]
    with pytest.raises(InputError, match=r"noc\.csv: what is in it is no text in the encoding utf-8"):
        run("import", tmp_path / "noc.csv", "--encoding", "utf-8")
