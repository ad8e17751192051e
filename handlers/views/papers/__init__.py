"""Papers and pictures in words: facts in, a tree of blocks or a picture's values out; how they are set is storage's."""

from handlers.views.papers.composing import compose

__all__ = ["compose"]
