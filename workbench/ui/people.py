"""Who works at this browser: the login name until they say who they are, once."""

from __future__ import annotations

import streamlit as st

from workbench.core import Workbench
from workbench.ui.components import person

_NAME = "person_name"
_LONGEST = 60


def workbench_of_this_browser(workbench: Workbench) -> Workbench:
    """The workbench with the changes of whoever sits here as theirs; their name is drawn and can be changed."""
    if _NAME not in st.session_state:
        _call(person.kept())
    mine = workbench.for_user(st.session_state[_NAME])
    with st.container(key="who"):
        person.person(mine.user, workbench.user, _call)
    return mine


def _call(name: str) -> None:
    st.session_state[_NAME] = tidy(name)


def tidy(name: str) -> str:
    """A name on one line, without what cannot be seen."""
    seen = "".join(ch if ch.isprintable() else " " for ch in name)
    return " ".join(seen.split())[:_LONGEST].strip()
