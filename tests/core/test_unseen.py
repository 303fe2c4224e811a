"""A conversation without its images: another path, and nothing lost of the one with them."""

from tui.core.conversation import Conversation, Message
from tui.core.images import Image
from tui.core.provenance import Provenance
from tui.core.unseen import without_images

CAT = Image("https://a.example/cat.png")


def answered(talk: Conversation, text: str) -> Conversation:
    return talk.answered(Message(0, "assistant", text, provenance=Provenance(endpoint="e")))


def talk() -> Conversation:
    said = answered(Conversation("Be brief").asked("Hi"), "Hello")
    said = answered(said.asked("What is this?", (CAT,)), "A cat")
    return answered(said.asked("And this?", (CAT,)), "")


def test_the_last_question_waits_for_an_answer_on_a_path_without_images() -> None:
    bare = without_images(talk())
    assert [message.text for message in bare.path] == [
        "Hi", "Hello", "What is this?", "A cat", "And this?",
    ]  # fmt: skip
    assert not any(message.images for message in bare.sent)


def test_what_is_the_same_stays_and_what_had_images_is_a_sibling() -> None:
    before = talk()
    bare = without_images(before)
    assert bare.messages[: len(before.messages)] == before.messages
    assert bare.path[:2] == before.path[:2]
    assert [m.id for m in bare.siblings(bare.path[2].id)] == [before.path[2].id, bare.path[2].id]


def test_what_was_paid_for_is_not_counted_twice() -> None:
    before = talk()
    bare = without_images(before)
    assert all(m.provenance is None for m in bare.messages[len(before.messages) :])


def test_without_images_nothing_changes() -> None:
    said = answered(Conversation().asked("Hi"), "Hello")
    assert without_images(said) is said
