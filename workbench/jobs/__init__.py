"""Work that outlives the page or the terminal that asked for it: a queue in the workspace, a worker beside it."""

from workbench.jobs.kinds import KINDS, start
from workbench.jobs.locks import at_work, is_busy
from workbench.jobs.spawn import LOG, ensure_worker

__all__ = ["KINDS", "LOG", "at_work", "ensure_worker", "is_busy", "start"]
