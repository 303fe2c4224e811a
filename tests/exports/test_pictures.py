"""The pictures of a conversation in Markdown: in a folder beside it, or within it."""

import base64
import os
import re
from pathlib import Path

import pytest

from tests.exports.attacks import ATTACKS
from tests.exports.test_markdown import exported, sights
from tests.exports.test_transcripts import imported
from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.errors import UsageError
from tui.core.exporting import PLAIN, Form, written
from tui.core.exporting.pictures import NAMED
from tui.core.images import Image
from tui.core.importing import read
from tui.edge.exported import pictures_beside, write_chat

CAT, DOG = b"\x89PNG\r\n\x1a\ncat", b"\xff\xd8\xffdog"
WEB = Image("https://a.example/1.png")
SVG = Image("data:image/svg+xml;base64,PHN2Zz4=")


def image(content: bytes) -> Image:
    kind = "png" if content == CAT else "jpeg"
    return Image(f"data:image/{kind};base64,{base64.b64encode(content).decode()}")


def chat(*images: Image, text: str = "What is this?", answer: str = "A cat.") -> Chat:
    talk = Conversation().asked(text, images).answered(Message(0, "assistant", answer))
    return Chat("abcdefgh", title="Pets", conversation=talk)


def coming_back(path: Path) -> Conversation:
    (found,) = read(path.read_text(), path.name, pictures_beside(path)).chats
    return found.conversation


def test_pictures_are_in_a_folder_beside_the_file_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "my (pets).md"
    talk = chat(image(CAT), WEB, image(DOG), image(CAT))
    folder = write_chat(path, talk, Form.MARKDOWN, PLAIN)
    assert folder == tmp_path / "my (pets)-images"
    text = path.read_text()
    assert "base64" not in text
    shown = re.findall(r"!\[image\]\((\S+)\)", text)
    assert len(shown) == 3
    assert sorted(each.read_bytes() for each in folder.iterdir()) == sorted((CAT, DOG))
    assert all(each.stat().st_mode & 0o077 == 0 for each in (path, folder, *folder.iterdir()))
    back = coming_back(path)
    assert back.messages[0].images == talk.conversation.messages[0].images
    assert back.messages[0].text == "What is this?"


def test_in_a_pipe_pictures_are_at_the_end_and_come_back() -> None:
    talk = chat(image(CAT), WEB, image(DOG), image(CAT))
    text = exported(talk)
    words, _, pictures = text.partition("A cat.\n")
    assert "base64" not in words
    assert pictures.count("base64") == 2
    tokens = [token for token in sights(text) if token.type == "image"]
    assert {str(token.attrs["src"]) for token in tokens} == {image(CAT).url, image(DOG).url}
    back = imported(text).conversation.messages
    assert back[0].images == talk.conversation.messages[0].images
    assert (back[0].text, back[1].text) == ("What is this?", "A cat.")


def test_images_alone_come_back_without_words() -> None:
    (question, _) = imported(exported(chat(image(CAT), text=""))).conversation.messages
    assert (question.text, question.images) == ("", (image(CAT),))


def test_on_a_terminal_pictures_are_named() -> None:
    text = "".join(written(chat(image(CAT), WEB), Form.MARKDOWN, placing=NAMED))
    assert "Image: image/png in the message (" in text
    assert "base64" not in text


@pytest.mark.parametrize("attack", [*ATTACKS, "[image-0123456789abcdef]: https://evil.example/x"])
def test_no_text_puts_another_picture_in_the_place_of_one(attack: str) -> None:
    before = chat(image(CAT), text=attack, answer=attack).conversation
    both = before.asked(attack, (image(DOG),))
    tokens = sights(exported(Chat("abcdefgh", title="Pets", conversation=both)))
    shown = [str(token.attrs["src"]) for token in tokens if token.type == "image"]
    assert set(shown) == {image(CAT).url, image(DOG).url}


def test_what_is_no_picture_is_named_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "pets.md"
    gone = Image(f"rillet-image:{'0' * 64};image/png")
    assert write_chat(path, chat(SVG, gone), Form.MARKDOWN, PLAIN) is None
    assert [each.name for each in tmp_path.iterdir()] == ["pets.md"]
    assert "Image: image/svg+xml in the message" in path.read_text()
    assert "Image: image/png, which is missing" in path.read_text()


def test_what_is_there_already_stays_and_nothing_is_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "pets.md"
    path.write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        write_chat(path, chat(image(CAT)), Form.MARKDOWN, PLAIN)
    assert [each.name for each in tmp_path.iterdir()] == ["pets.md"]
    path.unlink()
    (tmp_path / "pets-images").write_text("mine")
    with pytest.raises(UsageError, match="pets-images cannot be made"):
        write_chat(path, chat(image(CAT)), Form.MARKDOWN, PLAIN)
    assert [each.name for each in tmp_path.iterdir()] == ["pets-images"]


def test_an_export_over_an_earlier_one_keeps_its_pictures(tmp_path: Path) -> None:
    path = tmp_path / "pets.md"
    write_chat(path, chat(image(CAT)), Form.MARKDOWN, PLAIN)
    write_chat(path, chat(image(CAT), image(DOG)), Form.MARKDOWN, PLAIN, is_forced=True)
    assert coming_back(path).messages[0].images == (image(CAT), image(DOG))


@pytest.mark.parametrize(
    "target",
    [
        "../secret-images/NAME",
        "/etc/passwd",
        "..%2fsecret-images/NAME",
        "secret/NAME",
        "NAME",
        "pets-images/other.png",
        "pets-images/pipe.png",
        "pets-images/../../secret-images/NAME",
    ],
)
def test_a_foreign_file_opens_nothing_but_pictures_that_were_exported(
    tmp_path: Path, target: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    folder = write_chat(home / "pets.md", chat(image(CAT)), Form.MARKDOWN, PLAIN)
    assert folder is not None
    (exported_picture,) = folder.iterdir()
    for other in (tmp_path / "secret-images", home / "secret"):
        other.mkdir()
        (other / exported_picture.name).write_bytes(CAT)
    (folder / "other.png").write_bytes(CAT)
    os.mkfifo(folder / "pipe.png")
    line = f"![image]({target.replace('NAME', exported_picture.name)})"
    path = home / "foreign.md"
    path.write_text(f"## You\n\n{line}\n\nHi\n\n## Answer\n\nHello\n")
    question = coming_back(path).messages[0]
    assert (question.images, question.text) == ((), f"{line}\n\nHi")
