"""Files that were exported from here and reviewed by somebody: what each of their units says, as texts.

Tables are read by the names of their columns, in any order, on any sheet, below whatever stands above them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.datatypes import Status
from workbench.export.incoming.bitext import File, language
from workbench.export.incoming.markup import attribute, children, elements, local, plain, root
from workbench.export.incoming.sheets import HEADER_WITHIN, Decode, Row, sheets
from workbench.export.layout import COLUMNS, EDITABLE, mark

_IDS = ("bead_id", "src_segments", "tgt_segments")
_NAMES = ("bead_id", "bead id", "src_segments", "src segments")
_MARKS = re.compile("-".join(["[0-9a-f]{6}"] * len(EDITABLE)))
_FINAL = ("final", "signed-off", "reviewed")


@dataclass(frozen=True, slots=True)
class Returned:
    """A unit of a reviewed file.

    `where`: "row 7". `docs`: names of source and target. `segments`: ids of either. `cells`: what the file says in the
    EDITABLE columns, those that it lacks left out. `marks`: of all these columns as they were written; empty where the
    file does not have them. `texts`: of source and target, empty where it has none; `langs`: in which language it says
    they are. `faults`: of all of its table, a sentence each, told by the first unit alone.
    """

    where: str
    bead_id: str
    docs: tuple[str, str]
    segments: tuple[tuple[str, ...], tuple[str, ...]]
    cells: Mapping[str, str]
    marks: Mapping[str, str]
    texts: tuple[str, str] = ("", "")
    langs: tuple[str, str] = ("und", "und")
    remarks: tuple[str, ...] = ()  # notes that a tool added
    faults: tuple[str, ...] = ()

    def is_edited(self, name: str) -> bool | None:
        """Whether somebody changed a cell since it was written; None where nobody can tell."""
        return None if name not in self.marks else name in self.cells and self.marks[name] != mark(self.cells[name])

    @property
    def is_untouched(self) -> bool:
        """Whether it says no more than was written: an English text, too, is one of those that had a mark."""
        edited = any(self.is_edited(name) is not False for name in EDITABLE)
        english = (mark(text) for text, lang in zip(self.texts, self.langs, strict=True) if lang == "en")
        return not (edited or self.remarks) and {*english} <= {*self.marks.values()}


def read(file: File, decode: Decode) -> list[Returned] | None:
    """The units of a file; None where it was not exported from here. Raises InputError on a broken one."""
    top = None if file.data.startswith(b"PK") else root(file.data)
    match "" if top is None else local(top):
        case "":
            return _tables(file, decode)
        case "tmx":
            return _units(file, ("tu",), _of_tmx)
        case "xliff":
            return _units(file, ("trans-unit", "unit"), _of_xliff)
    return None


# -- tables


def _tables(file: File, decode: Decode) -> list[Returned] | None:
    found = [(rows, header) for rows in sheets(file.data, decode, _NAMES) if (header := _header(rows))]
    if len(found) == 1:
        found = [([replace(row, sheet="") for row in found[0][0]], found[0][1])]
    return [unit for rows, (at, columns) in found for unit in _below(rows, at, columns)] if found else None


def _header(rows: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    """Which row names the columns, and where ours stand; None where no row does."""
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        names = list(map(_column, row.cells))
        columns = {name: names.index(name) for name in COLUMNS if name in names}
        if not columns.keys().isdisjoint(_IDS) and not columns.keys().isdisjoint(EDITABLE):
            return at, columns
    return None


def _column(cell: str) -> str:
    """The name of a column as we write it."""
    return re.sub(r"[\s-]+", "_", cell.strip().lower())


def _below(rows: Sequence[Row], header: int, columns: Mapping[str, int]) -> Iterator[Returned]:
    faults = _renamed(rows[header], columns)
    for row in rows[header + 1 :]:
        cells = {name: row.cells[at] if at < len(row.cells) else "" for name, at in columns.items()}
        if any(cell.strip() for cell in cells.values()):
            if _is_shifted(row, cells):
                cells = {name: cells[name] for name in _IDS if name in cells}
                faults += (f"{row}: its texts stand in other columns than they were written in; put them back there",)
            yield _returned(str(row), cells, faults=faults)
            faults = ()


def _is_shifted(row: Row, cells: Mapping[str, str]) -> bool:
    """Whether what stands at the end of a row has moved: a program took something in a text for the end of a cell."""
    if "written" not in cells or _MARKS.fullmatch(cells["written"].strip()):
        return False
    return any(_MARKS.fullmatch(cell.strip()) for cell in row.cells)


def _renamed(header: Row, columns: Mapping[str, int]) -> tuple[str, ...]:
    """A sentence where columns that a reviewer fills in may be called otherwise: what stands in them is not seen."""
    lacking = [name for name in EDITABLE if name not in columns]
    others = [cell.strip() for cell in header.cells if cell.strip() and _column(cell) not in COLUMNS]
    if not (lacking and others):
        return ()
    told = f"{header}: there is no column {', '.join(lacking)}, and nothing is read in {', '.join(others)[:200]}"
    return (f"{told}; call columns as they were called when the file was written",)


def _returned(where: str, cells: Mapping[str, str], **more: Any) -> Returned:
    """A unit out of cells by the names of their columns."""
    said = {name: cells[name].strip() for name in EDITABLE if name in cells}
    marks = cells.get("written", "").strip()
    each = dict(zip(EDITABLE, marks.split("-"), strict=True)) if _MARKS.fullmatch(marks) else {}
    return Returned(
        where,
        cells.get("bead_id", "").strip(),
        (_doc(cells, "src"), _doc(cells, "tgt")),
        (tuple(cells.get("src_segments", "").split()), tuple(cells.get("tgt_segments", "").split())),
        said,
        each,
        (cells.get("src_text", ""), cells.get("tgt_text", "")),
        **more,
    )


def _doc(cells: Mapping[str, str], side: str) -> str:
    """The name of a document: a column of tables, a property of XML."""
    return (cells.get(f"{side}_doc") or cells.get(f"{side}_document") or "").strip()


# -- XML


def _units(file: File, names: Sequence[str], read: Callable[[Any, str], Returned | None]) -> list[Returned] | None:
    """None where no unit bears our marks."""
    numbered = enumerate(elements(file.data, names), 1)
    found = [unit for number, element in numbered if (unit := read(element, f"unit {number}")) is not None]
    return found or None


@dataclass
class _Told:
    """What a unit of an XML file says, by the names of our columns."""

    cells: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    langs: list[str] = field(default_factory=list)

    def returned(self, where: str) -> Returned | None:
        if "written" not in self.cells:
            return None
        sides = [*zip(self.texts, self.langs, strict=True), ("", "und"), ("", "und")][:2]
        (src, src_lang), (tgt, tgt_lang) = sides
        cells = {**self.cells, "src_text": src, "tgt_text": tgt}
        return _returned(where, cells, langs=(src_lang, tgt_lang), remarks=tuple(self.remarks))

    def add_text(self, element: Any, lang: str) -> None:
        self.texts.append(plain(element, Counter()))
        self.langs.append(language(lang))

    def add_note(self, name: str, text: str) -> None:
        """A note of ours, which says what a column does, or one of another tool."""
        if name in EDITABLE:
            self.cells[name] = text
        elif text:
            self.remarks.append(text)


def _of_tmx(tu: Any, where: str) -> Returned | None:
    told = _Told({"bead_id": attribute(tu, "tuid")})
    told.cells |= _props(tu)
    notes = ["".join(note.itertext()) for note in children(tu, "note")]
    told.cells |= {"comment": "\n".join(notes)} if notes else {}
    for side, tuv in zip(("src", "tgt"), children(tu, "tuv"), strict=False):
        told.cells |= {f"{side}_{name}": value for name, value in _props(tuv).items()}
        for note in children(tuv, "note"):
            told.add_note("", "".join(note.itertext()).strip())
        for seg in children(tuv, "seg")[:1]:
            told.add_text(seg, attribute(tuv, "lang"))
    return told.returned(where)


def _props(element: Any) -> dict[str, str]:
    return {attribute(prop, "type").removeprefix("x-"): prop.text or "" for prop in children(element, "prop")}


def _of_xliff(unit: Any, where: str) -> Returned | None:
    """A trans-unit of XLIFF 1.2 or a unit of 2.0."""
    told = _Told({"bead_id": attribute(unit, "id")})
    for element in _said_of(unit):
        match local(element):
            case "context" | "meta":
                name = attribute(element, "context-type", "type").removeprefix("x-").replace("-", "_")
                told.cells[name] = element.text or ""
            case "note":
                told.add_note(attribute(element, "from", "category"), "".join(element.itertext()).strip())
    segments = children(unit, "segment")
    if len(segments) > 1:  # a tool cut it anew
        return told.returned(where)
    holder = segments[0] if segments else unit
    for name in ("source", "target"):
        for element in children(holder, name)[:1]:
            told.add_text(element, attribute(element, "lang") or _language_of(unit, name))
    for target in children(holder, "target")[:1]:
        told.cells["status"] = _status(holder, holder if segments else target)
    return told.returned(where)


def _said_of(element: Any) -> Iterator[Any]:
    """The elements that say something of a unit; not those of suggestions in it."""
    for child in element:
        yield child
        if local(child) in ("context-group", "notes", "metadata", "metagroup", "segment"):
            yield from _said_of(child)


def _language_of(unit: Any, name: str) -> str:
    """The language that XLIFF 2.0 gives for all of a file; 1.2 says it with each text."""
    tops = (above for above in unit.iterancestors() if local(above) == "xliff")
    return next((attribute(top, {"source": "srclang", "target": "trglang"}[name]) for top in tops), "")


def _status(unit: Any, stated: Any) -> str:
    """What a tool says of a unit, as ours. `stated`: the element that has a state."""
    approved = attribute(unit, "approved").lower()
    if approved == "yes" or (not approved and attribute(stated, "state") in _FINAL):
        return Status.ACCEPTED
    rejected = "rejected" in attribute(stated, "state-qualifier", "substate")
    return Status.REJECTED if rejected else Status.UNREVIEWED
