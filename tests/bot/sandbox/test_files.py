"""Files: the bot's uploads, what it sends again by id, captions, downloads, and what people send to it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile

from bot.sandbox.files import MOST_DOWNLOADED_BYTES, MOST_PHOTO_BYTES
from bot.sandbox.formatting import CAPTION_LIMIT
from bot.sandbox.pictures import plain_picture, size_of
from bot.sandbox.refusals import Reason
from tests.bot.sandbox.harness import Json, Reply, Sandbox

PICTURE = plain_picture(64, 48)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0001108003000400301110002110103110100")
"""The head of a JPEG of 64×48."""


@pytest.fixture
async def olga(sandbox: Sandbox) -> int:
    return await sandbox.person("Ольга")


async def upload(sandbox: Sandbox, method: str, content: bytes, *, name: str = "справка.docx", **fields: Any) -> Reply:
    """As aiogram does it: the field names the part that holds the file."""
    form = aiohttp.FormData({key: str(value) for key, value in fields.items()})
    form.add_field(method.removeprefix("send").lower(), "attach://part")
    form.add_field("part", BytesIO(content), filename=name)
    async with sandbox.client.post(f"/bot{sandbox.world.bot.token}/{method}", data=form) as answer:
        return Reply(answer.status, await answer.json())


async def download(sandbox: Sandbox, file_id: str) -> bytes:
    path = (await sandbox.call("getFile", file_id=file_id)).result["file_path"]
    async with sandbox.client.get(f"/file/bot{sandbox.world.bot.token}/{path}") as answer:
        assert answer.status == 200
        return await answer.read()


def file_of(message: Json) -> str:
    carried = message.get("document") or message["photo"][-1]
    return str(carried["file_id"])


async def test_a_document_comes_through_aiogram_and_back(sandbox: Sandbox, olga: int) -> None:
    bot = sandbox.real_bot()
    try:
        sent = await bot.send_document(olga, BufferedInputFile(b"words", "справка.docx"), caption="Справка")
        assert sent.document is not None
        assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("справка.docx", 5, "Справка")
        fetched = await bot.download(sent.document)
        assert fetched is not None
        assert fetched.read() == b"words"
    finally:
        await bot.session.close()


async def test_a_file_may_come_in_the_field_itself(sandbox: Sandbox, olga: int) -> None:
    form = aiohttp.FormData({"chat_id": str(olga)})
    form.add_field("document", b"words", filename="a.txt", content_type="text/plain")
    async with sandbox.client.post(f"/bot{sandbox.world.bot.token}/sendDocument", data=form) as answer:
        sent = (await answer.json())["result"]
    assert sent["document"]["mime_type"] == "text/plain"


@pytest.mark.parametrize("content", [PICTURE, JPEG], ids=["PNG", "JPEG"])
async def test_a_photo_has_the_size_of_its_picture(sandbox: Sandbox, olga: int, content: bytes) -> None:
    sent = (await upload(sandbox, "sendPhoto", content, chat_id=olga)).result
    assert (sent["photo"][-1]["width"], sent["photo"][-1]["height"]) == (64, 48)


async def test_what_was_sent_once_is_sent_again_by_its_id(sandbox: Sandbox, olga: int) -> None:
    first = (await upload(sandbox, "sendDocument", b"words", chat_id=olga)).result
    again = (await sandbox.call("sendDocument", chat_id=olga, document=file_of(first))).result
    assert again["document"] == first["document"]
    assert await download(sandbox, file_of(again)) == b"words"


async def test_a_caption_keeps_its_entities_and_is_edited_or_taken_away(sandbox: Sandbox, olga: int) -> None:
    bold = [{"type": "bold", "offset": 0, "length": 3}]
    first = (await upload(sandbox, "sendDocument", b"words", chat_id=olga)).result
    sent = (
        await sandbox.call("sendDocument", chat_id=olga, document=file_of(first), caption="Вот", caption_entities=bold)
    ).result
    assert (sent["caption"], sent["caption_entities"]) == ("Вот", bold)
    place = {"chat_id": olga, "message_id": sent["message_id"]}
    assert (await sandbox.call("editMessageCaption", **place, caption="Другая")).result["caption"] == "Другая"
    assert "caption" not in (await sandbox.call("editMessageCaption", **place)).result
    assert (await sandbox.call("editMessageCaption", **place)).description.endswith(Reason.NOT_MODIFIED)


async def test_a_keyboard_hangs_under_a_document_and_is_pressed(sandbox: Sandbox, olga: int) -> None:
    file = (await upload(sandbox, "sendDocument", b"words", chat_id=olga)).result
    keyboard = {"inline_keyboard": [[{"text": "Принять", "callback_data": "ok"}]]}
    sent = await sandbox.call("sendDocument", chat_id=olga, document=file_of(file), reply_markup=keyboard)
    await sandbox.fresh_updates()
    await sandbox.control("presses", as_=olga, chat=olga, message_id=sent.result["message_id"], button="Принять")
    [told] = await sandbox.fresh_updates()
    assert told["callback_query"]["message"]["document"]["file_id"] == file_of(file)


async def test_a_file_from_a_person_is_downloaded_by_the_bot(sandbox: Sandbox, olga: int) -> None:
    async with sandbox.client.post("/control/files?name=../обращения.xlsx", data=b"sheet") as answer:
        taken = await answer.json()
    assert (taken["name"], taken["size"]) == ("обращения.xlsx", 5)
    await sandbox.writes(olga, document=True, file=taken["file"], caption="Выгрузка")
    [told] = await sandbox.fresh_updates()
    assert told["message"]["document"]["file_name"] == "обращения.xlsx"
    assert await download(sandbox, told["message"]["document"]["file_id"]) == b"sheet"


@pytest.mark.parametrize("kind", ["photo", "video", "voice", "video_note", "document", "sticker"])
async def test_a_made_up_attachment_can_be_downloaded_too(sandbox: Sandbox, olga: int, kind: str) -> None:
    attachment: Json = {kind: True}
    await sandbox.writes(olga, **attachment)
    [told] = await sandbox.fresh_updates()
    carried = told["message"][kind]
    for file in carried if kind == "photo" else [carried]:
        content = await download(sandbox, file["file_id"])
        assert len(content) == file["file_size"]
        assert kind != "photo" or size_of(content) == (file["width"], file["height"])


async def test_the_page_gets_what_people_see_and_runs_none_of_it(sandbox: Sandbox, olga: int) -> None:
    async with sandbox.client.post(
        "/control/files?name=page.html", data=b"<script>1</script>", headers={"Content-Type": "text/html"}
    ) as answer:
        taken = (await answer.json())["file"]
    async with sandbox.client.get(f"/control/files/{taken}") as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_log_of_calls_names_the_file_and_holds_none_of_it(sandbox: Sandbox, olga: int) -> None:
    sent = (await upload(sandbox, "sendDocument", b"words", chat_id=olga)).result
    [call] = [each for each in (await sandbox.look("calls"))["calls"] if each["method"] == "sendDocument"]
    assert call["params"] == {"chat_id": str(olga), "document": file_of(sent)}


async def test_files_of_a_refused_call_are_not_kept(sandbox: Sandbox, olga: int) -> None:
    reply = await upload(sandbox, "sendDocument", b"words", chat_id=5)
    assert reply.description == f"Bad Request: {Reason.CHAT_NOT_FOUND}"
    assert sandbox.world.files.entries == {}


async def test_an_address_that_get_file_never_told_is_not_there(sandbox: Sandbox, olga: int) -> None:
    await upload(sandbox, "sendDocument", b"words", chat_id=olga)
    token = sandbox.world.bot.token
    for address, code in ((f"/file/bot{token}/documents/file_0.docx", 404), ("/file/bot1:x/documents/file_0", 401)):
        async with sandbox.client.get(address) as answer:
            assert (answer.status, (await answer.json())["error_code"]) == (code, code)


WIDE = plain_picture(2100, 100)
HUGE = plain_picture(5600, 4500)

TOO_BIG_FOR_A_PHOTO = (
    f"file of size {MOST_PHOTO_BYTES + 1} bytes is too big for a photo; the maximum size is {MOST_PHOTO_BYTES} bytes"
)

REFUSED: list[tuple[str, bytes, Json, str]] = [
    ("sendDocument", b"", {}, Reason.FILE_EMPTY),
    ("sendPhoto", b"no picture", {}, Reason.PICTURE_UNREADABLE),
    ("sendPhoto", WIDE, {}, Reason.PICTURE_MISSHAPEN),
    ("sendPhoto", HUGE, {}, Reason.PICTURE_MISSHAPEN),
    (
        "sendPhoto",
        bytes(MOST_PHOTO_BYTES + 1),
        {},
        TOO_BIG_FOR_A_PHOTO,
    ),
    ("sendDocument", b"words", {"caption": "😀" * (CAPTION_LIMIT // 2) + "!"}, Reason.CAPTION_TOO_LONG),
    ("sendDocument", b"words", {"message_thread_id": 7}, Reason.THREAD_NOT_FOUND),
]


@pytest.mark.parametrize(("method", "content", "fields", "says"), REFUSED, ids=lambda value: str(value)[:20])
async def test_an_upload_is_refused_in_telegrams_words(
    sandbox: Sandbox, olga: int, method: str, content: bytes, fields: Json, says: str
) -> None:
    reply = await upload(sandbox, method, content, chat_id=olga, **fields)
    assert (reply.code, reply.description) == (400, f"Bad Request: {says}")


@pytest.mark.parametrize(
    ("method", "given", "code", "says"),
    [
        ("sendDocument", {}, 400, f"Bad Request: {Reason.NO_DOCUMENT}"),
        ("sendPhoto", {}, 400, f"Bad Request: {Reason.NO_PHOTO}"),
        ("sendDocument", {"document": "nobody's id"}, 400, f"Bad Request: {Reason.FILE_UNKNOWN}"),
        ("sendDocument", {"document": "attach://nothing"}, 400, f"Bad Request: {Reason.FILE_UNKNOWN}"),
        ("getFile", {}, 400, f"Bad Request: {Reason.FILE_ID_MISSING}"),
        ("getFile", {"file_id": "nobody's id"}, 400, f"Bad Request: {Reason.FILE_ID_INVALID}"),
        ("sendDocument", {"document": "https://example.org/a.pdf"}, 501, "Not Implemented"),
        ("sendPhoto", {"photo": "nobody's id", "has_spoiler": True}, 501, "Not Implemented"),
    ],
)
async def test_a_call_without_its_file_is_refused(
    sandbox: Sandbox, olga: int, method: str, given: Json, code: int, says: str
) -> None:
    reply = await sandbox.call(method, **given, **({} if method == "getFile" else {"chat_id": olga}))
    assert reply.code == code
    assert reply.description.startswith(says)


async def test_a_photo_is_not_sent_as_a_document(sandbox: Sandbox, olga: int) -> None:
    photo = file_of((await upload(sandbox, "sendPhoto", PICTURE, chat_id=olga)).result)
    reply = await sandbox.call("sendDocument", chat_id=olga, document=photo)
    assert reply.description == "Bad Request: can't use file of type Photo as Document"


async def test_what_is_too_big_is_neither_taken_nor_given(sandbox: Sandbox, olga: int) -> None:
    sent = (await upload(sandbox, "sendDocument", bytes(MOST_DOWNLOADED_BYTES + 1), chat_id=olga)).result
    reply = await sandbox.call("getFile", file_id=file_of(sent))
    assert reply.description == f"Bad Request: {Reason.FILE_TOO_BIG}"
    refused = await upload(sandbox, "sendDocument", bytes(51 * 1024 * 1024), chat_id=olga)
    assert (refused.code, refused.description) == (413, "Request Entity Too Large")


@pytest.mark.parametrize("method", ["editMessageCaption", "editMessageText"])
async def test_a_message_is_edited_as_what_it_is(sandbox: Sandbox, olga: int, method: str) -> None:
    text = await sandbox.sends(olga)
    document = (await upload(sandbox, "sendDocument", b"words", chat_id=olga)).result
    wrong, says = {
        "editMessageCaption": (text, Reason.EDIT_NO_CAPTION),
        "editMessageText": (document, Reason.EDIT_NO_TEXT),
    }[method]
    given = {"chat_id": olga, "message_id": wrong["message_id"], "text": "Новое", "caption": "Новое"}
    field = "caption" if method == "editMessageCaption" else "text"
    reply = await sandbox.call(method, chat_id=olga, message_id=given["message_id"], **{field: given[field]})
    assert reply.description == f"Bad Request: {says}"


async def test_aiogram_knows_the_refusals_for_what_they_are(sandbox: Sandbox, olga: int) -> None:
    bot = sandbox.real_bot()
    try:
        with pytest.raises(TelegramBadRequest):
            await bot.send_photo(olga, BufferedInputFile(b"no picture", "a.png"))
    finally:
        await bot.session.close()


@pytest.mark.parametrize(
    "cut", [lambda content: content[:10], lambda content: content[:-12]], ids=["head cut", "frame cut"]
)
def test_a_picture_that_is_cut_short_has_no_size(cut: Callable[[bytes], bytes]) -> None:
    assert size_of(cut(JPEG)) is None
