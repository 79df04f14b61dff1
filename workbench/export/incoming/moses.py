"""Moses pairs: two files of plain text, of which the lines of the same number belong together."""

from __future__ import annotations

from workbench.errors import InputError
from workbench.export.incoming.bitext import Collector, File, ForeignBitext, named_by
from workbench.export.incoming.sheets import Decode, with_line_ends
from workbench.plurals import count


def read(src: File, tgt: File, decode: Decode) -> ForeignBitext:
    """Raises InputError where one has more lines than the other."""
    sides = [_lines(file, decode) for file in (src, tgt)]
    if len(sides[0]) != len(sides[1]):
        raise InputError(
            f"{src.name} has {count(len(sides[0]), 'line')} and {tgt.name} has {len(sides[1]):,}; "
            "line by line they do not belong together"
        )
    found = Collector("Moses")
    for lines in zip(*sides, strict=True):
        found.add({str(side): [line] for side, line in enumerate(lines)})
    langs = {
        str(side): named_by(file.name, lines) for side, (file, lines) in enumerate(zip((src, tgt), sides, strict=True))
    }
    return found.done(langs, {"0": src.name, "1": tgt.name})


def _lines(file: File, decode: Decode) -> list[str]:
    lines = with_line_ends(decode(file.data).removeprefix("\ufeff")).split("\n")
    return lines[:-1] if lines and not lines[-1].strip() else lines
