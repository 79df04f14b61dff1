"""What a browser asks for, carried out on its feed."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from workbench import jobs
from workbench.datatypes import Status
from workbench.errors import ConflictError, WorkbenchError
from workbench.store import Edited, Undone
from workbench.ui import words
from workbench.ui.feed import Feed
from workbench.ui.rows import Data

_log = logging.getLogger(__name__)
# To align a part takes seconds, the first time most of them to load models; the page is not kept waiting.
_aligner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aligner")


def answer(feed: Feed, asked: Data) -> None:
    """Carry out what the browser asks for, each request once, and post what came of it. Errors become sentences."""
    feed.acknowledge(asked["have"])
    for request in asked["requests"]:
        if request["n"] > feed.done:
            feed.done = request["n"]
            _carry_out(feed, {"state": feed.state} | request)


def _carry_out(feed: Feed, asked: Data) -> None:
    """`asked`: its `state` is the one that it is about, the latest of those where it follows another request."""
    try:
        _ANSWERS[asked["do"]](feed, asked)
    except WorkbenchError as error:
        # Most often somebody else was first: the page shows what they did.
        feed.refresh(said=words.complaint(error), tone="error", conflict=isinstance(error, ConflictError))
    except Exception:
        _log.exception("While answering %s", asked["do"])
        feed.post(said=words.unforeseen(), tone="error")


def _everything(feed: Feed, asked: Data) -> None:
    feed.send_all()
    if feed.work is not None:  # whoever asked for it may have gone to another page meanwhile
        feed.post(working=True)


def _news(feed: Feed, asked: Data) -> None:
    if feed.workbench.state() != feed.state:
        feed.refresh()


def _find(feed: Feed, asked: Data) -> None:
    feed.post(found={"text": asked["text"], "hits": feed.find(asked["text"])})


def _verdicts(feed: Feed, asked: Data) -> None:
    feed.least = asked["least"]
    feed.post(verdicts=feed.verdicts())


def _check(feed: Feed, asked: Data) -> None:
    if "from" in asked:
        feed.check_all()
    feed.post(**feed.check())


def _edit(feed: Feed, edited: Edited, **more: Any) -> None:
    feed.take(edited, words.sentence(edited.said), **more)


def _since(feed: Feed, asked: Data) -> dict[str, Any]:
    """From when the page is, and that the left column counts as the source, whichever way the pair was aligned."""
    return {"since": asked["state"], "src": feed.docs[asked["at"][0]]}


def _review(feed: Feed, asked: Data) -> None:
    _edit(feed, feed.workbench.review(asked["bead"], Status(asked["status"]), **_since(feed, asked)))


def _link(feed: Feed, asked: Data) -> None:
    src, tgt = (feed.docs[column] for column in asked["at"])
    _edit(feed, feed.workbench.link(src, tgt, asked["left"], asked["right"], since=asked["state"]))


def _related(feed: Feed, asked: Data) -> None:
    docs = [feed.docs[column] for column in asked["at"]]
    edited = feed.workbench.say_related(docs, asked["related"])
    jobs.start(feed.workbench, "align", docs)
    feed.refresh()
    feed.post(verdicts=feed.verdicts(), said=words.sentence(edited.said))


def _merge(feed: Feed, asked: Data) -> None:
    _edit(feed, feed.workbench.merge(asked["beads"], **_since(feed, asked)))


def _split(feed: Feed, asked: Data) -> None:
    edited = feed.workbench.split(asked["bead"], asked["left"], asked["right"], **_since(feed, asked))
    halves = words.halves([bead.bead for bead in edited.added if not bead.bead.is_null])
    feed.take(edited, words.sentence(edited.said + halves))


def _boundary(feed: Feed, asked: Data) -> None:
    where = asked["side"], asked["end"], asked["step"]
    moved = feed.workbench.move_boundary(asked["bead"], *where, **_since(feed, asked), least=asked["least"])
    _edit(feed, moved)


def _unlink(feed: Feed, asked: Data) -> None:
    _edit(feed, feed.workbench.unlink(asked["bead"], **_since(feed, asked)))


def _translation(feed: Feed, asked: Data) -> None:
    written = feed.workbench.edit_translation(asked["segment"], asked["text"], since=asked["state"])
    _edit(feed, written, wrote=[asked["segment"], asked["text"]])


def _include(feed: Feed, asked: Data) -> None:
    feed.workbench.set_included(asked["segments"], asked["included"])
    feed.refresh()


def _realign(feed: Feed, asked: Data) -> None:
    src, tgt = (feed.docs[column] for column in asked["at"])
    if feed.work is None:
        parts = range(*asked["left"]), range(*asked["right"])
        feed.work = _aligner.submit(feed.workbench.align_range, src, tgt, *parts)
    feed.post(working=True)


def _wait(feed: Feed, asked: Data) -> None:
    if feed.work is not None and not feed.work.done():
        feed.post(working=True)
        return
    work, feed.work = feed.work, None
    if work is not None:
        work.result()
        feed.refresh(said="These passages are aligned again; accepted and imported links stayed.")


def _undo(feed: Feed, asked: Data) -> None:
    done = feed.workbench.undo()
    feed.refresh("redo", said=f"Undone: {_told(feed, done)}." if done else "There is nothing to undo.")


def _redo(feed: Feed, asked: Data) -> None:
    done = feed.workbench.redo()
    feed.refresh("undo", said=f"Done again: {_told(feed, done)}." if done else "There is nothing to redo.")


def _told(feed: Feed, done: Undone) -> str:
    """What was taken or brought back; it may be of documents that are not shown."""
    return done.said + words.in_documents(done, feed.workbench.names(), feed.docs)


_ANSWERS = {
    "all": _everything,
    "news": _news,
    "find": _find,
    "verdicts": _verdicts,
    "check": _check,
    "review": _review,
    "link": _link,
    "related": _related,
    "merge": _merge,
    "split": _split,
    "boundary": _boundary,
    "unlink": _unlink,
    "translation": _translation,
    "include": _include,
    "realign": _realign,
    "wait": _wait,
    "undo": _undo,
    "redo": _redo,
}
