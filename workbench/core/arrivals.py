"""The facade's part about files that come in: reviewed exports, bitexts of other tools, and glossaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.core.documents import Documents
from workbench.datatypes import Progress, silent
from workbench.export.incoming import File, ForeignBitext
from workbench.export.incoming.plan import Plan, Take
from workbench.export.incoming.reviewed import Returned
from workbench.quality import Glossary
from workbench.wiring import importing
from workbench.wiring.importing import BitextReport
from workbench.wiring.reviewing import Reviewing, ReviewReport


class Arrivals(Documents):
    """Files that come in: previewed, then taken in as a whole or not at all."""

    def returned(self, files: Sequence[File], encoding: str = "") -> list[Returned] | None:
        """The units of a file that was exported from this workspace; None where it was not. Raises InputError.

        `encoding`, here and below: that of text files (a Python codec), where it is not found rightly.
        """
        units = importing.returned(files, self._settings(encoding))
        return units if units and self._reviewing.knows(units) else None

    def preview_review(self, units: Sequence[Returned]) -> Plan:
        """What a reviewed file changes, what is in conflict with what was changed here since, and what has no place."""
        # The page asks whenever it is drawn, and whenever somebody chooses whose change stays.
        state = self._store.state(), list(units)
        return self._remembered("review", state, lambda: self._reviewing.preview(units))

    def apply_review(
        self,
        units: Sequence[Returned],
        name: str,
        take: Take = "ours",
        choices: Mapping[str, Take] = {},
        *,
        progress: Progress = silent,
    ) -> ReviewReport:
        """Take in what was changed in a reviewed file: all or nothing, one line of the undo log.

        `name`: of the file. Of what was changed here too, `take` says whose stays, and `choices` by key of an item.
        What cannot be placed is told and stops nothing else.
        """
        return self._reviewing.apply(units, name, take, choices, progress)

    @property
    def _reviewing(self) -> Reviewing:
        return Reviewing(self._store, self.segments, self.user)

    def preview_bitext(self, files: Sequence[File], encoding: str = "") -> ForeignBitext:
        """What files of another tool hold, before it is taken in. Raises InputError."""
        return importing.bitext(files, self._settings(encoding)).bitext

    def glossary(self, file: File) -> Glossary:
        """The terms of a TBX or MultiTerm file or a table, to be wanted of `checks`. Raises InputError."""
        return importing.glossary(file, self.settings)

    def take_in_bitext(self, files: Sequence[File], encoding: str = "") -> BitextReport:
        """Take in what another tool holds as pairs of texts: documents with their links, which count as sure.

        One TMX, XLIFF, TSV, CSV or XLSX file, two files of Moses, or an InterText alignment and its documents; an
        earlier version that came from a file of the same name is replaced; `undo` takes it back. Raises InputError.
        """
        return importing.take_in(self._store, importing.bitext(files, self._settings(encoding)), self.user)
