"""Multidimensional Quality Metrics: kinds of errors, their weights, and the table that public viewers read.

Categories, weights and the limit of five errors are those of Freitag et al. 2021 (Experts, Errors, and Context,
Transactions of the ACL 9:1460), the columns those of google/wmt-mqm-human-evaluation and the MQM Viewer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.datatypes import Grade, Judgement, Mark, Severity

CATEGORIES = (
    "Accuracy/Mistranslation",
    "Accuracy/Omission",
    "Accuracy/Addition",
    "Accuracy/Untranslated text",
    "Fluency/Grammar",
    "Fluency/Punctuation",
    "Fluency/Spelling",
    "Fluency/Register",
    "Fluency/Inconsistency",
    "Fluency/Character encoding",
    "Terminology/Inappropriate for context",
    "Terminology/Inconsistent use of terminology",
    "Style/Awkward",
    "Locale convention/Address format",
    "Locale convention/Currency format",
    "Locale convention/Date format",
    "Locale convention/Name format",
    "Locale convention/Telephone format",
    "Locale convention/Time format",
    "Other",
    "Source error",
    "Non-translation!",
)
OMISSION, NON_TRANSLATION, PUNCTUATION = "Accuracy/Omission", "Non-translation!", "Fluency/Punctuation"
MOST_ERRORS = 5
# The kind of error that a suspect of an automatic check would be, were it one.
OF_CHECKS = {
    "numbers": "Accuracy/Mistranslation",
    "names": "Accuracy/Mistranslation",
    "negation": "Accuracy/Mistranslation",
    "links": "Accuracy/Mistranslation",
    "tags": "Accuracy/Mistranslation",
    "untranslated": "Accuracy/Untranslated text",
    "omission": OMISSION,
    "addition": "Accuracy/Addition",
    "repetition": "Accuracy/Addition",
    "artefacts": "Accuracy/Addition",
    "constant": NON_TRANSLATION,
    "consistency": "Terminology/Inconsistent use of terminology",
    "glossary": "Terminology/Inappropriate for context",
    "brackets": PUNCTUATION,
    "quotes": PUNCTUATION,
    "case": "Fluency/Spelling",
}
COLUMNS = (
    "system",
    "doc",
    "docSegId",
    "globalSegId",
    "rater",
    "source",
    "target",
    "category",
    "severity",
    "metadata",
)
_NO_ERROR = "No-error"
_NO_FIELD = re.compile("\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def weight(mark: Mark) -> float:
    """How much an error counts; higher is worse."""
    if mark.category == NON_TRANSLATION:
        return 25.0
    if mark.category == "Source error":
        return 0.0
    if mark.severity is not Severity.MINOR:
        return 5.0
    return 0.1 if mark.category == PUNCTUATION else 1.0


def severity(mark: Mark) -> Severity:
    """How bad an error is: what is no translation at all is a major one, else other tools give it another weight."""
    return Severity.MAJOR if mark.category == NON_TRANSLATION else mark.severity


def counted(marks: Iterable[Mark]) -> list[Mark]:
    """The errors that count: the five worst, and only a non-translation where all of it is one."""
    heaviest = sorted(marks, key=weight, reverse=True)
    return heaviest[:1] if heaviest and heaviest[0].category == NON_TRANSLATION else heaviest[:MOST_ERRORS]


def score(marks: Iterable[Mark]) -> float:
    """The penalty of a unit: 0 is without an error, 25 the worst; higher is worse."""
    return sum(weight(mark) for mark in counted(marks))


def penalty(said: Judgement) -> float:
    """That of a judgement: of its marks or, without any, of one error as bad as its grade, as the table has it."""
    return score(said.marks) if said.marks else {Grade.MINOR: 1.0, Grade.MAJOR: 5.0}.get(said.grade, 0.0)


def grade(marks: Sequence[Mark]) -> Grade:
    """What the marks make of a unit as a whole."""
    weights = [weight(mark) for mark in marks if weight(mark) > 0]
    if not weights:
        return Grade.GOOD
    return Grade.MAJOR if max(weights) >= 5 else Grade.MINOR


@dataclass(frozen=True, slots=True)
class Rated:
    """A judgement and where its unit stands, from 1: in its document, and among all that were judged.

    `state`: how it stands to the texts of today, empty where these are those that were judged.
    """

    doc: str
    place: int
    number: int
    judgement: Judgement
    state: str = ""


def rows(rated: Iterable[Rated]) -> Iterator[tuple[str, ...]]:
    """Lines of the ten columns: one an error, and one for a unit without any. What could not be judged is left out."""
    for each in rated:
        said = each.judgement
        if said.grade is Grade.UNSURE:
            continue
        begin = said.model or "translation", each.doc, str(each.place), str(each.number), said.judge
        for mark in said.marks:
            texts = _shown(said.src_text, mark, "src"), _shown(said.tgt_text, mark, "tgt")
            yield _fields(*begin, *texts, mark.category or "Other", _severity(mark), _metadata(each, mark))
        if not said.marks:
            label = {Grade.GOOD: _NO_ERROR, Grade.MINOR: "Minor", Grade.MAJOR: "Major"}[said.grade]
            category = _NO_ERROR if said.grade is Grade.GOOD else "Other"
            yield _fields(*begin, said.src_text, said.tgt_text, category, label, _metadata(each, None))


def _severity(mark: Mark) -> str:
    return "Minor" if severity(mark) is Severity.MINOR else "Major"


def _shown(text: str, mark: Mark, side: str) -> str:
    """The text with the error between <v> and </v>."""
    if mark.side != side or mark.start >= mark.end:
        return text
    return f"{text[: mark.start]}<v>{text[mark.start : mark.end]}</v>{text[mark.end :]}"


def _metadata(rated: Rated, mark: Mark | None) -> str:
    """The viewer takes the time in milliseconds."""
    from datetime import datetime

    said = rated.judgement
    known: dict[str, object] = {"stratum": said.stratum}
    if rated.state:
        known["state"] = rated.state
    if said.judged_at:
        known["timestamp"] = int(datetime.fromisoformat(said.judged_at).timestamp() * 1000)
    if said.score is not None:
        known["esa_score"] = said.score
    note = (mark.note if mark else "") or said.note
    if note:
        known["note"] = note
    return json.dumps(known, ensure_ascii=False)


def _fields(*fields: str) -> tuple[str, ...]:
    return tuple(_NO_FIELD.sub(" ", field) for field in fields)
