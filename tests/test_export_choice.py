"""What is exported: which documents, which links, which texts, in which order, and what the report says is missing."""

from __future__ import annotations

import html
import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests.test_store import make
from workbench.core import Workbench
from workbench.datatypes import Status
from workbench.errors import ExportError, InputError, UnknownDocumentError
from workbench.export import FORMATS, Selection, format_of
from workbench.store import Imported
from workbench.wiring.views import SegmentView

TEXTS = {
    "a.en.txt": "One man came.\n\nTwo women left.\n\nThree cats stayed.\n",
    "b.fr.txt": "Deux femmes partirent.\n\nUn homme vint.\n\nPersonne d'autre ne parla ce soir.\n",
    "c.de.txt": "Ein Mann kam.\n\nDrei Katzen blieben.\n",
}
PAIR = ("a.en.txt", "b.fr.txt")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """Three documents linked by hand: a1-b2-c1, a2-b1, a3-c2."""
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Workbench(tmp_path / "ws", user="ada") as workbench:
        for name in TEXTS:
            workbench.add([tmp_path / name], name.split(".")[1])
        for src, tgt, i, j in (
            ("a.en.txt", "b.fr.txt", 0, 1),
            ("a.en.txt", "b.fr.txt", 1, 0),
            ("a.en.txt", "c.de.txt", 0, 0),
            ("a.en.txt", "c.de.txt", 2, 1),
            ("b.fr.txt", "c.de.txt", 1, 0),
        ):
            workbench.link(src, tgt, [i], [j])
        yield workbench


def objects(bench: Workbench, out: Path, selection: Selection) -> list[dict[str, object]]:
    bench.export(selection, "jsonl", out)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def numbers(units: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(unit["src_numbers"], unit["tgt_numbers"]) for unit in units]


def test_two_documents_in_the_order_of_either(bench: Workbench, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert numbers(objects(bench, out, Selection(PAIR))) == [([1], [2]), ([], [3]), ([2], [1]), ([3], [])]
    by_target = objects(bench, out, Selection(PAIR, order="b.fr.txt"))
    assert numbers(by_target) == [([2], [1]), ([3], []), ([1], [2]), ([], [3])]
    linked = objects(bench, out, Selection(PAIR, nulls=False))
    assert numbers(linked) == [([1], [2]), ([2], [1])]
    with pytest.raises(InputError, match=r"^c.de.txt is not among the documents"):
        bench.export(Selection(PAIR, order="c.de.txt"), "jsonl", out)


def test_statuses_are_chosen_and_the_rest_is_counted(bench: Workbench, tmp_path: Path) -> None:
    first = next(unit for unit in bench.units(*PAIR) if not unit.is_null)
    bench.review(first.bead_id, Status.REJECTED)
    report = bench.export(Selection(PAIR), "tmx", tmp_path / "out.tmx")
    assert (report.written, report.left_out) == (1, {"rejected": 1, "no counterpart": 2})
    report = bench.export(Selection(PAIR, frozenset({Status.REJECTED})), "tmx", tmp_path / "out.tmx")
    assert (report.written, report.left_out) == (1, {"accepted": 1, "unreviewed": 2})


@pytest.mark.parametrize("format", [name for name, each in FORMATS.items() if each.whole])
def test_a_document_keeps_the_passages_of_a_link_that_was_rejected(
    bench: Workbench, format: str, tmp_path: Path
) -> None:
    first = next(unit for unit in bench.units(*PAIR) if not unit.is_null)
    bench.review(first.bead_id, Status.REJECTED)
    out = tmp_path / "out"
    report = bench.export(Selection(PAIR), format, out)
    assert report.left_out == {"rejected, its passages stand alone": 1}
    packed = [out]
    if zipfile.is_zipfile(out):
        with zipfile.ZipFile(out) as archive:
            packed = [Path(archive.extract(name, tmp_path / "unpacked")) for name in archive.namelist()]
    held = html.unescape("".join(path.read_text(encoding="utf-8") for path in packed if path.name != "thumbnail.jpeg"))
    assert all(held.count(view.segment.text) == 1 for doc in PAIR for view in bench.segments(doc))
    linked = bench.export(Selection(PAIR, nulls=False), format, out)
    assert (linked.written, linked.left_out) == (1, {"rejected": 1, "no counterpart": 2})


def test_three_documents_make_one_unit_of_a_passage(bench: Workbench, tmp_path: Path) -> None:
    report = bench.export(Selection(tuple(TEXTS)), "tmx", tmp_path / "out.tmx")
    units = list(etree.parse(str(tmp_path / "out.tmx")).iter("tu"))
    texts = [sorted(tuv.findtext("seg") for tuv in tu.iter("tuv")) for tu in units]
    assert ["Ein Mann kam.", "One man came.", "Un homme vint."] in texts
    assert ["Deux femmes partirent.", "Two women left."] in texts
    assert (report.written, report.left_out) == (3, {"no counterpart": 1})
    assert {tu.findtext("prop[@type='x-status']") for tu in units} == {"accepted"}


def test_all_documents_go_out_though_some_have_nothing_to_do_with_each_other(bench: Workbench, tmp_path: Path) -> None:
    """As a batch run leaves a workspace: many pairs."""
    for name in ("d.en.txt", "e.fr.txt"):
        (tmp_path / name).write_text(f"Of {name}.", encoding="utf-8")
        bench.add([tmp_path / name], name.split(".")[1])
    bench.link("d.en.txt", "e.fr.txt", [0], [0])
    for name in ("tmx", "html", "docx", "xliff"):
        assert bench.export(Selection(nulls=False), name, tmp_path / "out").written == 6, name
    with pytest.raises(InputError, match=r"a\.en\.txt and d\.en\.txt are not aligned"):
        bench.export(Selection((*PAIR, "d.en.txt")), "tmx", tmp_path / "out")


def test_all_documents_go_out_without_a_look_at_every_two_of_them(bench: Workbench) -> None:
    many = [Imported(*make(f"{number}.de.txt", "Satz."), "", "", None) for number in range(400)]
    bench._store.put_bitexts(many, {}, "added many")
    bench.documents()
    tracemalloc.start()
    found = bench.preview_export(Selection(nulls=False), "tmx")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.units) == 5
    assert most < 2_000_000  # bytes


def test_more_documents_than_word_has_columns_are_refused(bench: Workbench, tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.fr.txt").write_text(f"Le bateau {number}.", encoding="utf-8")
    bench.add([tmp_path / f"{number}.fr.txt" for number in range(60)], "fr")
    for number in range(0, 60, 2):
        bench.link(f"{number}.fr.txt", f"{number + 1}.fr.txt", [0], [0])
    with pytest.raises(InputError, match="a docx file holds 62 documents, not 63; name fewer, or choose tmx"):
        bench.export(Selection(), "docx", tmp_path / "out")
    assert bench.export(Selection(nulls=False), "html", tmp_path / "out").written > 30


def test_three_documents_in_a_table_are_their_pairs(bench: Workbench, tmp_path: Path) -> None:
    units = objects(bench, tmp_path / "out.jsonl", Selection(nulls=False))
    assert {(unit["src_doc"], unit["tgt_doc"]) for unit in units} == {
        ("a.en.txt", "b.fr.txt"),
        ("a.en.txt", "c.de.txt"),
        ("b.fr.txt", "c.de.txt"),
    }
    assert len(units) == 5


def test_links_that_are_in_no_shared_passage_are_counted(bench: Workbench, tmp_path: Path) -> None:
    out, chosen = tmp_path / "out.tmx", Selection(tuple(TEXTS), nulls=False)
    assert bench.export(chosen, "tmx", out).left_out == {"no counterpart": 1}
    bench.link(
        "b.fr.txt", "c.de.txt", [0], [1]
    )  # what either is linked to in the first has no counterpart in the other
    [bead] = [unit.bead_id for unit in bench.units("a.en.txt", "c.de.txt") if unit.src_numbers == (1,)]
    bench.review(bead, Status.REJECTED)
    left_out = bench.export(chosen, "tmx", out).left_out
    assert (left_out["contradicted by surer links"], left_out["rejected"]) == (1, 1)
    asked = bench.export(replace(chosen, statuses=frozenset(Status)), "tmx", out)
    assert asked.left_out["rejected: in no passage that is shared"] == 1


def test_a_format_of_two_documents_takes_no_third(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="vecalign takes two documents, not 3"):
        bench.export(Selection(tuple(TEXTS)), "vecalign", tmp_path / "out.zip")
    for name in ("moses", "po", "xliff2"):
        with pytest.raises(ExportError, match="two languages"):
            bench.export(Selection(tuple(TEXTS)), name, tmp_path / "out")
        with pytest.raises(ExportError, match=r"not in en and fr; export them by themselves"):
            bench.preview_export(Selection(tuple(TEXTS)), name)
        assert bench.export(Selection(PAIR), name, tmp_path / "out").written == 2
    with pytest.raises(ExportError, match="'ods'"):
        bench.preview_export(Selection(PAIR), "ods")
    with pytest.raises(UnknownDocumentError):
        bench.preview_export(Selection(("nobody.txt", "a.en.txt")), "tsv")


@pytest.mark.parametrize("docs", [PAIR, tuple(TEXTS)], ids=["pair", "several"])
def test_an_export_is_of_one_state_whatever_somebody_changes_meanwhile(
    bench: Workbench, docs: tuple[str, ...], tmp_path: Path
) -> None:
    class Interrupted(Workbench):
        """While its segments are asked for, somebody else cuts a passage in two."""

        def segments(self, ref: str) -> list[SegmentView]:
            if len(bench.segments("a.en.txt")) == 3:
                bench.split_segment(bench.segments("a.en.txt")[0].id, 4)
            return super().segments(ref)

    before = tmp_path / "before.html"
    bench.export(Selection(docs), "html", before)
    with Interrupted(tmp_path / "ws") as fresh:
        report = fresh.export(Selection(docs), "html", tmp_path / "meanwhile.html")
        assert len(bench.segments("a.en.txt")) == 4
    assert report.written and before.read_bytes() == (tmp_path / "meanwhile.html").read_bytes()


def test_one_document_goes_out_with_its_english(bench: Workbench, tmp_path: Path) -> None:
    french = bench.segments("b.fr.txt")
    bench.edit_translation(french[0].id, "Two women went away.")
    units = objects(bench, tmp_path / "out.jsonl", Selection(("b.fr.txt",)))
    [unit] = [unit for unit in units if unit["bead_id"] == french[0].id]
    assert (unit["src_text"], unit["tgt_text"], unit["src_en"]) == (
        "Deux femmes partirent.",
        "Two women went away.",
        "Two women went away.",
    )
    assert (unit["status"], unit["reviewer"]) == ("accepted", "ada")
    shown = bench.preview_export(Selection(("a.en.txt",)), "xliff")
    assert (shown.units, shown.report.left_out) == ((), {"in English already": 3})
    with pytest.raises(InputError, match="choose the originals"):
        bench.preview_export(Selection(("b.fr.txt",), texts="english"), "tsv")


def test_passages_that_are_english_in_part_do_not_go_out_in_english(bench: Workbench, tmp_path: Path) -> None:
    bench.link(*PAIR, [0, 1], [0, 1])
    bench.link("b.fr.txt", "c.de.txt", [0, 1], [0])
    bench.link("a.en.txt", "c.de.txt", [0, 1], [0])
    bench.edit_translation(bench.segments("b.fr.txt")[0].id, "Two women went away.")
    bench.edit_translation(bench.segments("c.de.txt")[0].id, "A man came.")
    out, chosen = tmp_path / "out", Selection(tuple(TEXTS), nulls=False, texts="english")
    assert bench.export(replace(chosen, docs=PAIR), "jsonl", out).left_out["no English"] == 1
    assert bench.export(chosen, "tmx", out).written == 0
    bench.edit_translation(bench.segments("b.fr.txt")[1].id, "A man came.")
    [unit] = objects(bench, out, replace(chosen, docs=PAIR))
    assert unit["tgt_text"] == "Two women went away. A man came."
    assert bench.export(chosen, "tmx", out).written == 1


def test_a_quotation_in_another_language_stops_no_export_of_its_document(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(
        "Le port est fermé depuis trois jours à cause de la tempête.\n\n"
        "Die Fischer sagen, dass sie so etwas noch nie erlebt haben.\n\n"
        "Les bateaux resteront à quai jusqu'à la fin de la semaine.\n",
        encoding="utf-8",
    )
    bench.add([tmp_path / "letter.txt"])
    for number, view in enumerate(bench.segments("letter.txt"), 1):
        bench.edit_translation(view.id, f"Sentence {number}.")
    chosen = Selection(("letter.txt",))
    assert [unit["src_lang"] for unit in objects(bench, tmp_path / "out.jsonl", chosen)] == ["fr", "de", "fr"]
    for name in ("moses", "po", "xliff2"):
        report = bench.export(chosen, name, tmp_path / "out")
        assert (report.written, report.left_out) == (2, {"in another language than most passages": 1})


def test_an_export_can_be_made_again_byte_for_byte(bench: Workbench, tmp_path: Path) -> None:
    for name in ("xlsx", "tmx", "docx", "parquet", "vecalign"):
        for out in ("one", "two"):
            bench.export(Selection(PAIR), name, tmp_path / out)
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes(), name


def test_a_file_name_says_the_format_where_it_can() -> None:
    assert [format_of(Path(name)) for name in ("a.tsv", "B.XLSX", "c.csv", "d.xlf", "e.xliff")] == [
        *("tsv", "xlsx", "csv", "xliff", "xliff")
    ]
    for name, named in (("pairs.zip", "moses, vecalign"), ("pairs.ods", "tsv, csv")):
        with pytest.raises(ExportError, match=named):
            format_of(Path(name))
