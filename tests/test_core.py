"""What people settled, what is hidden, and what a range is, on real alignments of small documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from string import ascii_lowercase

import numpy as np
import pytest

from workbench.align import LEAST_CONFIDENCE
from workbench.core import Workbench
from workbench.datatypes import Kind, Layout, Progress, Status, silent
from workbench.errors import ConflictError, InputError, UnknownItemError
from workbench.wiring.evidence import Encoders
from workbench.wiring.models import Models
from workbench.wiring.views import Added, PairView

Shape = tuple[tuple[int, ...], tuple[int, ...]]
WORDS = (
    "harbour",
    "ferry",
    "snow",
    "bridge",
    "mayor",
    "school",
    "bread",
    "violin",
    "garden",
    "orchard",
    "train",
    "zoo",
)
TEXT = [f"The {word} was spoken of at length." for word in WORDS]


class Letters:
    """Encoder for which only the second word of a sentence counts."""

    model_id = "letters"
    dim = len(WORDS)

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> np.ndarray:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for column, word in enumerate(WORDS):
                vectors[row, column] = word in text
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1)


class FakeModels(Models):
    def encoders(self, cache: object = None) -> Encoders:
        return Encoders(Letters(), None, lambda lang: True, "letters")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench(tmp_path, user="Ada", models=FakeModels()) as workbench:
        for name, sentences in (("a.txt", TEXT), ("b.txt", TEXT)):
            workbench.add_bytes("\n\n".join(sentences).encode(), name, "en")
        workbench.align(["a.txt", "b.txt"])
        yield workbench


def pair(bench: Workbench, least: float = LEAST_CONFIDENCE) -> PairView:
    found = bench.pair("a.txt", "b.txt", least)
    assert found is not None
    return found


def links(bench: Workbench, least: float = LEAST_CONFIDENCE) -> list[Shape]:
    return [(view.bead.src, view.bead.tgt) for view in pair(bench, least).beads if not view.bead.is_null]


def bead_id(bench: Workbench, src: tuple[int, ...], tgt: tuple[int, ...], least: float = LEAST_CONFIDENCE) -> str:
    return next(v.id for v in pair(bench, least).beads if (v.bead.src, v.bead.tgt) == (src, tgt))


ONE_TO_ONE = [((i,), (i,)) for i in range(len(TEXT))]


def test_alignment_again_keeps_to_what_was_accepted_and_rejected(bench: Workbench) -> None:
    assert links(bench) == ONE_TO_ONE
    bench.link("a.txt", "b.txt", [3], [5])
    bench.review(bead_id(bench, (8,), (8,)), Status.REJECTED)
    bench.align(["a.txt", "b.txt"])
    found = links(bench)
    assert ((3,), (5,)) in found
    assert ((8,), (8,)) not in found
    assert [bead for bead in ONE_TO_ONE if bead[0][0] not in (3, 5, 8)] == [
        bead for bead in found if bead[0][0] not in (3, 5, 8)
    ]
    assert [(v.status, v.reviewer) for v in pair(bench).beads if v.bead.src == (3,)] == [(Status.ACCEPTED, "Ada")]


def test_a_link_of_passages_that_are_left_out_stays(bench: Workbench) -> None:
    bench.link("a.txt", "b.txt", [2], [2])
    bench.set_included([bench.segments("a.txt")[2].id], False)
    bench.align(["a.txt", "b.txt"])
    assert links(bench) == ONE_TO_ONE
    assert pair(bench).src_coverage == 1


def test_a_range_is_aligned_alone(bench: Workbench) -> None:
    bench.link("a.txt", "b.txt", [0], [1])
    bench.link("a.txt", "b.txt", [6], [7])
    for view in pair(bench).beads:
        if view.status is Status.ACCEPTED:
            bench.review(view.id, Status.UNREVIEWED)
    bench.link("a.txt", "b.txt", [9], [10])
    found = bench.align_range("a.txt", "b.txt", range(4, 12), range(4, 12))
    shapes = [(view.bead.src, view.bead.tgt) for view in found.beads if not view.bead.is_null]
    assert shapes == [((0,), (1,)), *ONE_TO_ONE[2:9], ((9,), (10,)), ((11,), (11,))]
    assert [view.status for view in found.beads if view.bead.src == (9,)] == [Status.ACCEPTED]


def test_a_bead_that_reaches_out_of_the_range_stays(bench: Workbench) -> None:
    bench.link("a.txt", "b.txt", [3, 4], [4])
    bench.review(bead_id(bench, (3, 4), (4,)), Status.UNREVIEWED)
    bench.align_range("a.txt", "b.txt", range(4, 12), range(4, 12))
    assert ((3, 4), (4,)) in links(bench)
    bench.align_range("b.txt", "a.txt", range(3, 12), range(3, 12))
    assert links(bench) == ONE_TO_ONE


def test_a_range_that_was_aligned_is_undone_and_redone_like_any_change(bench: Workbench) -> None:
    bench.link("a.txt", "b.txt", [5], [7])
    moved = bead_id(bench, (5,), (7,))
    bench.review(moved, Status.UNREVIEWED)
    bench.set_comment(moved, "Is it?")
    before = pair(bench).beads
    bench.align_range("b.txt", "a.txt", range(4, 9), range(4, 9))
    after = pair(bench).beads
    assert links(bench) == ONE_TO_ONE
    assert bench.history(1)[0].action == "aligned passages 5–9 with 5–9 anew"
    assert bench.undo().said.startswith("aligned passages 5–9 with 5–9 anew")
    assert pair(bench).beads == before
    bench.redo()
    assert pair(bench).beads == after
    bench.align_range("a.txt", "b.txt", range(4, 9), range(4, 9))  # changes nothing
    bench.undo()
    assert pair(bench).beads == before
    bench.undo()
    assert [view.comment for view in pair(bench).beads if view.id == moved] == [""]


def test_what_others_did_since_in_a_range_that_was_aligned_is_not_undone_with_it(bench: Workbench) -> None:
    bench.link("a.txt", "b.txt", [5], [7])
    bench.review(bead_id(bench, (5,), (7,)), Status.UNREVIEWED)
    bench.align_range("a.txt", "b.txt", range(4, 9), range(4, 9))
    bob = bench.for_user("Bob")
    bob.link("a.txt", "b.txt", [0], [1])
    bob.link("a.txt", "b.txt", [5, 6], [5, 6])
    with pytest.raises(ConflictError, match="Bob linked passages 6–7 with 6–7 after that"):
        bench.undo()
    bob.undo()
    bench.undo()
    assert {((5,), (7,)), ((0,), (1,))} <= set(links(bench))


def test_a_range_is_not_undone_where_all_was_aligned_since(bench: Workbench) -> None:
    bench.link("a.txt", "b.txt", [5], [7])
    bench.review(bead_id(bench, (5,), (7,)), Status.UNREVIEWED)
    bench.align_range("a.txt", "b.txt", range(4, 9), range(4, 9))
    bench.review(bead_id(bench, (5,), (5,)), Status.REJECTED)
    bench.align(["a.txt", "b.txt"])
    found = links(bench)
    bench.undo()
    assert "aligned anew since, so the passages stay linked as they are" in bench.undo().said
    assert links(bench) == found


class Apart(Letters):
    """Encoder for which texts are alike only where they are the same."""

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> np.ndarray:
        made = [np.random.default_rng(list(text.encode())).normal(size=300) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in made], dtype=np.float32).reshape(-1, 300)


class ApartModels(Models):
    def encoders(self, cache: object = None) -> Encoders:
        return Encoders(Apart(), None, lambda lang: True, "apart")


def test_what_a_machine_doubts_outside_a_range_does_not_make_the_documents_related(tmp_path: Path) -> None:
    letters = np.random.default_rng(5).choice(list(ascii_lowercase), (2, 60, 5, 6))
    texts = [[" ".join(map("".join, words)).capitalize() + "." for words in side] for side in letters.tolist()]
    for first, second in ((7, 40), (50, 12)):
        texts[0][first] = texts[1][second]
    with Workbench(tmp_path, user="Ada", models=ApartModels()) as bench:
        for name, sentences in zip(("a.txt", "b.txt"), texts, strict=True):
            bench.add_bytes("\n\n".join(sentences).encode(), name, "en")
        bench.align(["a.txt", "b.txt"])
        assert links(bench) == []
        doubtful = links(bench, 0.0)
        assert {((7,), (40,)), ((50,), (12,))} <= set(doubtful)
        bench.align_range("a.txt", "b.txt", range(30), range(30, 60))
        assert links(bench) == []
        assert set(doubtful) - {((7,), (40,))} <= set(links(bench, 0.0))


def test_a_range_that_cannot_be_aligned_is_refused_in_a_sentence(bench: Workbench) -> None:
    with pytest.raises(InputError, match=r"a\.txt has passages 1 to 12, not 5 to 13"):
        bench.align_range("a.txt", "b.txt", range(4, 13), range(4, 12))
    bench.set_included([bench.segments("a.txt")[0].id], False)
    with pytest.raises(InputError, match="changed since"):
        bench.align_range("a.txt", "b.txt", range(4, 12), range(4, 12))


def test_a_threshold_hides_links_and_lowering_it_brings_them_back(bench: Workbench) -> None:
    bench.review(bead_id(bench, (1,), (1,)), Status.ACCEPTED)
    hidden = pair(bench, 1.0)
    assert links(bench, 1.0) == [((1,), (1,))]
    assert (hidden.hidden, hidden.src_coverage) == (11, pytest.approx(1 / 12))
    assert sorted(i for view in hidden.beads for i in view.bead.src) == list(range(12))
    assert sorted(j for view in hidden.beads for j in view.bead.tgt) == list(range(12))
    assert hidden.verdict != pair(bench, 0.0).verdict
    assert links(bench, 0.0) == ONE_TO_ONE
    shown = [unit for unit in bench.units("a.txt", "b.txt", 1.0) if not unit.is_null]
    assert [unit.status for unit in shown] == [Status.ACCEPTED]


def test_a_passage_said_to_have_no_counterpart_keeps_none(bench: Workbench) -> None:
    alone = bead_id(bench, (5,), (), least=1.0)
    bench.review(alone, Status.ACCEPTED)
    assert links(bench, 0.0) == ONE_TO_ONE[:5] + ONE_TO_ONE[6:]
    bench.align(["a.txt", "b.txt"])
    assert links(bench, 0.0) == ONE_TO_ONE[:5] + ONE_TO_ONE[6:]
    assert [view.status for view in pair(bench).beads if view.bead.src == (5,)] == [Status.ACCEPTED]
    bench.undo()
    bench.align(["a.txt", "b.txt"])
    assert links(bench, 0.0) == ONE_TO_ONE
    with pytest.raises(UnknownItemError):
        bench.review("0123456789abcdef", Status.ACCEPTED)


def test_a_rejected_link_counts_for_nothing(bench: Workbench) -> None:
    bench.review(bead_id(bench, (1,), (1,)), Status.REJECTED)
    assert pair(bench).tgt_coverage == pytest.approx(11 / 12)


def test_the_document_list_counts_what_is_in_english(bench: Workbench) -> None:
    bench.add_bytes("Το λιμάνι πάγωσε. Κανείς δεν το είχε ξαναδεί.".encode(), "c.txt", "el")
    bench.set_included([bench.segments("a.txt")[0].id], False)
    assert [(info.name, info.included, info.translated) for info in bench.documents()] == [
        ("a.txt", 11, 11),
        ("b.txt", 12, 12),
        ("c.txt", 2, 0),
    ]


CAPTIONS = "so we went down to the\nharbour in the morning\nand it was frozen over\n\nnobody had seen that before"


def texts(bench: Workbench, name: str) -> list[str]:
    return [view.segment.text for view in bench.segments(name) if view.included]


def test_another_text_of_the_same_name_is_kept_beside_the_first(tmp_path: Path) -> None:
    mill = "The mill opens on Tuesday at nine. It rained all day, and the road to the village was closed."
    corrected = mill.replace("Tuesday", "Thursday") + " Nobody came."
    ferry = "A ferry has run aground off the northern cape. Its captain says that everybody is safe and well."
    with Workbench(tmp_path / "kept", user="Ada") as bench:

        def added(text: str) -> Added:
            return bench.add_bytes(text.encode(), "index.txt", "en")

        first, other = added(mill), added(ferry)
        assert (other.change, other.name) == ("added", "index.txt (2)")
        assert "so both are kept" in " ".join(other.warnings)
        again, unchanged = added(corrected), added(ferry)
        assert (again.change, again.doc_id) == ("changed", first.doc_id) and not again.warnings
        assert (unchanged.change, unchanged.doc_id) == ("unchanged", other.doc_id)
        assert bench.document("index.txt").text == corrected


def test_documents_of_files_of_one_name_are_called_by_their_folders(tmp_path: Path) -> None:
    files = [tmp_path / folder / "index.txt" for folder in ("guide/en", "guide/fr", "law/en", "law/fr")]
    for number, file in enumerate(files):
        file.parent.mkdir(parents=True)
        file.write_text(f"{number} people came.", encoding="utf-8")
    with Workbench(tmp_path / "w", user="Ada", models=FakeModels()) as bench:
        names = ["guide/en/index.txt", "guide/fr/index.txt", "law/en/index.txt", "law/fr/index.txt"]
        assert [added.name for added in bench.add([tmp_path / "guide", tmp_path / "law"])] == names
        bench.remove(names[3])
        [again] = bench.add([files[3]])  # what was said of it comes back with its id
        assert (again.change, again.name) == ("added", names[3])
    with Workbench(tmp_path / "one by one", user="Ada", models=FakeModels()) as bench:
        found = [bench.add([file])[0].name for file in files]
        assert found == ["index.txt", "fr/index.txt", "en/index.txt", "law/fr/index.txt"]


def test_what_the_lines_of_a_document_are_can_be_corrected(tmp_path: Path) -> None:
    with Workbench(tmp_path, user="Ada", models=FakeModels()) as bench:
        bench.add_bytes(CAPTIONS.encode(), "talk.txt", "en")
        found = texts(bench, "talk.txt")
        bench.set_layout("talk.txt", Layout.CAPTIONS)
        joined = texts(bench, "talk.txt")
        assert joined != found and joined[0].startswith("so we went down to the harbour in the morning")
        [info] = bench.documents()
        assert (info.layout, info.kind) == ("captions", Kind.CAPTION)
        assert {block.kind for block in bench.document("talk.txt").blocks} == {Kind.CAPTION}
        bench.add_bytes(f"{CAPTIONS}\nin all those years".encode(), "talk.txt")
        later = texts(bench, "talk.txt")
        assert later[0].startswith("so we went down to the harbour in the morning")
        bench.set_language("talk.txt", "de")
        assert texts(bench, "talk.txt") == later
        bench.set_layout("talk.txt", None)
        assert bench.documents()[0].layout == ""
        for _ in range(4):
            bench.undo()
        assert texts(bench, "talk.txt") == found


def test_subtitles_can_be_said_to_be_prose_and_no_file_but_plain_text_is_wrapped(tmp_path: Path) -> None:
    cues = [f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n<i>{line}</i>\n" for n, line in enumerate(TEXT[:6], 1)]
    with Workbench(tmp_path, user="Ada", models=FakeModels()) as bench:
        bench.add_bytes("\n".join(cues).encode(), "talk.srt", "en")
        bench.set_language("talk.srt", "de")
        assert texts(bench, "talk.srt") == TEXT[:6]
        bench.set_layout("talk.srt", Layout.PARAGRAPHS)
        assert {view.segment.kind for view in bench.segments("talk.srt")} == {Kind.BODY}
        assert texts(bench, "talk.srt") == TEXT[:6]
        with pytest.raises(
            InputError, match=r"talk\.srt is SRT, whose lines are not wrapped; say paragraphs or captions"
        ):
            bench.set_layout("talk.srt", Layout.WRAPPED)


def test_a_file_that_was_misread_is_the_same_document_in_the_encoding_that_is_said(bench: Workbench) -> None:
    data = "Księżyc wschodzi nad młynem. Żaden pies nie szczeka.".encode("cp1250")
    misread = bench.add_bytes(data, "noc.txt")
    again = bench.add_bytes(data, "noc.txt", encoding="cp1250")
    assert (again.doc_id, again.change) == (misread.doc_id, "changed")
    assert texts(bench, "noc.txt")[0] == "Księżyc wschodzi nad młynem."
    assert bench.add_bytes(data, "noc.txt").change == "unchanged"  # what was said of it holds
    bench.add_bytes(data + " Piec dymi źle.".encode("cp1250"), "noc.txt")
    assert texts(bench, "noc.txt")[-1] == "Piec dymi źle."
    bench.add_bytes("Księżyc wschodzi nad młynem. Żaden pies nie śpi.".encode(), "noc.txt")
    assert texts(bench, "noc.txt")[-1] == "Żaden pies nie śpi."  # what is sound Unicode needs nobody's word
    refused = bench.add_bytes(data, "noc.txt", encoding="utf-8")
    assert refused.error.startswith("noc.txt: what is in it is no text in the encoding utf-8")
