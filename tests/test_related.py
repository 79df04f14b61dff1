"""What somebody knows of two documents, that both tell of one thing, counts for more than what the texts show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.support import ROOT
from tests.test_core import TEXT, FakeModels
from workbench import translate
from workbench.align import LEAST_CONFIDENCE, Relation, View, align, kept, verdict
from workbench.align.evaluation import read_gold, score
from workbench.align.verdict import completed
from workbench.core import Workbench
from workbench.datatypes import Bead, silent
from workbench.errors import ConflictError, InputError
from workbench.export.incoming import File
from workbench.ui.feed import Feed
from workbench.wiring.beads import align_files, gold_sides, in_english
from workbench.wiring.evidence import Encoders, Side, views, wording
from workbench.wiring.models import Models
from workbench.wiring.views import PairView

A, B = "a.txt", "b.txt"
PARALLEL = (
    ("La maison est au bord de la rivière.", "The house is beside the river."),
    ("Il a acheté trois livres hier matin.", "He bought three books yesterday morning."),
    ("Le train part à huit heures de Lyon.", "The train leaves Lyon at eight o'clock."),
    ("Ma sœur travaille à l'hôpital.", "My sister works at the hospital."),
)


def test_two_reports_told_too_differently_are_linked_for_whoever_knows_that_they_are_of_one_event() -> None:
    [pair] = [found for found in read_gold(ROOT / "tests/gold/comparable/tuning") if found.name == "fleet"]
    src, tgt = gold_sides(pair, ("de", "en"), with_mt=False)
    encoders = Models().encoders()
    sizes = len(src.texts), len(tgt.texts)

    def shown(related: bool) -> list[Bead]:
        found, tokens = views(src, tgt, encoders), wording(src, tgt, encoders)
        result = align(found, *sizes, wording=tokens, related=related)
        back = [View(view.kind, view.tgt, view.src) for view in found]
        mirrored = align(back, *sizes[::-1], wording=tokens.exchanged(), related=related)
        assert {(bead.tgt, bead.src) for bead in mirrored.beads} == {(bead.src, bead.tgt) for bead in result.beads}
        return [bead for bead in kept(result.beads) if not bead.is_null]

    assert shown(related=False) == []
    links = shown(related=True)
    right = score([(pair.gold, [(bead.src, bead.tgt) for bead in links])]).found
    assert right.precision > 0.7 and right.recall > 0.5
    assert not any("unrelated" in reason for bead in links for reason in bead.reasons)
    files = [ROOT / f"tests/gold/comparable/tuning/fleet.{side}" for side in ("src", "tgt")]
    by_files = align_files(*files, ("de", "en"), (None, None), (None, None), silent, LEAST_CONFIDENCE, related=True)
    right = score([(pair.gold, [(bead.src, bead.tgt) for bead in by_files.beads])]).found
    assert right.precision > 0.7 and right.recall > 0.5


def test_drafts_in_english_tell_what_two_reports_share_where_the_originals_tell_too_little() -> None:
    [pair] = [found for found in read_gold(ROOT / "tests/gold/comparable/tuning") if found.name == "fusion"]
    models, known = Models(), translate.Memory()
    originals = gold_sides(pair, ("fr", "zh-Hant"), with_mt=False)
    drafted = [in_english(side, models, known) for side in originals]
    assert all(side.draft and not side.translations for side in drafted)

    def shown(src: Side, tgt: Side) -> list[Bead]:
        encoders = models.encoders()
        tokens = wording(src, tgt, encoders)
        result = align(views(src, tgt, encoders), len(src.texts), len(tgt.texts), wording=tokens)
        return [bead for bead in kept(result.beads) if not bead.is_null]

    assert shown(*originals) == []
    links = shown(*drafted)
    right = score([(pair.gold, [(bead.src, bead.tgt) for bead in links])]).found
    # How processors multiply changes a word of the drafts here and there.
    assert right.precision > 0.7 and right.recall > 0.4
    files = [ROOT / f"tests/gold/comparable/tuning/fusion.{side}" for side in ("src", "tgt")]
    by_files = align_files(*files, ("fr", "zh-Hant"), (None, None), (None, None), silent, LEAST_CONFIDENCE)
    assert [bead for bead in by_files.beads if not bead.is_null] == links


def test_files_that_tell_the_same_in_one_order_are_aligned_without_a_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translate.Cached, "translate", lambda *_: pytest.fail("a text was translated"))
    files = tmp_path / "a.fr", tmp_path / "a.en"
    for path, lines in zip(files, zip(*PARALLEL, strict=True), strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    found = align_files(*files, ("fr", "en"), (None, None), (None, None), silent, LEAST_CONFIDENCE)
    assert [(bead.src, bead.tgt) for bead in found.beads] == [((place,), (place,)) for place in range(len(PARALLEL))]


def test_few_links_in_order_are_no_chance_between_documents_that_are_known_to_be_related() -> None:
    random = np.random.default_rng(5)
    src, tgt = (random.normal(size=(60, 300)).astype(np.float32) for _ in range(2))
    src[7] = tgt[40]
    found = [View("meaning", *(side / np.linalg.norm(side, axis=1, keepdims=True) for side in (src, tgt)))]
    for related in (False, True):
        links = [(bead.src, bead.tgt) for bead in kept(align(found, 60, 60, related=related).beads) if not bead.is_null]
        assert (((7,), (40,)) in links) == related


def test_what_is_linked_between_documents_known_to_be_related_is_not_called_unrelated() -> None:
    beads = completed([Bead((0,), (0,), 1.0, 0.9)], 90, 90)
    assert verdict(beads).relation is Relation.UNRELATED
    assert verdict(beads, related=True).relation is Relation.SAME_EVENT
    assert "nothing found in common" in verdict(completed([], 90, 90), related=True).sentence("de", "fr")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench(tmp_path, user="Ada", models=FakeModels()) as workbench:
        for name in (A, B):
            workbench.add_bytes("\n\n".join(TEXT).encode(), name, "en")
        workbench.align([A, B])
        yield workbench


def standing(bench: Workbench, src: str = A, tgt: str = B) -> tuple[str | None, bool, bool]:
    """Who says that the documents are related, whether they were aligned so, whether that is out of date."""
    pair = bench.pair(src, tgt)
    assert isinstance(pair, PairView)
    return pair.related_by, pair.related, pair.stale


def test_what_is_said_of_two_documents_holds_either_way_round_and_in_every_later_alignment(
    bench: Workbench, tmp_path: Path
) -> None:
    said = bench.say_related([B, A])
    assert said.said == "said that b.txt and a.txt tell of one thing"
    assert standing(bench) == standing(bench, B, A) == ("Ada", False, True)
    with pytest.raises(InputError, match="align them as a whole"):
        bench.align_range(A, B, range(2), range(2))
    bench.align([A, B])
    assert standing(bench) == ("Ada", True, False)
    with Workbench(tmp_path, user="Bob", models=FakeModels()) as later:
        assert later.say_related([A, B]).after == later.state()  # it is Ada's word already
        later.align([B, A])
        assert standing(later) == ("Ada", True, False)
        later.align_range(A, B, range(2), range(2))
        assert standing(later) == ("Ada", True, False)


def test_links_that_people_made_are_not_out_of_date_for_what_is_known_of_the_documents(bench: Workbench) -> None:
    memory = b"<tmx><body><tu><tuv lang='en'><seg>It rains.</seg></tuv><tuv lang='cs'><seg>Prsi.</seg></tuv></tu>"
    names = bench.take_in_bitext([File("rain.tmx", memory + b"</body></tmx>")]).docs
    bench.say_related(names)
    assert bench.take_in_bitext([File("rain.tmx", memory + b"<!-- again --></body></tmx>")]).docs == names
    assert standing(bench, *names) == ("Ada", False, False)
    assert Feed(bench, tuple(bench.document_id(name) for name in names)).waiting == ""


def test_it_is_taken_back_and_undone_and_the_alignment_is_out_of_date_until_it_is_made_anew(bench: Workbench) -> None:
    bench.say_related([A, B])
    bench.align([A, B])
    bench.undo()
    assert standing(bench) == (None, True, True)
    bench.redo()
    assert standing(bench) == ("Ada", True, False)
    bench.say_related([A, B], related=False)
    assert standing(bench) == (None, True, True)
    bench.align([A, B])
    assert standing(bench) == (None, False, False)
    bench.undo()
    assert standing(bench) == ("Ada", False, True)
    assert [change.action for change in bench.history(2)] == [
        "took back that a.txt and b.txt tell of one thing",
        "said that a.txt and b.txt tell of one thing",
    ]


def test_nobody_undoes_what_another_took_back(bench: Workbench, tmp_path: Path) -> None:
    bench.say_related([A, B])
    with Workbench(tmp_path, user="Bob", models=FakeModels()) as bob:
        bob.say_related([A, B], related=False)
    with pytest.raises(ConflictError, match="Bob took back"):
        bench.undo()


def test_what_is_said_while_documents_are_being_aligned_makes_that_alignment_out_of_date(
    bench: Workbench, tmp_path: Path
) -> None:
    class Interrupted(FakeModels):
        def encoders(self, cache: object = None) -> Encoders:
            bench.say_related([A, B])
            return super().encoders(cache)

    with Workbench(tmp_path, user="Bob", models=Interrupted()) as bob:
        bob.align([A, B])
        assert standing(bob) == ("Ada", False, True)
        bob.align([A, B])
        assert standing(bob) == ("Ada", True, False)


def test_of_several_documents_every_two_are_related_by_one_change(bench: Workbench) -> None:
    bench.add_bytes(b"The mill.", "c.txt", "en")
    bench.say_related([A, B, "c.txt"])
    bench.align([A, B, "c.txt"])
    assert standing(bench, A, B) == standing(bench, "c.txt", A) == standing(bench, B, "c.txt") == ("Ada", True, False)
    bench.undo()
    assert standing(bench, "c.txt", A) == (None, True, True)
    with pytest.raises(InputError, match="two documents"):
        bench.say_related([A, A])
