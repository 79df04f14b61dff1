"""The one place where the parts are wired together: everything the command line and the pages can do."""

from workbench.core.workbench import Workbench

__all__ = ["Workbench"]
