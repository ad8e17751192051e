"""A composed paper becomes a file: set by the office's own template where it has one that can be opened."""

from datetime import datetime
from pathlib import Path

from risk.documents import Document, Picture
from storage.documents.setting import draw, set_document
from storage.documents.templates import TemplateRefused


def typeset(composed: Document | Picture, path: Path, *, made_at: datetime, template: Path | None) -> str | None:
    """Why the template that there is was refused, if it was: set plainly then. It takes a while, in a process apart."""
    if not isinstance(composed, Document):
        draw(composed, path)
        return None
    why: str | None = None
    if template is not None:
        try:
            set_document(composed, path, made_at=made_at, template=template)
        except TemplateRefused as refused:
            why = refused.why
        else:
            return None
    set_document(composed, path, made_at=made_at)
    return why
