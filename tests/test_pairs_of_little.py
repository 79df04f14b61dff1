"""What becomes of texts that tell little, with the bundled models: the answers that docs/architecture.md names."""

from __future__ import annotations

import pytest

from workbench.wiring.beads import align_sides
from workbench.wiring.evidence import Side
from workbench.wiring.models import Models

SENTENCE, TRANSLATION = "Die Sitzung beginnt um neun Uhr.", "The meeting begins at nine o'clock."
DISTINCT = [f"Satz {i}: Anna geht am {i + 1}. Mai nach Hause." for i in range(25)]
IN_ENGLISH = [f"Sentence {i}: Anna goes home on {i + 1} May." for i in range(25)]
ENGLISH = [
    "The harbour plan", "The town will build a new pier in 2031.", "It will cost 14 million euros.",
    "Nobody may fish there in May.", "The ferry leaves at nine.", "Children travel free.",
    "The old crane stays where it is.", "Tickets are sold on board.", "Dogs must be kept on a lead.",
    "The café closes in winter.",
]  # fmt: skip
FRENCH = [
    "Le plan du port", "La ville construira une nouvelle jetée en 2031.", "Elle coûtera 14 millions d'euros.",
    "Personne ne peut y pêcher en mai.", "Le bac part à neuf heures.", "Les enfants voyagent gratuitement.",
    "La vieille grue reste où elle est.", "Les billets sont vendus à bord.", "Les chiens doivent être tenus en laisse.",
    "Le café ferme en hiver.",
]  # fmt: skip
MODELS = Models()


def links(src: list[str], tgt: list[str], langs: str = "de en") -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """All that are shown."""
    sides = [Side(texts, lang) for texts, lang in zip((src, tgt), langs.split(), strict=True)]
    found = [(bead.src, bead.tgt) for bead in align_sides(sides[0], sides[1], MODELS).beads]
    return [bead for bead in found if all(bead)]


def diagonal(size: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [((i,), (i,)) for i in range(size)]


def test_one_sentence_over_and_over_is_linked_in_order() -> None:
    assert links([SENTENCE] * 25, [TRANSLATION] * 25) == diagonal(25)
    assert links(["Ja."] * 25, ["Ja."] * 25, "de de") == diagonal(25)
    fewer = links([SENTENCE] * 25, [TRANSLATION] * 15)
    assert [tgt for _, tgt in fewer] == [(j,) for j in range(15)] and fewer == sorted(fewer)
    assert all(len(src) == 1 for src, _ in fewer)


def test_a_document_is_linked_with_itself_passage_by_passage() -> None:
    assert links(DISTINCT, DISTINCT, "de de") == diagonal(25)


@pytest.mark.parametrize(
    "other", ["Un musée ouvrira en face.", "Trois sculpteurs ont protesté.", "Le maire a démissionné hier soir."]
)
def test_a_sentence_in_the_place_of_another_is_not_taken_for_its_translation(other: str) -> None:
    assert links(ENGLISH, FRENCH, "en fr") == diagonal(10)
    replaced = [*FRENCH[:3], other, *FRENCH[4:]]
    assert links(ENGLISH, replaced, "en fr") == [bead for bead in diagonal(10) if bead != ((3,), (3,))]


@pytest.mark.parametrize("langs", ["de en", "de de"])
def test_one_sentence_over_and_over_is_no_counterpart_of_others(langs: str) -> None:
    assert links([SENTENCE] * 25, IN_ENGLISH if langs == "de en" else DISTINCT, langs) == []
    assert links([], IN_ENGLISH, langs) == []


def test_a_word_over_and_over_is_linked_only_beside_other_text() -> None:
    for src, tgt in ((25, 25), (25, 15), (25, 1)):
        assert links(["Ja."] * src, ["Yes."] * tgt) == []
    assert links(["Ja."], ["Yes."]) == diagonal(1) == links(["Ja."], ["Nein."], "de de")
    assert links([SENTENCE], [TRANSLATION]) == diagonal(1) and links([SENTENCE], IN_ENGLISH[:1]) == []
    src, tgt = ([*texts[:12], *[word] * 25, *texts[12:]] for texts, word in ((DISTINCT, "Ja."), (IN_ENGLISH, "Yes.")))
    assert links(src, tgt) == diagonal(50)
