"""What stands under papers and pictures in a chat: the finding, source and moment; and that a template did not open."""

from collections.abc import Iterator
from typing import Final

from handlers.views.dates import moment
from handlers.views.papers.composing import Composed
from risk.documents import Document
from risk.offices import Office
from risk.papers import Paper

SET_PLAINLY: Final = "Свой шаблон офиса не открылся: оформлено без него. Скажите об этом тому, у кого доступ к серверу."


def caption_of(composed: Composed) -> str:
    """A picture says in words what it shows: it reads with pictures off, and when forwarded. A paper says its title."""
    return composed.title if isinstance(composed, Document) else f"{composed.title}\n{composed.source}"


def paper_caption(office: Office, paper: Paper) -> Iterator[str]:
    """The lines that it is sent with."""
    if paper.plain:
        yield SET_PLAINLY
    if paper.caption:
        yield paper.caption
    if paper.is_late and paper.due_at is not None:
        due = moment(paper.due_at, office.plan.calendar, paper.made_at or paper.due_at)
        yield f"Позже обычного: должна была прийти {due}."
