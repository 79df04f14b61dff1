"""What several judges said of one unit, taken together, and judgements read from a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.datatypes import Grade, Mark, Scheme
from workbench.errors import InputError
from workbench.quality import mqm

GRADES: Mapping[Grade, float] = {Grade.GOOD: 0.0, Grade.MINOR: 1.0, Grade.MAJOR: 2.0}
SHEET = ("unit", "document", "passage", "source", "target", "grade", "score", "note", "judge")
# Of ESA's named steps (Kocmi et al. 2024, Error span annotation, arXiv 2406.11580), 33 keeps some of the meaning with
# significant parts missing, 66 most of it with few mistakes, and 100 is perfect. A score counts as the nearest.
_MAJOR_BELOW, _MINOR_BELOW = 50, 83
SCORES = (
    f"A score counts as the nearest of ESA's four steps: below {_MAJOR_BELOW} as a major error, below {_MINOR_BELOW} as"
    " a minor one, whatever is marked."
)
_WORDS = {"": None, "good": Grade.GOOD, "ok": Grade.GOOD, "minor": Grade.MINOR, "major": Grade.MAJOR}
_UNSURE = {"unsure", "?", "could not judge"}
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Thai, kana, Han
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+")

HEADER_WITHIN = 20  # lines, in which the names of columns are looked for

Line = tuple[int, Sequence[str]]  # of a table: its number, as a spreadsheet counts, and its cells


def together(grades: Iterable[Grade]) -> Grade:
    """What several judges make of a unit: an error counts where at least half of them see one as bad or worse.

    Who could not judge does not count unless nobody could.
    """
    sure = sorted(GRADES[grade] for grade in grades if grade is not Grade.UNSURE)
    if not sure:
        return Grade.UNSURE
    middle = sure[len(sure) // 2]
    return next(grade for grade, value in GRADES.items() if value == middle)


def grade(scheme: Scheme, chosen: Grade | None, marks: Sequence[Mark], score: float | None) -> Grade:
    """The grade of a unit: as chosen, or by the marks where a scheme has errors marked.

    In ESA by the worse of marks and score: the score is what its judge thinks of the whole, and the marks are of what
    can be pointed at. So neither a low score without a mark nor a major error beside a high one passes for good.
    """
    if chosen is Grade.UNSURE:
        return Grade.UNSURE
    if scheme is Scheme.GRADE:
        if chosen is None:
            raise InputError("say whether the translation is good or has minor or major errors")
        return chosen
    by_marks = mqm.grade(marks)
    if scheme is not Scheme.ESA or score is None:
        return by_marks
    return max(by_marks, _of_score(score), key=GRADES.__getitem__)


def _of_score(score: float) -> Grade:
    if score >= _MINOR_BELOW:
        return Grade.GOOD
    return Grade.MINOR if score >= _MAJOR_BELOW else Grade.MAJOR


def check_marks(scheme: Scheme, marks: Sequence[Mark], texts: Mapping[str, str], score: float | None) -> None:
    """Raises InputError on a mark outside its text, a category that is none, and a score beyond 0 to 100."""
    for mark in marks:
        length = len(texts.get(mark.side, ""))
        if mark.side not in texts or not 0 <= mark.start <= mark.end <= length:
            raise InputError(f"an error is marked at {mark.start} to {mark.end} of a text of {length} characters")
        if scheme is Scheme.MQM and mark.category not in mqm.CATEGORIES:
            raise InputError(f"{mark.category!r} is no category of errors; choose one of {', '.join(mqm.CATEGORIES)}")
    if score is not None and not 0 <= score <= 100:
        raise InputError(f"a score lies between 0 and 100, not at {score:g}")


def plain(text: str) -> str:
    """A text without what a spreadsheet does to it: a ' before what looks like a formula, other blanks."""
    return " ".join(text.split()).removeprefix("'").strip()


def words(text: str) -> int:
    """How many words a text has; each character of a script without spaces counts as one."""
    return len(_WORD.findall(text))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of a judge's file."""

    line: int
    unit: str
    judge: str
    grade: Grade | None  # None: only a score is given
    score: float | None = None
    note: str = ""
    target: str = ""  # the translation as it was on the sheet, where it has that column

    @property
    def said(self) -> str:
        """The grade, or else the score."""
        return self.grade.value if self.grade is not None else f"{self.score:g}"


def read_sheet(lines: Sequence[Line], name: str, judge: str) -> tuple[list[SheetRow], list[str]]:
    """The judgements in a table with the columns `unit` and `grade`; `judge` where a line names none.

    Also what is wrong with lines that cannot be used, a sentence each. Lines without a grade, a score and a note are
    passed over. Columns may be in another order and their names in capitals; a title may stand above them. Raises
    InputError on a table that has no such columns. `name`: of the file.
    """
    at, header = _header(lines)
    missing = {"unit", "grade"} - set(header)
    if missing:
        raise InputError(f"{name} has no column {' and '.join(sorted(missing))}; `spotcheck sheet` writes such a file")
    rows: list[SheetRow] = []
    faults: list[str] = []
    for number, cells in lines[at + 1 :]:
        try:
            row = _row(dict(zip(header, map(str.strip, cells), strict=False)), number, judge)
        except InputError as error:
            faults.append(f"{name} line {number}: {error}")
        else:
            rows += [row] if row else []
    return rows, faults


def _header(lines: Sequence[Line]) -> tuple[int, list[str]]:
    """Which line names the columns, and how; the first where none names those that are needed."""
    names = [[cell.strip().lower() for cell in cells] for _, cells in lines[:HEADER_WITHIN]] or [[]]
    at = next((at for at, header in enumerate(names) if {"unit", "grade"} <= set(header)), 0)
    return at, names[at]


def _row(fields: Mapping[str, str], line: int, judge: str) -> SheetRow | None:
    unit = fields.get("unit", "")
    grade, score = _grade(fields.get("grade", "")), _score(fields)
    who, note, target = (fields.get(name, "") for name in ("judge", "note", "target"))
    if grade is None and score is None:
        if note:
            raise InputError("there is a note and no grade; write good, minor, major or unsure")
        return None
    if not unit:
        raise InputError("the unit is missing; keep that column as it was written")
    return SheetRow(line, unit, who or judge, grade, score, note, target)


def _grade(said: str) -> Grade | None:
    word = said.lower()
    if word in _UNSURE:
        return Grade.UNSURE
    if word not in _WORDS:
        raise InputError(f"{said!r} is no grade; write good, minor, major or unsure, or leave it empty")
    return _WORDS[word]


def _score(fields: Mapping[str, str]) -> float | None:
    said = fields.get("score", "").replace(",", ".")
    try:
        score = float(said) if said else None
    except ValueError:
        score = -1.0
    if score is not None and not 0 <= score <= 100:
        raise InputError(f"{said!r} is no score; a score lies between 0 and 100")
    return score


def conflicts(rows: Sequence[SheetRow], name: str) -> tuple[list[SheetRow], list[str]]:
    """Without the lines that contradict an earlier one of the same judge on the same unit, and a sentence on each."""
    known: dict[tuple[str, str], SheetRow] = {}
    faults = []
    for row in rows:
        earlier = known.setdefault((row.unit, row.judge), row)
        if (earlier.grade, earlier.score) != (row.grade, row.score):
            faults.append(
                f"{name} line {row.line}: {row.judge} said {earlier.said} of {row.unit} in line {earlier.line} and"
                f" {row.said} here; the first counts"
            )
    return list(known.values()), faults
