"""Glossaries as terminology tools and spreadsheets write them, and terms that are not to be used."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook as Workbook_
from translate.storage.tbx import tbxfile, tbxunit

from workbench import Workbench
from workbench.bench.checks import as_units
from workbench.errors import InputError
from workbench.export.incoming import File
from workbench.quality import CHECKS, Glossary, Material, Profile, Term, check
from workbench.wiring.checks import Wanted
from workbench.wiring.importing import glossary

DCA = """<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1"><descrip type="subjectField">towns</descrip>
<langSec xml:lang="fr-FR"><termSec><term>mairie</term><termNote type="partOfSpeech">noun</termNote></termSec></langSec>
<langSec xml:lang="en-US"><termSec><term>town <hi>hall</hi></term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
<termSec><term>mayor's office</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
</langSec></conceptEntry>
<conceptEntry id="c2"><langSec xml:lang="fr"><termSec><term>quai</term></termSec></langSec></conceptEntry>
</body></text></tbx>"""
DCT = """<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dct" type="TBX-Core" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min"><text><body>
<conceptEntry id="c1"><min:subjectField>towns</min:subjectField>
<langSec xml:lang="fr"><termSec><term>mairie</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>town hall</term></termSec><termSec><term>mayor's office</term>
<min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""
MARTIF = """<?xml version="1.0" encoding="UTF-16"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body><termEntry id="c1">
<langSet xml:lang="fr"><tig><term>mairie</term></tig></langSet>
<langSet xml:lang="EN-GB"><ntig><termGrp><term>town hall</term></termGrp></ntig>
<ntig><termGrp><term>mayor's office</term><termNote type="normativeAuthorization">deprecatedTerm</termNote>
</termGrp></ntig></langSet></termEntry></body></text></martif>"""
MULTITERM = """<?xml version="1.0" encoding="UTF-16"?>
<mtf><conceptGrp><concept>1</concept>
<languageGrp><language type="French" lang="FR"/><termGrp><term>mairie</term></termGrp></languageGrp>
<languageGrp><language type="English" lang="EN"/><termGrp><term>town hall</term></termGrp>
<termGrp><term>mayor's office</term><descripGrp><descrip type="Status">forbidden</descrip></descripGrp></termGrp>
</languageGrp></conceptGrp></mtf>"""
MEMOQ = [
    [*["Entry_ID", "Entry_Note", "French", "Term_Info"], *["English_United_States", "English_Def", "Term_Info"] * 2],
    ["0", "two\nlines", "mairie", "", "town hall", "", "Casesense;Exact", "mayor's office", "", "Casesense;Forbidden"],
]


def table(rows: Sequence[Sequence[str]], separator: str, encoding: str) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode(encoding)


def told(terms: Glossary, source: str, target: str, langs: tuple[str, str] = ("fr", "en")) -> list[str]:
    """What the glossary's check says of one unit."""
    material = Material(as_units([(source, target)], langs), glossary=terms)
    return [issue.reason for issue in check(material, Profile(frozenset(CHECKS) - {"glossary"})).issues[0]]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("dca.tbx", DCA.encode()),
        ("dct.tbx", DCT.encode()),
        ("martif.tbx", MARTIF.encode("utf-16")),
        ("multiterm.xml", MULTITERM.encode("utf-16")),
        ("memoq.csv", table(MEMOQ, ",", "utf-8-sig")),
        ("unicode.txt", table([["Français", "Anglais", "Interdit"], ["mairie", "town hall", "mayor's office"]],
                              "\t", "utf-16")),
        ("excel.csv", table([["Fr", "En", "à éviter (en)"], ["mairie", "town hall", "mayor's office"]], ";", "cp1252")),
        ("rows.csv", table([["fr", "Term [en]", "Status"], ["mairie", "town hall", "preferred"],
                            ["mairie", "mayor's office", "not recommended"]], ",", "utf-8")),
        ("flag.csv", table([["fr", "en", "en_forbidden"], ["mairie", "town hall", "no"],
                            ["mairie", "mayor's office", "YES"]], ",", "utf-8")),
    ],
)  # fmt: skip
def test_a_glossary_is_read_as_tools_write_it_with_what_is_not_to_be_used(name: str, data: bytes) -> None:
    terms = glossary(File(name, data))
    assert told(terms, "La mairie est là.", "The town hall is there.") == []
    missed, forbidden = told(terms, "La mairie est là.", "The Mayor’s Offices are there.")
    assert missed == "The glossary has 'town hall' for 'mairie'."
    assert forbidden.startswith("The glossary says that 'Mayor’s Offices' is not to be used")


def test_a_glossary_is_read_as_the_translate_toolkit_writes_it() -> None:
    store = tbxfile(sourcelanguage="fr", targetlanguage="en")
    unit = store.addsourceunit("mairie")
    assert isinstance(unit, tbxunit)
    unit.target = "town hall"
    terms = glossary(File("toolkit.tbx", bytes(store)))
    assert told(terms, "La mairie est là.", "The office is there.") == ["The glossary has 'town hall' for 'mairie'."]


def test_a_workbook_has_several_languages_notes_and_terms_in_a_cell() -> None:
    book = Workbook_()
    sheet, other = book.active, book.create_sheet("Legend")
    sheet.title = "Terms"
    sheet.append(["Terms of Harwick, 2024"])
    sheet.append([])
    sheet.append(["ID", "French (France)", "English", "Do not use", "Source", "Deutsch", None])
    sheet.append([1, "mairie", "town hall\ncity hall", "mayor's office; townhouse", "IATE", "Rathaus", "a remark"])
    sheet.append([2, "quai", None, None, "IATE", None])
    other.append(["colour", "what it means"])
    file = io.BytesIO()
    book.save(file)
    terms = glossary(File("terms.xlsx", file.getvalue()))
    assert told(terms, "La mairie.", "The city hall.") == []
    assert len(told(terms, "La mairie.", "The city hall, a townhouse.")) == 1
    assert told(terms, "Das Rathaus.", "The office.", ("de", "en")) == [
        "The glossary has 'town hall' or 'city hall' for 'Rathaus'."
    ]
    assert terms.problems == (
        "line 5 of sheet Terms of terms.xlsx is no term in two languages and was passed over: 2, quai, IATE",
        "sheet Legend of terms.xlsx names no two languages and was passed over",
    )


def test_a_list_of_what_is_not_to_be_used_needs_one_language_alone() -> None:
    terms = glossary(
        File("never.csv", table([["en", "do not use"], ["", "cheap"], ["staff", "manager"]], ",", "utf-8"))
    )
    assert told(terms, "Pas cher.", "Cheap.") == ["The glossary says that 'Cheap' is not to be used."]
    assert told(terms, "Un directeur.", "A managerial task of the manager.") == [
        "The glossary says that 'manager' is not to be used, but 'staff'."
    ]
    assert told(terms, "Ce n'est pas cher.", "Ce n'est pas cheap.", ("en", "fr")) == []


def test_a_forbidden_word_may_be_used_where_the_glossary_has_it_for_another_thing_or_in_a_longer_term() -> None:
    rows = [
        ["fr", "en", "forbidden"],
        ["couvercle", "lid", "cover|top"],
        ["couverture", "cover", ""],
        ["toupie", "spinning top", ""],
    ]
    terms = glossary(File("terms.csv", table(rows, ",", "utf-8")))
    assert told(terms, "La couverture, une toupie.", "The cover, a spinning top.") == []
    assert len(told(terms, "Le livre.", "The top.")) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'<!DOCTYPE tbx [<!ENTITY a "aa">]><tbx><text>&a;</text></tbx>', "declares entities"),
        (DCA[:600].encode(), "not well-formed XML"),
        (b'<tmx version="1.4"/>', "begins with <tmx>; TBX"),
        (b"PK\x03\x04", "cannot be unpacked"),
        (b"\xd0\xcf\x11\xe0" + bytes(999), "no table of text"),
        (b"", "is empty"),
        (b"mairie\ttown hall\tnote\n", "must name two languages"),
        (b"fr,en\nmairie,\n", "holds no term in two languages"),
    ],
)
def test_what_is_no_glossary_is_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=rf"terms\.any.*{message}"):
        glossary(File("terms.any", data))


def test_many_rows_that_are_no_terms_are_told_in_one_sentence() -> None:
    rows = [["fr", "en"], *([f"mot {n}", ""] for n in range(3000)), ["mairie", "town hall"]]
    terms = glossary(File("terms.csv", table(rows, ",", "utf-8")))
    assert len(terms.terms) == 1 and len(terms.problems) == 21
    assert terms.problems[-1] == "of terms.csv 2,980 more were passed over likewise"


def test_forbidden_terms_are_kept_with_the_workspace_and_one_that_knew_none_is_read(tmp_path: Path) -> None:
    terms = glossary(File("dca.tbx", DCA.encode()))
    with Workbench(tmp_path) as bench:
        bench.checks.want(Wanted(glossary=terms))
    with Workbench(tmp_path) as bench:
        assert bench.checks.wanted.glossary.terms == terms.terms
        before = {"off": [], "glossary": {"name": "old.csv", "terms": [[["fr", ["quai"]], ["en", ["quay"]]]]}}
        bench._store.put_setting("checks", json.dumps(before))
        assert bench.checks.wanted.glossary.terms == (Term((("fr", ("quai",)), ("en", ("quay",)))),)
