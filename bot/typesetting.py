"""A composed paper becomes a file: set by the office's own template where it has one that can be opened."""

from datetime import datetime
from pathlib import Path

import structlog

from handlers.views.papers.composing import Composed
from risk.documents import Document
from storage.documents.setting import draw, set_document
from storage.documents.templates import TemplateRefused

_log = structlog.get_logger(__name__)


def typeset(composed: Composed, path: Path, *, made_at: datetime, template: Path | None) -> bool:
    """Whether it had to be set plainly, without the template that there is. It takes a while: call it in a thread."""
    if not isinstance(composed, Document):
        draw(composed, path)
        return False
    if template is not None:
        try:
            set_document(composed, path, made_at=made_at, template=template)
        except TemplateRefused as refused:
            _log.warning("template refused", template=str(template), why=refused.why)
        else:
            return False
    set_document(composed, path, made_at=made_at)
    return template is not None
