"""How a digest words its figures: the text, the picture and the page say the same of each; only the order differs."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from handlers.days import WEEKDAYS, day, day_in_full, numbers
from handlers.figure_words import said_of
from handlers.russian import counted, grouped
from handlers.views.dates import moment, until
from handlers.views.freshness import NO_EXPORTS, SYSTEMS
from handlers.views.lines import WITHOUT_BLOCK, block_line, gist_line
from handlers.views.reminders import KINDS
from risk.appeals import AppealSource
from risk.digests import Awaited, BlockFigures, Digest, Missed
from risk.figures import Figure
from risk.freshness import EXPORTED
from risk.offices import Office, OfficePlan
from risk.units import shortened

STOCKS_OF_RISKS: Final = (Figure.RISKS_OPEN, Figure.RISKS_OVERDUE)
STAGES_OF_RISKS: Final = (Figure.RISKS_TO_VERIFY, Figure.RISKS_TO_ANSWER, Figure.RISKS_WATCHED)
FLOWS_OF_RISKS: Final = (Figure.RISKS_NEW, Figure.RISKS_WORKED_OFF, Figure.RISKS_OVERRIDDEN)
STOCKS_OF_APPEALS: Final = (Figure.OPEN, Figure.OVERDUE, Figure.DEFERRED)
FLOWS_OF_APPEALS: Final = (Figure.NEW, Figure.REPEATED, Figure.FINISHED)

_DATIVE: Final = (
    "к понедельнику", "ко вторнику", "к среде", "к четвергу", "к пятнице", "к субботе", "к воскресенью",
)  # fmt: skip
_ACCUSATIVE: Final = (
    "в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье",
)  # fmt: skip
_LONGEST_IN_WEEKDAYS: Final = 7
_TOPIC_SHOWN: Final = 48
_GIST_SHOWN: Final = 60
_BLOCK_SHOWN: Final = 40
_POSITION_SHOWN: Final = 64
_DAYS_SHOWN: Final = 4


def title(office: Office, digest: Digest) -> str:
    """«МЦУ Пестовского округа · понедельник, 23 ноября»."""
    return f"{office.plan.title} · {day_in_full(digest.day)}"


def as_of(office: Office, digest: Digest) -> str:
    """«по состоянию на 09:00»."""
    return f"по состоянию на {office.plan.calendar.local(digest.as_of):%H:%M}"


def for_days(digest: Digest) -> str:
    """«За чт 19.11», «За пт–вс», «За 06.11–19.11»."""
    period, today = digest.period, digest.day
    first, last = period.first, period.last
    if period.length == 1:
        return f"За {day(first, today)}"
    if period.length <= _LONGEST_IN_WEEKDAYS:
        return f"За {WEEKDAYS[first.weekday()]}–{WEEKDAYS[last.weekday()]}"
    return f"За {numbers(first, today)}–{numbers(last, today)}"


def since(digest: Digest) -> str:
    """«к пятнице», or with its date when that is not of these days."""
    before = digest.previous_day
    if before is None:
        return ""
    return f"к {numbers(before, digest.day)}" if _is_far(digest, before) else _DATIVE[before.weekday()]


def than(digest: Digest) -> str:
    """«чем в пятницу», as `since`."""
    before = digest.previous_day
    if before is None:
        return ""
    return f"чем {numbers(before, digest.day)}" if _is_far(digest, before) else f"чем {_ACCUSATIVE[before.weekday()]}"


def change(digest: Digest, figure: Figure) -> str:
    """«+1», «−2»; nothing where it has not changed, or there is nothing to compare it with."""
    by = digest.change(figure)
    return f"{'+' if by > 0 else '−'}{grouped(abs(by))}" if by else ""


def stocks(digest: Digest, figures: Iterable[Figure]) -> str:
    """«открыто 5 (+1 к пятнице), просрочено 1»: the first change says since when."""
    told, compared = [], since(digest)
    for figure in figures:
        changed = change(digest, figure)
        against = f" ({f'{changed} {compared}'.rstrip()})" if changed else ""
        compared = "" if changed else compared
        told.append(f"{said_of(figure)} {grouped(digest.total[figure])}{against}")
    return ", ".join(told)


def flows(digest: Digest, figures: Sequence[Figure]) -> str:
    """«новых 31 (в среднем 24 в день), повторных 3»: of the first it is said how many are usual."""
    told = [f"{said_of(figure)} {grouped(digest.total[figure])}" for figure in figures]
    usual = usual_words(digest, figures[0])
    return ", ".join([f"{told[0]} ({usual})" if usual else told[0], *told[1:]])


def usual_words(digest: Digest, figure: Figure) -> str:
    """«в среднем 24 в день»; nothing where nothing came in the days before."""
    usual = digest.usual.get(figure)
    return f"в среднем {mean(usual)} в день" if usual else ""


def mean(value: float) -> str:
    """«24», «3,4»: a tenth counts for a small number alone."""
    return grouped(round(value)) if value >= 10 else f"{value:.1f}".replace(".", ",").removesuffix(",0")


def stages(digest: Digest) -> str:
    """«на проверке 1 (просрочено 1), ждут ответа 2»; stages in which nothing is are left out."""
    told = []
    for stage in STAGES_OF_RISKS:
        late = digest.overdue.get(stage, 0)
        if digest.total[stage]:
            told.append(f"{said_of(stage)} {digest.total[stage]}{f' (просрочено {late})' if late else ''}")
    return ", ".join(told)


def changes(digest: Digest) -> Iterator[str]:
    """«„Уборка дорог от снега“ 12 (обычно 4 за 3 дня)»."""
    for each in digest.changed:
        usually = _usually(each.usual, digest.period.length)
        yield f"«{shortened(each.topic, _TOPIC_SHOWN)}» {grouped(each.now)} ({usually})"


def topics(digest: Digest) -> Iterator[str]:
    for topic, count in digest.topics:
        yield f"«{shortened(topic, _TOPIC_SHOWN)}» {grouped(count)}"


def block_name(each: BlockFigures, plan: OfficePlan) -> str:
    named = WITHOUT_BLOCK if each.block is None else block_line(each.block, plan) or str(each.block)
    return shortened(named, _BLOCK_SHOWN)


def late_of_block(each: BlockFigures) -> str:
    """«рисков 1, обращений 4»."""
    told = (("рисков", each.tally[Figure.RISKS_OVERDUE]), ("обращений", each.tally[Figure.OVERDUE]))
    return ", ".join(f"{word} {grouped(count)}" for word, count in told if count)


def awaited_line(each: Awaited, digest: Digest, plan: OfficePlan) -> str:
    """«ИР-12/26 · проверка реакции · сегодня до 16:00 · Нет воды на улице Мира»."""
    when = until(each.due_at, plan.calendar, digest.as_of)
    return f"{each.number} · {KINDS[each.what]} · {when} · {gist_line(each.gist, _GIST_SHOWN)}"


def vacant_line(digest: Digest, shown: int) -> str:
    """«руководитель блока „Сельские территории“, ещё 2»."""
    named = [shortened(each, _POSITION_SHOWN) for each in digest.vacant[:shown]]
    more = [f"ещё {len(digest.vacant) - shown}"] if len(digest.vacant) > shown else []
    return ", ".join([*named, *more])


def missed_words(missed: Missed) -> str:
    """«не доставлено или под вопросом 2, напоминаний ни до кого не дошло 1»."""
    told = (
        ("не доставлено или под вопросом", missed.undelivered),
        ("напоминаний ни до кого не дошло", missed.unreminded),
        ("сообщений не разобрано", missed.unread),
    )
    counts = [f"{words} {count}" for words, count in told if count]
    return ", ".join([*counts, *(["прошлый дайджест вышел без картинки"] if missed.picture else [])])


def late_line(office: Office, digest: Digest) -> Iterator[str]:
    """That it came later than it should, and which days it stands for besides its own."""
    calendar, without = office.plan.calendar, digest.missed.days_without
    if digest.is_late:
        yield f"Позже обычного: обычно он приходит в {calendar.local(digest.due_at):%H:%M}."
    if without:
        named = ", ".join(day(each, digest.day) for each in without[-_DAYS_SHOWN:])
        earlier = len(without) - _DAYS_SHOWN
        more = f" и ещё {counted(earlier, 'день', 'дня', 'дней')} до этого" if earlier > 0 else ""
        yield f"Дайджеста не было: {named}{more}. Эти дни вошли в сегодняшний."
    if digest.is_cut:
        length = counted(digest.period.length, "день", "дня", "дней")
        yield f"Перерыв был дольше: новое и завершённое показано за последние {length}."


def data_line(office: Office, digest: Digest) -> str:
    """«Данные: ИМ на пн 23.11, 08:10, ПОС на пт 20.11, 08:10 (ждём свежую)»."""
    told = [
        f"{SYSTEMS[source]} на {moment(digest.exports[source], office.plan.calendar, digest.as_of)}"
        + (" (ждём свежую)" if source in digest.expected else "")
        for source in EXPORTED
        if source in digest.exports
    ]
    return f"Данные: {', '.join(told)}" if told else NO_EXPORTS


def uncompared(digest: Digest) -> str:
    """«ИМ: выгрузка загружена впервые, обращения с прошлым дайджестом не сравниваем»; nothing where they are."""
    said = ((digest.newly_exported, "выгрузка загружена впервые"), (digest.exported_no_more, "загрузка отменена"))
    why = [f"{_systems(sources)}: {words}" for sources, words in said if sources]
    return f"{'; '.join(why)}, обращения с прошлым дайджестом не сравниваем" if why else ""


def _systems(sources: Collection[AppealSource]) -> str:
    return " и ".join(name for source, name in SYSTEMS.items() if source in sources)


def is_quiet(digest: Digest) -> bool:
    """Whether nothing has come and nothing was finished."""
    return not any(digest.total[figure] for figure in (*FLOWS_OF_RISKS, *FLOWS_OF_APPEALS))


def quiet_line(digest: Digest) -> str:
    """One line for a day of which there is nothing to tell; what an export has yet to say is not denied."""
    if not digest.knows_appeals:
        new = "Новых рисков нет"
    elif digest.expected:
        new = "Новых рисков нет, в имеющихся выгрузках новых обращений тоже"
    else:
        new = "Новых рисков и обращений нет"
    if has_open(digest):
        return f"{new}."
    late = ", просроченных обращений тоже" if digest.knows_appeals else ""
    return f"{new}. Открытых рисков нет{late}."


def has_open(digest: Digest) -> bool:
    """Whether anything stands that its lines would tell of."""
    return any(digest.total[figure] for figure in (*STOCKS_OF_RISKS, *STOCKS_OF_APPEALS))


def _is_far(digest: Digest, day_before: date) -> bool:
    """Whether a weekday alone would leave open which week is meant."""
    return (digest.day - day_before).days >= _LONGEST_IN_WEEKDAYS


def _usually(usual: float, days: int) -> str:
    """«обычно 4 за 3 дня»; a part of one counts for what is rare alone."""
    if not usual:
        return "раньше не было"
    said = grouped(round(usual)) if usual >= 1 else mean(usual)
    return f"обычно {said}" + (f" за {counted(days, 'день', 'дня', 'дней')}" if days > 1 else "")
