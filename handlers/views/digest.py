"""The daily digest in words: it reads in half a minute on a phone and stands alone when forwarded."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from aiogram.utils.formatting import Bold, Text

from handlers.keyboards.digest import again_keyboard, digest_keyboard
from handlers.views import digest_words as words
from handlers.views.dates import moment
from handlers.views.message import Line, Outgoing, outgoing
from risk.digests import BlockFigures, Digest
from risk.notices import NoticeState, Told
from risk.offices import Office
from risk.use_cases.digesting import DigestRead

PAGE_COMES: Final = "Готовлю страницу. Она придёт вам в личный чат с ботом."
SENT_AGAIN: Final = "Дайджест отправлен в алерт-чат ещё раз."

_AWAITED_SHOWN: Final = 4
_VACANT_SHOWN: Final = 2
_BLOCKS_SHOWN: Final = 5
_FORBIDDEN: Final = "forbidden"


def digest_text(office: Office, digest: Digest) -> Outgoing:
    """As it stands in the chat."""
    return outgoing(_lines(office, digest, digest.told_by_block), digest_keyboard(office, digest))


def digest_read(facts: DigestRead) -> Outgoing:
    """As somebody sees it who has asked for it in private."""
    lines = [*_lines(facts.office, facts.digest, facts.by_block), *_preview(facts)]
    return outgoing(lines, digest_keyboard(facts.office, facts.digest))


def lateness_by_block(office: Office, digest: Digest) -> Outgoing:
    """In private, where the office keeps it from the chat: all of the blocks that are late."""
    return outgoing(
        [
            Text(Bold(words.title(office, digest)), f" · {words.as_of(office, digest)}"),
            "Просрочено по блокам (в алерт-чате этих строк нет):",
            *(f"— {_of_block(each, office)}" for each in digest.late_blocks),
            words.data_line(office, digest),
        ]
    )


def digest_astray(office: Office, digest: Digest, sending: Told, times: int) -> Outgoing:
    """Twice in the chat is worse than a question."""
    refused = sending.state is NoticeState.REFUSED
    first = "Дайджест не принят алерт-чатом" if refused else "Дайджест мог не дойти"
    lines = [Text(Bold(first), f" · {words.title(office, digest)}")]
    if refused:
        lines.append(Text(_why_refused(sending.why)))
    else:
        lines.append(Text("Связь прервалась, когда он отправлялся. Посмотрите в алерт-чате, есть ли он там."))
    lines.append(Text("Сам бот его не повторит."))
    return outgoing(lines, again_keyboard(office, digest, times))


def _lines(office: Office, digest: Digest, by_block: Sequence[BlockFigures]) -> Iterator[Line]:
    yield Text(Bold(words.title(office, digest)), f" · {words.as_of(office, digest)}")
    yield from words.late_line(office, digest)
    if words.is_quiet(digest):
        yield words.quiet_line(digest)
    if words.has_open(digest) or not words.is_quiet(digest):
        yield from _risks(digest)
        yield from _appeals(digest)
    yield from _named("Изменилось", words.changes(digest))
    yield from _named("Чаще всего", words.topics(digest))
    yield from _waiting(office, digest)
    yield from _late_blocks(office, by_block)
    if digest.vacant:
        yield f"Не занято: {words.vacant_line(digest, _VACANT_SHOWN)}"
    missed = words.missed_words(digest.missed)
    if missed:
        yield f"Бот не справился: {missed}"
    yield words.data_line(office, digest)


def _risks(digest: Digest) -> Iterator[str]:
    yield f"Риски: {words.stocks(digest, words.STOCKS_OF_RISKS)}"
    stages = words.stages(digest)
    if stages:
        yield f"Из них {stages}"
    if not words.is_quiet(digest):
        yield f"{words.for_days(digest)}: {words.flows(digest, words.FLOWS_OF_RISKS)}"


def _appeals(digest: Digest) -> Iterator[str]:
    if not digest.knows_appeals:
        return
    yield f"Обращения: {words.stocks(digest, words.STOCKS_OF_APPEALS)}"
    uncompared = words.uncompared(digest)
    if uncompared:
        yield f"{uncompared}."
    if not words.is_quiet(digest):
        yield f"{words.for_days(digest)}: {words.flows(digest, words.FLOWS_OF_APPEALS)}"


def _named(name: str, told: Iterable[str]) -> Iterator[str]:
    said = ", ".join(told)
    if said:
        yield f"{name}: {said}"


def _waiting(office: Office, digest: Digest) -> Iterator[str]:
    if not digest.awaited:
        return
    yield "Ждут сегодня:"
    for each in digest.awaited[:_AWAITED_SHOWN]:
        yield f"— {words.awaited_line(each, digest, office.plan)}"
    if digest.awaited_in_all > _AWAITED_SHOWN:
        yield f"— и ещё {digest.awaited_in_all - _AWAITED_SHOWN}: /risks"


def _late_blocks(office: Office, by_block: Sequence[BlockFigures]) -> Iterator[str]:
    if not by_block:
        return
    yield "Просрочено по блокам:"
    for each in by_block[:_BLOCKS_SHOWN]:
        yield f"— {_of_block(each, office)}"
    if len(by_block) > _BLOCKS_SHOWN:
        rest = by_block[_BLOCKS_SHOWN:]
        yield f"— и ещё блоков: {len(rest)}, в них просрочено {sum(each.overdue for each in rest)}"


def _of_block(each: BlockFigures, office: Office) -> str:
    return f"{words.block_name(each, office.plan)}: {words.late_of_block(each)}"


def _preview(facts: DigestRead) -> Iterator[str]:
    if facts.comes_at is None:
        return
    plan, comes_at = facts.office.plan, facts.comes_at
    if comes_at <= facts.digest.as_of:
        yield "Это предпросмотр: в алерт-чате дайджест появится, как только бот сможет его отправить."
    else:
        yield f"Это предпросмотр: в алерт-чат дайджест придёт {moment(comes_at, plan.calendar, facts.digest.as_of)}."


def _why_refused(why: str | None) -> str:
    if why == _FORBIDDEN:
        return "Бота нет в чате, или писать в нём боту запрещено. Верните его и разрешите писать."
    return "Telegram не принял сообщение. Проверьте, что алерт-чат на месте и бот может в нём писать."
