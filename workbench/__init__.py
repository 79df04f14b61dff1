"""A workbench for several versions of one text in several languages."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Settings", "Workbench", "__version__"]

if TYPE_CHECKING:
    from workbench.core import Workbench
    from workbench.settings import Settings


def __getattr__(name: str) -> Any:
    """Load the facade when it is first asked for: `import workbench` alone stays light."""
    if name == "Workbench":
        from workbench.core import Workbench

        return Workbench
    if name == "Settings":
        from workbench.settings import Settings

        return Settings
    raise AttributeError(f"module 'workbench' has no attribute {name!r}")
