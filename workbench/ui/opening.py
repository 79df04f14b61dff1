"""The workbench that all pages of a server work on, ready before the first browser asks for one."""

from __future__ import annotations

import logging
import os
from contextlib import asynccontextmanager
from threading import Lock, Thread
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.dataframe_util import is_dataframe_like

from workbench.ui import ending, launch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from workbench.core import Workbench

_log = logging.getLogger(__name__)


def folder() -> str:
    """The workspace that the environment names."""
    return os.environ.get(launch.WORKSPACE, "workspace")


def _user() -> str | None:
    return os.environ.get(launch.USER) or None


def opened() -> Workbench:
    """The workbench of this server."""
    return _opened(folder(), _user())[0]


def news() -> list[str]:
    """What was found when the workspace was opened, in sentences for whoever comes first; nothing for the others."""
    found = _opened(folder(), _user())[1]
    told, found[:] = list(found), []
    return told


@st.cache_resource(show_spinner=False)
def _opened(workspace: str, user: str | None) -> tuple[Workbench, list[str]]:
    """One workbench a server: every session and rerun works on the same open store and loaded models."""
    from workbench.core import Workbench

    workbench = Workbench(workspace, user=user)
    return workbench, list(_found(workbench))


def _found(workbench: Workbench) -> Iterator[str]:
    from workbench.core.leftovers import interrupted_jobs, unfinished_files
    from workbench.ui.working import line

    names = workbench.names()
    for job in interrupted_jobs(workbench):
        yield f"The last run was cut short. What it had done is kept, and it goes on by itself. {line(job, names)}."
    yield from unfinished_files(workbench.folder)


# Held while pages are imported: two threads that import what imports each other would get half of it.
IMPORTING = Lock()


@asynccontextmanager
async def ready(_: object) -> AsyncIterator[None]:
    """While the server runs. What a page needs is loaded beside its start, since a browser takes a second as well."""
    ending.insist()
    Thread(target=_get_ready, name="get ready", daemon=True).start()
    yield


def _get_ready() -> None:
    """What fails here fails again when a page is drawn, and is told there."""
    try:
        with IMPORTING:
            from workbench.ui import shell  # noqa: F401
            from workbench.ui.installed import models
            from workbench.ui.views import compare

        compare.prepare(opened())
        models()
        # Streamlit asks this of what a component is given, and loads pandas for it: longer than a page takes otherwise.
        is_dataframe_like([])
    except Exception:
        _log.info("The pages are not ready yet", exc_info=True)
