"""The door to Telegram: what people send and press, turned into use cases, and all that people read."""

from aiogram import Router

from handlers import (
    absences,
    anonymous,
    answering,
    appeals,
    cards,
    chats,
    digests,
    duty,
    fallback,
    filing,
    forms,
    help,  # noqa: A004 - a feature's name
    imports,
    joining,
    lists,
    memos,
    menu,
    notes,
    offices,
    papers,
    people,
    reminders,
    reports,
    settings,
    working,
)


def routers() -> list[Router]:
    """The features in the order they are asked in; made anew, since a router has one parent for life."""
    made = [
        working.router(),
        joining.router(),
        chats.router(),
        anonymous.router(),
        cards.router(),
        notes.router(),
        lists.router(),
        reminders.router(),
        memos.router(),
        digests.router(),
        appeals.router(),
        reports.router(),
        people.router(),
        absences.router(),
        duty.router(),
        menu.router(),
        offices.router(),
        settings.router(),
        help.router(),
        imports.router(),
        papers.router(),
        forms.router(),
        filing.router(),
        fallback.router(),
    ]
    for each in made:
        answering.attach(each)
    return made
