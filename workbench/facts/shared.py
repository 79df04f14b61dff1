"""Names that two documents share, in whatever languages and scripts they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from workbench.facts.names import names
from workbench.facts.naming import heard, naming
from workbench.facts.sounds import Speech, weight
from workbench.lang import CJK, primary

# A document's versions: a language, and a text a segment.
Versions = Sequence[tuple[str, Sequence[str]]]
# The segments of either side that state a name.
Places = tuple[set[int], set[int]]

# How unlike a name what is heard for it may be, and how much there must be to it: less is found anywhere by chance.
_UNLIKE, _LONG = 0.2, 2.0


def shared_names(src: Versions, tgt: Versions, by_sound: bool = True) -> dict[str, Places]:
    """Where each name is stated, for all that both sides state.

    Names that the table of names knows are one in all languages, others go by the Latin letters of each word; and
    `by_sound`, where no language is common to both, by how they are heard in Chinese, Japanese and Korean: that takes
    time as names times texts.
    """
    found: defaultdict[str, Places] = defaultdict(lambda: (set(), set()))
    sides = [[(primary(lang), texts) for lang, texts in versions] for versions in (src, tgt)]
    by_sound = by_sound and {lang for lang, _ in sides[0]}.isdisjoint(lang for lang, _ in sides[1])
    for axis, versions in enumerate(sides):
        speeches = [_speech(texts, lang) for lang, texts in sides[1 - axis] if lang in CJK] if by_sound else []
        for lang, texts in versions:
            for place, text in enumerate(texts):
                for key in _keys(text, lang):
                    found[key][axis].add(place)
            for key, sound in {each for text in texts for each in _sounds(text, lang)} if speeches else ():
                for speech in speeches:
                    found[key][1 - axis].update(speech.heard(sound, _UNLIKE))
    return {key: places for key, places in found.items() if all(places)}


def _keys(text: str, lang: str) -> Iterator[str]:
    """What the names in a text are called in every language, or in Latin letters."""
    known = [named for named in naming(text, lang).stated if named.kind == "known"]
    taken = {at for named in known for at in range(named.start, named.end)}
    for named in known:
        yield from named.keys
    for name in names(text, lang):
        if name.start not in taken:
            yield from name.folded.split()


def _sounds(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """Names in Latin letters, folded, and how they sound, if it is nothing that is heard anywhere."""
    for named in naming(text, lang).stated:
        if named.kind == "latin" and weight(named.sound) >= _LONG:
            yield named.key, named.sound


def _speech(texts: Sequence[str], lang: str) -> Speech:
    return Speech.of([heard(text, lang).sounds for text in texts])
