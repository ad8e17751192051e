"""The commands there are, each with its hint, the power it needs and where it is offered; what they do is elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from risk.powers import Power
from risk.use_cases.offering import Offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A line of the messenger's own menu. `power` is None for what everybody in the office may do.

    `of_figures`: for those who may read figures, of the office or of a block of theirs.
    """

    name: str
    hint: str
    power: Power | None = None
    of_figures: bool = False
    in_private: bool = True
    in_alert_chat: bool = False
    for_chat_administrators: bool = False


COMMANDS: Final = (
    Command(name="menu", hint="что можно сделать"),
    Command(name="risk", hint="зарегистрировать риск", power=Power.FILE, in_alert_chat=True),
    Command(name="risks", hint="открытые риски", power=Power.READ, in_alert_chat=True),
    Command(name="mine", hint="риски, которые касаются меня", power=Power.READ),
    Command(name="digest", hint="дайджест на сегодня", power=Power.READ),
    Command(name="reminders", hint="что за мной и когда напоминать", power=Power.READ),
    Command(name="appeals", hint="обращения: список или одно по номеру", power=Power.READ),
    Command(name="overdue", hint="просроченные обращения", power=Power.READ),
    Command(name="appeal", hint="записать звонок или приём", power=Power.FILE),
    Command(name="find", hint="найти риск или обращение по словам", power=Power.READ),
    Command(name="card", hint="карточка риска по номеру", power=Power.READ, in_alert_chat=True),
    Command(name="history", hint="история риска по номеру", power=Power.READ),
    Command(name="close", hint="чего не хватает для закрытия", power=Power.WORK),
    Command(name="merge", hint="объединить два риска", power=Power.DECIDE),
    Command(name="ledger", hint="журнал напоминаний", power=Power.DECIDE),
    Command(name="memo", hint="справка за неделю, месяц или квартал", power=Power.READ, of_figures=True),
    Command(name="summary", hint="показатели за день, неделю, месяц или любые даты", power=Power.READ, of_figures=True),
    Command(name="problems", hint="темы, где больше просрочено или растёт", power=Power.READ, of_figures=True),
    Command(name="rating", hint="работа блоков и отделов по составляющим", power=Power.READ, of_figures=True),
    Command(name="workload", hint="что в работе у каждого блока", power=Power.READ, of_figures=True),
    Command(name="heatmap", hint="тепловая карта тем", power=Power.READ, of_figures=True),
    Command(name="imports", hint="загрузки выгрузок обращений", power=Power.IMPORT),
    Command(name="export", hint="реестры в Excel", power=Power.READ, of_figures=True),
    Command(name="people", hint="люди и должности", power=Power.READ),
    Command(name="invite", hint="пригласить на должность", power=Power.INVITE),
    Command(name="name", hint="исправить своё имя для бумаг", power=Power.READ),
    Command(name="dismiss", hint="освободить должность", power=Power.DISMISS),
    Command(name="transfer", hint="передать должность", power=Power.DISMISS),
    Command(name="absence", hint="отметить отсутствие и кто замещает", power=Power.READ),
    Command(name="duty", hint="кто дежурит", power=Power.READ, in_alert_chat=True),
    Command(name="office", hint="сменить офис, если их несколько", power=Power.READ),
    Command(name="settings", hint="настройки офиса", power=Power.CONFIGURE),
    Command(
        name="bind",
        hint="сделать группу алерт-чатом",
        power=Power.BIND,
        in_private=False,
        for_chat_administrators=True,
    ),
    Command(name="help", hint="что умеет бот", in_alert_chat=True),
)
"""In the order in which they are offered. Any other command in a group is taken to be meant for another bot."""


def offered_in_private(offered: Offered) -> Iterator[Command]:
    """What a person is offered; nothing to somebody who has no power."""
    if offered.powers:
        yield from (each for each in COMMANDS if each.in_private and is_for(each, offered))


def offered_in_alert_chat(*, to_administrators: bool) -> Iterator[Command]:
    """What is offered to everybody there, and besides to those who administrate it."""
    for each in COMMANDS:
        if each.in_alert_chat or (to_administrators and each.for_chat_administrators):
            yield each


def is_for(command: Command, offered: Offered) -> bool:
    """Whether somebody who is offered so much may use it."""
    return (command.power is None or command.power in offered.powers) and (offered.figures or not command.of_figures)
