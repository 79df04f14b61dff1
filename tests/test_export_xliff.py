"""Which XLIFF files are valid: ours are, and what the two specifications forbid is refused."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import absent
from tests.test_export import HOSTILE, LINK, told
from workbench.datatypes import Status
from workbench.errors import ExportError
from workbench.export import FORMATS, About, Selection, write

UNIT1 = (
    '<trans-unit id="b1" approved="no" xml:space="preserve"><source xml:lang="de">Ja.</source>'
    '<target xml:lang="en" state="final">Yes.</target>'
    '<context-group purpose="information"><context context-type="x-score">1</context></context-group>'
    '<note from="comment">hm</note></trans-unit>'
)
GOOD1 = (
    '<?xml version="1.0"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
    '<file original="a.txt" source-language="de" target-language="en" datatype="plaintext" tool-id="t"'
    ' date="2026-01-02T03:04:05Z"><header><note>said</note><tool tool-id="t" tool-name="T"/></header>'
    f"<body>{UNIT1}</body></file></xliff>"
)
UNIT2 = (
    '<unit id="b1" xml:space="preserve"><mda:metadata><mda:metaGroup category="c"><mda:meta type="score">1</mda:meta>'
    '</mda:metaGroup></mda:metadata><notes><note category="comment" priority="2">hm</note></notes>'
    '<segment state="final" subState="w:x"><source>Ja.</source><target>Yes.</target></segment></unit>'
)
GOOD2 = (
    '<?xml version="1.0"?>\n<xliff version="2.0" srcLang="de" trgLang="en"'
    ' xmlns="urn:oasis:names:tc:xliff:document:2.0"'
    f' xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"><file id="f1" original="a.txt">{UNIT2}</file></xliff>'
)
INVALID1 = {
    "other version": ('version="1.2"', 'version="1.0"'),
    "no version": (' version="1.2"', ""),
    "no namespace": (' xmlns="urn:oasis:names:tc:xliff:document:1.2"', ""),
    "other namespace": ("document:1.2", "document:1.1"),
    "no original": (' original="a.txt"', ""),
    "no source language": (' source-language="de"', ""),
    "no datatype": (' datatype="plaintext"', ""),
    "unknown datatype": ("plaintext", "papyrus"),
    "no language": ('"de"', '"german_DE"'),
    "no date": ("2026-01-02T03:04:05Z", "yesterday"),
    "unknown attribute": ("<file ", '<file colour="red" '),
    "no body": (f"<body>{UNIT1}</body>", ""),
    "two bodies": ("</body>", "</body><body/>"),
    "header behind": ("</body>", "</body><header/>"),
    "tool without name": (' tool-name="T"', ""),
    "tool without id": (' tool-id="t" tool-name', " tool-name"),
    "no id": ('<trans-unit id="b1"', "<trans-unit"),
    "empty id": ('id="b1"', 'id=" "'),
    "id twice": ("</body>", f"{UNIT1}</body>"),
    "no source": ('<source xml:lang="de">Ja.</source>', ""),
    "two targets": ("</target>", "</target><target/>"),
    "target first": ("<source ", "<target/><source "),
    "note before source": ("<source ", "<note/><source "),
    "unknown approval": ('approved="no"', 'approved="maybe"'),
    "unknown state": ('state="final"', 'state="rejected"'),
    "unknown qualifier": ('state="final"', 'state-qualifier="bad"'),
    "unknown space": ('space="preserve"', 'space="keep"'),
    "context without type": (' context-type="x-score"', ""),
    "unknown context type": ("x-score", "score"),
    "unknown purpose": ('purpose="information"', 'purpose="fun"'),
    "group without context": ('<context context-type="x-score">1</context>', ""),
    "text in a group": ("<context context", "1<context context"),
    "text in a unit": ("<note from", "said<note from"),
    "text in the body": ("<body>", "<body>x"),
    "unknown element": ("<note from", "<remark/><note from"),
    "foreign element": ("<note from", '<x:y xmlns:x="urn:x"/><note from'),
    "unknown entity": ("Ja.", "&nbsp;"),
    "not closed": ("</body>", ""),
    "another root": ("xliff", "xlif"),
    "no file": (GOOD1[GOOD1.index("<file") : GOOD1.index("</xliff>")], ""),
}
INVALID2 = {
    "other version": ('version="2.0" src', 'version="2.9" src'),
    "no source language": (' srcLang="de"', ""),
    "no target language": (' trgLang="en"', ""),
    "no file id": (' id="f1"', ""),
    "id with a space": ('id="b1"', 'id="b 1"'),
    "id twice": ("</file>", f"{UNIT2}</file>"),
    "file of nothing": (UNIT2, ""),
    "unit of nothing": (UNIT2[UNIT2.index("<segment") : -7], ""),
    "notes of nothing": ('<note category="comment" priority="2">hm</note>', ""),
    "notes behind": ("</segment>", "</segment><notes><note>x</note></notes>"),
    "no source": ("<source>Ja.</source>", ""),
    "target first": ("<source>Ja.</source><target>Yes.</target>", "<target>Yes.</target><source>Ja.</source>"),
    "unknown state": ('state="final"', 'state="done"'),
    "substate without state": ('state="final" ', ""),
    "substate without prefix": ('subState="w:x"', 'subState="x"'),
    "priority": ('priority="2"', 'priority="11"'),
    "meta without type": (' type="score"', ""),
    "metadata of nothing": ('<mda:meta type="score">1</mda:meta>', ""),
    "another language": ("<source>", '<source xml:lang="fr">'),
    "unknown attribute": ("<unit ", '<unit approved="yes" '),
    "text in a segment": ("<target>", "x<target>"),
    "unknown element": ("<notes>", "<remarks/><notes>"),
}


def read(path: Path, name: str, text: str) -> int:
    path.write_text(text, encoding="utf-8")
    return len(list(FORMATS[name].read(path)))


def test_the_files_that_are_spoilt_below_are_good(tmp_path: Path) -> None:
    assert (read(tmp_path / "x", "xliff", GOOD1), read(tmp_path / "x", "xliff2", GOOD2)) == (1, 1)
    assert len(INVALID1) + len(INVALID2) > 60


@pytest.mark.parametrize("change", INVALID1.values(), ids=INVALID1)
def test_invalid_xliff_1_is_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    assert change[0] in GOOD1
    with pytest.raises(ExportError, match=r"x\.xlf"):
        read(tmp_path / "x.xlf", "xliff", GOOD1.replace(*change))


@pytest.mark.parametrize("change", INVALID2.values(), ids=INVALID2)
def test_invalid_xliff_2_is_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    assert change[0] in GOOD2
    with pytest.raises(ExportError, match=r"x\.xlf"):
        read(tmp_path / "x.xlf", "xliff2", GOOD2.replace(*change))


def test_the_published_schemas_agree(tmp_path: Path) -> None:
    """OASIS's schemas are not ours to carry; Debian has them in php-symfony-translation."""
    packaged = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
    if not packaged.is_dir():
        absent("no XLIFF schemas: apt-get install php-symfony-translation")
    schemas = tmp_path / "schemas"
    schemas.mkdir()
    for name in ("xml.xsd", "xliff-core-1.2-strict.xsd", "xliff-core-2.0.xsd"):  # which look for the first elsewhere
        text = (packaged / name).read_text(encoding="utf-8")
        text = re.sub(r'schemaLocation="[^" ]*/xml\.xsd"', 'schemaLocation="xml.xsd"', text)
        (schemas / name).write_text(text, encoding="utf-8")
    units = [replace(told(n, text, text), status=list(Status)[n % 3], comment=text) for n, text in enumerate(HOSTILE)]
    chosen = Selection(statuses=frozenset(Status))
    for name, schema in (("xliff", "xliff-core-1.2-strict.xsd"), ("xliff2", "xliff-core-2.0.xsd")):
        for written in (units, [LINK], []):
            out = tmp_path / f"{name}.xlf"
            write(written, name, out, chosen, About(("a", "b"), "made by", "all"))
            command = ["xmllint", "--noout", "--nonet", "--huge", "--schema", str(schemas / schema), str(out)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
