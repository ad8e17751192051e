"""What a member's messages say: the gist, the sources, a suggested block and level; nothing is decided."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from risk.gist import gist_of, without_placeholders
from risk.ids import BlockKey, LevelKey, RiskId, TerritoryKey
from risk.masking import Hidden, mask, mask_ranges
from risk.sameness import Sameness
from risk.sources import Source, find_links, read_link, spoken, without_links
from risk.vocabulary import Lexicon, Vocabulary, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMessage:
    """A message as it came: it lives in memory only.

    `links` are the addresses in its formatting, `name_ranges` the (begins, ends) of mentioned people in
    UTF-16 units of `text`, `from_channel_post` the address of a forwarded post («t.me/name/77»).
    """

    message_id: int
    sent_at: datetime
    text: str
    links: tuple[str, ...] = ()
    name_ranges: tuple[tuple[int, int], ...] = ()
    is_forward: bool = False
    from_channel_post: str | None = None
    has_media: bool = False
    album: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A message as it may be stored: `text` is masked and free of links, which stand in `sources`."""

    message_id: int
    sent_at: datetime
    text: str
    sources: tuple[Source, ...] = ()
    hidden: frozenset[Hidden] = frozenset()
    is_forward: bool = False
    has_media: bool = False
    album: str | None = None

    @property
    def is_empty(self) -> bool:
        """Neither words nor links nor pictures."""
        has_words = any(map(str.isalnum, without_placeholders(self.text)))
        return not (has_words or self.sources or self.has_media)

    def spoken_or_linked(self) -> tuple[Source, ...]:
        """What answers the question about a source: the links, else the words themselves («домовой чат»)."""
        return self.sources or tuple(filter(None, (spoken(self.text),)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A risk that may be the same one, and why; a member decides."""

    risk: RiskId
    sameness: Sameness


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What the parts say together. Words stand as the resident wrote them.

    `level` is a suggestion like the rest: whether the highest one asks for a second press, the caller knows.
    """

    gist: str | None
    sources: tuple[Source, ...]
    block: BlockKey | None
    block_words: tuple[str, ...]
    level: LevelKey
    level_words: tuple[str, ...]
    territory: TerritoryKey | None
    territory_word: str | None
    hidden: frozenset[Hidden]
    has_media: bool
    alike: tuple[Alike, ...] = ()

    def forgotten(self) -> Self:
        """The same without anything that was sent."""
        return replace(
            self,
            gist=None,
            sources=(),
            block=None,
            block_words=(),
            level_words=(),
            territory=None,
            territory_word=None,
            hidden=frozenset(),
            has_media=False,
            alike=(),
        )


def take_in(raw: RawMessage) -> Part:
    """Make of a message what may be stored; everything else of it is to be dropped at once."""
    named = mask_ranges(raw.text, raw.name_ranges)
    masked = mask(_without(raw.links, without_links(named)))
    return Part(
        message_id=raw.message_id,
        sent_at=raw.sent_at,
        text=masked.text,
        sources=tuple(dict.fromkeys(_sources(raw, named))),
        hidden=masked.hidden | ({Hidden.NAME} if raw.name_ranges else set()),
        is_forward=raw.is_forward,
        has_media=raw.has_media,
        album=raw.album,
    )


def understand(parts: Sequence[Part], vocabulary: Vocabulary) -> Understanding:
    """Work out suggestions from all the parts together; the order in which they came does not matter."""
    ordered = sorted(parts, key=lambda part: part.message_id)
    words = [vocabulary.words_of(without_placeholders(part.text)) for part in ordered]
    territory, territory_word = _territory(words, vocabulary)
    block, block_words = _block(words, territory, territory_word, vocabulary)
    level, level_words = _level(words, vocabulary)
    return Understanding(
        gist=_gist(ordered),
        sources=tuple(dict.fromkeys(source for part in ordered for source in part.sources)),
        block=block,
        block_words=block_words,
        level=level,
        level_words=level_words,
        territory=territory,
        territory_word=territory_word,
        hidden=frozenset().union(*(part.hidden for part in ordered)),
        has_media=any(part.has_media for part in ordered),
    )


def _sources(raw: RawMessage, text: str) -> Iterator[Source]:
    typed = (link.source for link in find_links(text))
    posted = () if raw.from_channel_post is None else (raw.from_channel_post,)
    for source in (*map(read_link, posted), *typed, *map(read_link, raw.links)):
        if source is not None:
            yield source


def _without(links: Iterable[str], text: str) -> str:
    """Cut out links that only the messenger recognised («пример.рф/новости»)."""
    for link in sorted(links, key=len, reverse=True):
        if read_link(link) is not None:
            text = text.replace(link, " ")
    return text


def _gist(parts: Sequence[Part]) -> str | None:
    """The member's own comment tells it, else what was forwarded."""
    own = [part.text for part in parts if not part.is_forward]
    return gist_of((*own, *(part.text for part in parts if part.is_forward)))


# --- words → block, level, territory --------------------------------------------------------------

_Texts = Sequence[Sequence[Word]]
"""The words of each part: a phrase does not run from one message into another."""


def _said(lexicon: Lexicon, texts: _Texts) -> dict[tuple[str, ...], str]:
    """What of the lexicon was said → how it was first written."""
    said: dict[tuple[str, ...], str] = {}
    for words in texts:
        for match in lexicon.matches(words):
            said.setdefault(match.entry, _written(words, match.begins, match.ends))
    return said


def _written(words: Sequence[Word], begins: int, ends: int) -> str:
    return " ".join(word.written for word in words[begins:ends])


def _block(
    texts: _Texts, territory: TerritoryKey | None, territory_word: str | None, vocabulary: Vocabulary
) -> tuple[BlockKey | None, tuple[str, ...]]:
    """The block of the named place, else the one with the most words; the preset's order settles ties."""
    territorial = None if territory is None else vocabulary.block_of.get(territory)
    if territorial is not None and territory_word is not None:
        return territorial, (territory_word,)
    said = [(block, tuple(_said(lexicon, texts).values())) for block, lexicon in vocabulary.blocks]
    best, words = max(said, key=lambda each: len(each[1]), default=(None, ()))
    return (best, words) if words else (None, ())


def _level(texts: _Texts, vocabulary: Vocabulary) -> tuple[LevelKey, tuple[str, ...]]:
    for level, lexicon in reversed(vocabulary.levels):
        words = tuple(_said(lexicon, texts).values())
        if words:
            return level, words
    return vocabulary.plan.default_level, ()


def _territory(texts: _Texts, vocabulary: Vocabulary) -> tuple[TerritoryKey | None, str | None]:
    """The territory most often named; of equals one with a block, since a town is often only context."""
    said: dict[TerritoryKey, dict[object, str]] = {}
    for words in texts:
        for match, settlement in vocabulary.settlements_in(words):
            named = said.setdefault(settlement.territory, {})
            named.setdefault(settlement.name, _written(words, match.begins, match.ends))
    for territory, title in vocabulary.territories:
        for entry, written in _said(title, texts).items():
            said.setdefault(territory, {}).setdefault(entry, written)
    if not said:
        return None, None
    best = max(said, key=lambda each: (len(said[each]), each in vocabulary.block_of))
    return best, next(iter(said[best].values()))
