"""What is said while a paper is being made, once it was sent, and when it cannot be."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from handlers.keyboards.papers import again_keyboard
from handlers.russian import grouped
from handlers.views.message import Outgoing, outgoing
from handlers.views.papers.naming import paper_as_object, paper_title
from risk.jobs import Job
from risk.offices import Office
from risk.papers import Paper, PaperFault, PaperKind, PaperState
from risk.use_cases.papers import PaperProgress

IN_HAND: Final = "Это уже готовится: сообщение о ходе работы — выше."
BEGUN_ANEW: Final = "Готовлю ещё раз."

_FAULTS: Final[Mapping[PaperFault, str]] = MappingProxyType(
    {
        PaperFault.FAULT: "Сбой у меня, не у вас. Если повторится, скажите администратору.",
        PaperFault.TOO_LARGE: "Файл больше 50 МБ, Telegram такой не примет. Возьмите период короче.",
        PaperFault.GONE: "Готовый файл пропал с диска. Сделайте ещё раз; если повторится, скажите администратору.",
        PaperFault.REFUSED: "Telegram не принял файл. Сделайте ещё раз; если повторится, скажите администратору.",
        PaperFault.NOT_SENT: "Файл не удалось отправить за сутки, он удалён. Сделайте ещё раз.",
        PaperFault.NOT_THEIRS: "Эти сведения вам больше не поручены, файл удалён.",
    }
)


def paper_progress_line(progress: PaperProgress) -> Outgoing:
    paper = progress.paper
    match paper.state:
        case PaperState.PLANNED:
            return outgoing([f"Готовлю {paper_as_object(paper)}{_so_far(paper, progress.job)}"])
        case PaperState.READY | PaperState.SENT:
            return outgoing([f"{paper_title(paper)}. Готово: файл ниже."])
        case PaperState.FAILED:
            return _failed(progress)


def own_memo_failed(office: Office, paper: Paper) -> Outgoing:
    """To whoever had not asked for it."""
    said = f"{paper_title(paper)} должна была прийти сама: не получилось."
    return outgoing([said, _why(paper)], again_keyboard(office.id, paper))


def _so_far(paper: Paper, job: Job | None) -> str:
    """«: 2 из 3»; nothing is counted before it is in hand."""
    if job is None or not job.total:
        return "."
    if paper.kind is PaperKind.REGISTERS:
        return f": строк {grouped(job.done)} из {grouped(max(job.total, job.done))}."
    return f": {job.done} из {job.total}."


def _failed(progress: PaperProgress) -> Outgoing:
    said = f"{paper_title(progress.paper)}: не получилось."
    return outgoing([said, _why(progress.paper)], again_keyboard(progress.office.id, progress.paper))


def _why(paper: Paper) -> str:
    return _FAULTS[paper.why or PaperFault.FAULT]
