"""answerCallbackQuery."""

from aiogram.methods import AnswerCallbackQuery

from bot.sandbox import utf16
from bot.sandbox.presses import Answer
from bot.sandbox.refusals import Reason, bad_request
from bot.sandbox.world import World

ANSWER_LIMIT = 200


def answer_callback_query(world: World, call: AnswerCallbackQuery) -> bool:
    """The one answer to a press; a second one, or one too late, is refused."""
    press = world.presses.get(call.callback_query_id)
    if press is None or not press.awaits_answer(world.clock()):
        raise bad_request(Reason.QUERY_TOO_OLD)
    if utf16.length(call.text or "") > ANSWER_LIMIT:
        raise bad_request(Reason.ANSWER_TOO_LONG)
    press.answer = Answer(text=call.text or None, show_alert=bool(call.show_alert), url=call.url)
    world.changed()
    return True
