"""What is said while a paper is being made, and when it cannot be."""

from handlers.views.message import Outgoing
from risk.papers import PaperState
from risk.use_cases.papers import PaperProgress


def paper_progress_line(progress: PaperProgress) -> Outgoing:
    match progress.paper.state:
        case PaperState.PLANNED:
            return Outgoing(text="Готовлю.")
        case PaperState.READY | PaperState.SENT:
            return Outgoing(text="Готово, файл ниже.")
        case PaperState.FAILED:
            return Outgoing(text="Не получилось: сбой у меня, не у вас. Попробуйте ещё раз.")
