"""Which one-byte encoding bytes are in, by the alphabets of languages: in the right one a text has the letters of one
language, with small ones before great ones nowhere, and in any other hardly ever.

Statistics over bytes need more text than a page of subtitles or a short letter has; alphabets do not.
"""

from __future__ import annotations

from dataclasses import dataclass

_WESTERN = ("cp1252", "mac_roman", "cp850")
_CENTRAL = ("cp1250", "iso8859-2", "mac_latin2", "cp852")
_CYRILLIC = ("cp1251", "koi8_u", "mac_cyrillic", "iso8859-5", "cp866")
_COMMON = "cp1252"  # where it fits, no other is considered
# The letters of a language beyond ASCII, or all where it has a script of its own. What comes first wins a draw.
_ALPHABETS = (
    (_WESTERN, "àâæçéèêëîïôœùûüÿ"),  # French
    (_WESTERN, "äöüßéàè"),  # German
    (_WESTERN, "áéíóúüñºª"),  # Spanish
    (_WESTERN, "àáâãçéêíóôõúüºª"),  # Portuguese
    (_WESTERN, "àèéìíîòóùú"),  # Italian
    (_WESTERN, "àçèéíïòóúü"),  # Catalan
    (_WESTERN, "áéèëïíöóüú"),  # Dutch
    (_WESTERN, "äöåéüàæøôêóòâ"),  # Swedish, Finnish, Danish, Norwegian
    (_WESTERN, "äöõüšž"),  # Estonian
    (_WESTERN, "áðéíóúýþæö"),  # Icelandic
    (_CENTRAL, "áčďéěíňóřšťúůýž"),  # Czech
    (_CENTRAL, "áäčďéíĺľňóôŕšťúýž"),  # Slovak
    (_CENTRAL, "ąćęłńóśźż"),  # Polish
    (_CENTRAL, "áéíóöőúüű"),  # Hungarian
    (_CENTRAL, "ăâîşţ"),  # Romanian
    (_CENTRAL, "čćđšž"),  # Croatian, Slovene
    (("cp1257",), "ąčęėįšųūž"),  # Lithuanian
    (("cp1257",), "āčēģīķļņšūž"),  # Latvian
    (("cp1254",), "çğıİöşüâîû"),  # Turkish
    (_CYRILLIC, "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),  # Russian, Bulgarian
    (_CYRILLIC, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),  # Ukrainian
    (_CYRILLIC, "абвгдеёжзійклмнопрстуўфхцчшыьэюя"),  # Belarusian
    (_CYRILLIC, "абвгдђежзијклљмнњопрстћуфхцчџш"),  # Serbian
)
# What any text may hold, and which of it may stand between letters.
_SIGNS = frozenset("«»‹›“”„‘’‚–—…€£§°·•©®™№¿¡×½²³\u00a0\u00ad")
_WITHIN_WORDS = frozenset("’‘–—…·\u00a0\u00ad")
# Russian, Ukrainian and Serbian have half of their letters from these; read in the wrong encoding a quarter.
_LATIN = 26  # letters; a longer alphabet is a script of its own
_USUAL = frozenset("оеаинті")
_LEAST_USUAL = 0.38
_MOST_FOREIGN = 0.5  # share of letters beyond ASCII in a language that has the Latin ones
_MOST_AMISS = 0.02
_A_SIGN = 0.01  # counts so little that it decides only between readings that fit alike
_SAMPLE = 4 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """An encoding, and how many different letters beyond ASCII the text then has."""

    encoding: str
    letters: int


def reading(data: bytes) -> Reading | None:
    """The encoding in which the text fits an alphabet, cp1252 or else the best if several do; None where none does."""
    sample = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]
    texts = {encoding: sample.decode(encoding, "replace") for encodings, _ in _ALPHABETS for encoding in encodings}
    found = [
        (_amiss(texts[encoding], letters), rank, at, encoding)
        for at, (encodings, letters) in enumerate(_ALPHABETS)
        for rank, encoding in enumerate(encodings)
    ]
    amiss, _, _, encoding = min(found, key=lambda one: (one[0] > _MOST_AMISS or one[3] != _COMMON, *one))
    if amiss > _MOST_AMISS:
        return None
    return Reading(encoding, len({ch for ch in texts[encoding].lower() if not ch.isascii() and ch.isalpha()}))


def _amiss(text: str, alphabet: str) -> float:
    """The share of what is beyond ASCII that the alphabet does not hold or that stands where no writer puts it."""
    beyond = [at for at, ch in enumerate(text) if not ch.isascii()]
    if not beyond:
        return 1.0
    letters = {ch for ch in alphabet + alphabet.upper() if not ch.isascii()}
    own_script = len(alphabet) > _LATIN
    amiss = sum(_wrong(text, at, letters, own_script) for at in beyond) / len(beyond)
    known = [ch for at in beyond if (ch := text[at]) in letters]
    if own_script:
        usual = sum(ch.lower() in _USUAL for ch in known) / max(1, len(known))
        return amiss + max(0.0, _LEAST_USUAL - usual)
    return amiss + (len(known) > _MOST_FOREIGN * sum(map(str.isalpha, text)))


def _wrong(text: str, at: int, letters: set[str], own_script: bool) -> float:
    """How much a character speaks against an alphabet, 0 to 1."""
    sign, before, after = text[at], text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if sign in letters:
        mixed = own_script and any(ch.isascii() and ch.isalpha() for ch in (before, after))
        return float(mixed or (sign.isupper() and before.islower()))
    fits = sign in _SIGNS and (sign in _WITHIN_WORDS or not (before.isalpha() and after.isalpha()))
    return _A_SIGN if fits else 1.0
