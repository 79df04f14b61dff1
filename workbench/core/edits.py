"""The facade's part about what people say: edits of links, segments and translations, and their undo."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Literal

from workbench.align import LEAST_CONFIDENCE
from workbench.core.documents import Documents
from workbench.datatypes import Status
from workbench.errors import InputError
from workbench.store import Change, Edited, Undone
from workbench.wiring import editing


class Edits(Documents):
    """Edits: each is in the database when the method returns, and a line of the undo log.

    `since`: the state() that a page was drawn from. Where somebody changed one of the beads or segments concerned
    after that, nothing is changed, and ConflictError says who did what. A link made by hand, whichever way, counts
    as accepted by the user; passages that lose theirs stand alone, and nothing is said of them. `src` names the
    document that counts as the source, in what is asked and in the beads of the answer; where it is not given, it is
    the one that the two were aligned from (see aligned_pairs).
    """

    def state(self) -> int:
        """The number of the workspace's latest change.

        It grows with every edit, undo and redo, and every new alignment, translation and document.
        """
        return self._store.state()[0]

    def review(self, bead_id: str, status: Status, since: int | None = None, *, src: str | None = None) -> Edited:
        """Accept or reject a bead, or take back what was said of it. Raises UnknownItemError."""
        source = self._id(src)
        with self._store.editing(self.user, since) as changes:
            return editing.review(changes, bead_id, Status(status), source)

    def set_comment(self, bead_id: str, text: str, since: int | None = None) -> Edited:
        """Remark on a bead; an empty text takes the remark back. Raises UnknownItemError.

        It stays when the documents are aligned anew, and goes along when the bead is merged, moved or split.
        """
        with self._store.editing(self.user, since) as changes:
            return editing.comment(changes, bead_id, text.strip())

    def link(
        self,
        src: str,
        tgt: str,
        src_segments: Sequence[int],
        tgt_segments: Sequence[int],
        since: int | None = None,
    ) -> Edited:
        """Link passages, aligned or not, in any language and order, in place of whatever they were linked to.

        Segments are given by index, 0-based. Raises InputError on one that a document does not have, and where there
        is one document only.
        """
        docs = self._store.find_document(src), self._store.find_document(tgt)
        if docs[0] == docs[1]:
            raise InputError(f"a link is between two documents, and {src} and {tgt} are one; name another")
        with self._store.editing(self.user, since) as changes:
            return editing.link(changes, docs, src_segments, tgt_segments)

    def merge(self, bead_ids: Sequence[str], since: int | None = None, *, src: str | None = None) -> Edited:
        """Make two or more beads of a pair one link. Raises InputError where all are of one document."""
        source = self._id(src)
        with self._store.editing(self.user, since) as changes:
            return editing.merge(changes, bead_ids, source)

    def split(
        self, bead_id: str, src_at: int, tgt_at: int, since: int | None = None, *, src: str | None = None
    ) -> Edited:
        """Make a link two beads: its first `src_at` source and `tgt_at` target segments, and the others.

        Raises InputError where nothing would be left of one half.
        """
        source = self._id(src)
        with self._store.editing(self.user, since) as changes:
            return editing.split(changes, bead_id, src_at, tgt_at, source)

    def move_boundary(
        self,
        bead_id: str,
        side: Literal["src", "tgt"],
        end: Literal["start", "end"],
        step: int,
        since: int | None = None,
        *,
        src: str | None = None,
        least: float = LEAST_CONFIDENCE,
    ) -> Edited:
        """Move the start or end of a link on one side by one segment.

        `step` +1 takes the neighbouring segment in, out of whatever it was linked to. -1 gives the outermost one to the
        link next to it, or to none, where what is next stands alone: `least` is as in `pair`. A link's only segment of
        a side is not given away: that is `unlink`. Raises InputError where there is nothing to move.
        """
        source = self._id(src)
        with self._store.editing(self.user, since) as changes:
            return editing.move_boundary(changes, bead_id, side, end, step, least, source)

    def unlink(self, bead_id: str, since: int | None = None, *, src: str | None = None) -> Edited:
        """Say of a bead's segments that they have no counterpart: each stands alone, accepted as such."""
        source = self._id(src)
        with self._store.editing(self.user, since) as changes:
            return editing.unlink(changes, bead_id, source)

    def edit_translation(self, segment_id: str, text: str, since: int | None = None) -> Edited:
        """Write a segment's English by hand, which no model overwrites; an empty text brings the model's back.

        It belongs to the segment and its text: a changed text is not shown with it. Raises UnknownItemError.
        """
        return self._store.set_english(segment_id, " ".join(text.split()), self.user, since)

    def split_segment(self, segment_id: str, at: int, since: int | None = None) -> Edited:
        """Cut a segment in two before character `at` of its text. Raises InputError where a half would be empty.

        Both halves stay in its beads, with what was said of them; all other segments keep theirs. English written by
        hand stays with the whole. What is cut stays so in later versions of the file that have the segment.
        """
        return self._store.split_segment(segment_id, at, self.user, since)

    def join_segments(self, first_id: str, second_id: str, since: int | None = None) -> Edited:
        """Make two segments that follow each other one. Raises InputError where they do not.

        It is linked to whatever either was linked to, in one bead, which is accepted where both links were.
        """
        return self._store.join_segments(first_id, second_id, self.user, since)

    def say_related(self, refs: Sequence[str], related: bool = True) -> Edited:
        """Say that documents tell of one thing, every two of them, though the texts may not show it; or take it back.

        It holds for all later alignments; one that was made before is stale. Raises InputError when fewer than two
        different documents are named.
        """
        doc_ids = self._ids(refs)
        if len(doc_ids) < 2:
            raise InputError(f"only two documents or more tell of one thing, got {' '.join(refs) or 'none'}")
        names = " and ".join(self._row(doc_id).name for doc_id in doc_ids)
        said = f"{'said' if related else 'took back'} that {names} tell of one thing"
        return self._store.say_related(list(combinations(doc_ids, 2)), related, said, self.user)

    def undo(self) -> Undone | None:
        """Take back this user's latest change; None when nothing is left.

        Nobody's later work is taken back with it: where another has since changed the same things, nothing is undone
        and ConflictError says who did what. A machine's alignment is no change: after one, what was said of beads
        is taken back, and the beads themselves only where they all still stand as the change left them.
        """
        return self._store.undo(self.user)

    def redo(self) -> Undone | None:
        """Bring back what this user undid last, under the same conditions; None when nothing is left."""
        return self._store.redo(self.user)

    def history(self, limit: int = 100) -> list[Change]:
        """The latest changes of everybody, newest first."""
        return self._store.changes(limit)
