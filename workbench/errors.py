"""The errors a user can meet. Each also subclasses the builtin that a caller would expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.datatypes import Judgement


class WorkbenchError(Exception):
    """Base of all our errors. The message is one sentence a user can act on."""


class InputError(WorkbenchError, ValueError):
    """A file or text that cannot be used as it is."""


class DocumentError(InputError):
    """A document that a reader cannot turn into text."""


class UnknownDocumentError(WorkbenchError, LookupError):
    """A document name or id that the workspace does not hold."""


class UnknownItemError(WorkbenchError, LookupError):
    """A segment or bead id that the workspace does not hold."""


class ConflictError(WorkbenchError, RuntimeError):
    """A change of something that somebody else changed meanwhile; nothing was changed."""


class JudgedMeanwhileError(ConflictError):
    """A judgement of a unit of which its judge said something since they looked, as in another browser tab.

    `said`: that, which stands; the new judgement was not kept.
    """

    def __init__(self, said: Judgement) -> None:
        super().__init__(
            f"{said.judge or 'you'} judged this meanwhile in another place ({said.grade}), and that stands;"
            " look at it again, and judge it anew to change it"
        )
        self.said = said


class ModelError(WorkbenchError, RuntimeError):
    """A model that is missing, damaged, or failed."""


class ModelMissingError(ModelError, FileNotFoundError):
    """A model that is not installed; the message says which command installs it."""


class StoreError(WorkbenchError, RuntimeError):
    """A workspace database that cannot be opened, read or written."""


class ExportError(WorkbenchError, ValueError):
    """An export that would not be valid, or a format that does not exist."""
