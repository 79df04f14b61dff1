"""Words and phrases in context: what counts as the same, and that hits lead back to the text as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.concordance import Corpus, Passage, Query, clipped
from workbench.errors import InputError


def found(phrase: str, text: str, **options: bool) -> list[str]:
    """The stretches of the text that are marked."""
    hits = Corpus([Passage("p", "d", 0, "und", text)]).find(Query(phrase, **options))
    return [text[start:end] for hit in hits for start, end in hit.original]


@pytest.mark.parametrize(
    ("phrase", "text", "marked"),
    [
        ("ecole", "Écoles, ÉCOLE et e\u0301cole.", ["École", "ÉCOLE", "e\u0301cole"]),
        ("école", "une ecole", ["ecole"]),
        ("strasse", "Die Straße und die STRASSE", ["Straße", "STRASSE"]),
        ("coeur", "Le cœur", ["cœur"]),
        ("abc 12", "ＡＢＣ　１２", ["ＡＢＣ　１２"]),
        ("カナ", "ｶﾅとカナ", ["ｶﾅ", "カナ"]),
        ("new york", "New\u00a0 York", ["New\u00a0 York"]),
        ("l'école", "L’école", ["L’école"]),
        ("hopital", "ho\u00adpi\u200btal", ["ho\u00adpi\u200btal"]),
        ("school", "School of fish; schools", ["School", "school"]),
        ("台湾", "臺灣和台湾", ["臺灣", "台湾"]),
        ("愛國", "他爱国。", ["爱国"]),
        ("家长", "家长们要求家長參加", ["家长", "家長"]),
        ("العربية", "اللغة العَرَبِيَّة", ["العَرَبِيَّة"]),
        ("שלום", "שָׁלוֹם עולם", ["שָׁלוֹם"]),
        ("İstanbul", "istanbul ISTANBUL", ["istanbul", "ISTANBUL"]),
        ("a.b", "a.b axb", ["a.b"]),
    ],
)
def test_what_is_written_differently_is_found(phrase: str, text: str, marked: list[str]) -> None:
    assert found(phrase, text) == marked


@pytest.mark.parametrize(
    ("phrase", "text"),
    [("か", "がくせい"), ("ハ", "ﾊﾟﾝ"), ("가", "각"), ("a b", "ab"), ("cat", "c.a.t")],
)
def test_what_is_another_letter_is_not(phrase: str, text: str) -> None:
    assert found(phrase, text) == []


def test_case_and_accents_count_when_they_are_asked_to() -> None:
    assert found("Ecole", "École ecole", match_case=True) == ["École"]
    assert found("ecole", "École ecole", match_accents=True) == ["ecole"]
    assert found("école", "École e\u0301cole ecole", match_accents=True) == ["École", "e\u0301cole"]
    assert found("Ecole", "École Ecole ecole", match_case=True, match_accents=True) == ["Ecole"]


@pytest.mark.parametrize(
    ("phrase", "text", "marked"),
    [
        ("art", "art, party, l'art. Art_", ["art", "art"]),
        ("école", "écoles école", ["école"]),
        ("AI", "用AI技術", ["AI"]),
        ("学校", "在学校里", ["学校"]),
        ("C++", "C++ C++20", ["C++", "C++"]),
        ("क", "क कि", ["क"]),
    ],
)
def test_whole_words_where_a_script_has_words(phrase: str, text: str, marked: list[str]) -> None:
    assert found(phrase, text, whole_words=True) == marked


def test_english_is_searched_or_not() -> None:
    corpus = Corpus(
        [Passage("1", "a", 0, "fr", "Le maire parle.", "The mayor speaks."), Passage("2", "b", 0, "en", "Mayor.")]
    )
    [first, second] = corpus.find(Query("mayor"))
    assert (first.original, first.english, second.original) == ((), ((4, 9),), ((0, 5),))
    assert [hit.passage.id for hit in corpus.find(Query("mayor", english=False))] == ["2"]
    assert [hit.passage.id for hit in corpus.find(Query("mayor"), docs={"a"})] == ["1"]
    assert [hit.passage.id for hit in corpus.find(Query("mayor"), langs={"en"})] == ["2"]


@pytest.mark.parametrize("phrase", ["", "  ", "\u200b", "\u0301", "x" * 400])
def test_what_cannot_be_looked_for_is_said(phrase: str) -> None:
    with pytest.raises(InputError):
        found(phrase, "anything")


def test_context_is_cut_between_words() -> None:
    text = "one two three four five six seven"
    assert list(clipped(text, [(14, 18)], 9)) == [("… three ", "four", " five …")]
    assert list(clipped(text, [(0, 3)], 100)) == [("", "one", text[3:])]


@given(st.text(max_size=30), st.text(min_size=1, max_size=5), st.text(max_size=30))
def test_a_phrase_of_the_text_itself_is_found_wherever_it_stands(before: str, phrase: str, after: str) -> None:
    text = before + " " + phrase + " " + after
    try:
        marked = found(phrase, text)
    except InputError:
        return
    assert marked
    for stretch in marked:
        assert found(phrase, stretch)


@given(st.lists(st.text("aAéİ\n ß", max_size=6), max_size=6), st.text("aAéİ ß", min_size=1, max_size=3))
def test_among_many_passages_each_is_found_as_if_it_were_alone(texts: list[str], phrase: str) -> None:
    passages = [Passage(str(at), "d", at, "und", text, text[::-1]) for at, text in enumerate(texts)]
    query = Query(phrase)
    try:
        alone = [hit for passage in passages for hit in Corpus([passage]).find(query)]
    except InputError:
        return
    if passages:
        assert Corpus(passages).find(query) == alone
