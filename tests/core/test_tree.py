"""A conversation is a tree: what is shown is what is sent, and nothing is taken out."""

from tui.core.conversation import Conversation, Message
from tui.core.provenance import Provenance


def answer(text: str) -> Message:
    return Message(0, "assistant", text)


def shown(talk: Conversation) -> list[str]:
    return [message.text for message in talk.path]


def sent(talk: Conversation) -> list[str]:
    return [message.text for message in talk.sent]


TWO = Conversation().asked("a").answered(answer("A")).asked("b").answered(answer("B"))


def test_an_answer_that_was_asked_again_is_a_sibling() -> None:
    talk = TWO.again().answered(answer("B2"))
    assert shown(talk) == sent(talk) == ["a", "A", "b", "B2"]
    assert [each.text for each in talk.siblings(5)] == ["B", "B2"]


def test_an_edited_question_becomes_a_sibling_with_its_own_answers() -> None:
    talk = TWO.before(1).asked("a2").answered(answer("A2"))
    assert shown(talk) == ["a2", "A2"]
    assert [each.text for each in talk.siblings(5)] == ["a", "a2"]


def test_turning_to_a_sibling_shows_what_was_said_last_behind_it() -> None:
    talk = TWO.before(1).asked("a2").answered(answer("A2"))
    assert shown(talk.turned(5, -1)) == ["a", "A", "b", "B"]
    assert shown(talk.turned(5, 1)) == ["a", "A", "b", "B"]
    assert shown(talk.turned(5, -1).turned(1, 1)) == ["a2", "A2"]


def test_deleting_takes_what_follows_along_and_can_be_undone() -> None:
    talk = TWO.deleted(3)
    assert shown(talk) == sent(talk) == ["a", "A"]
    assert shown(talk.restored(3)) == ["a", "A", "b", "B"]


def test_a_sibling_takes_the_place_of_a_deleted_message() -> None:
    talk = TWO.again().answered(answer("B2")).again().answered(answer("B3"))
    assert shown(talk.deleted(6))[-1] == "B2"
    assert shown(talk.deleted(4).turned(5, 0).deleted(5))[-1] == "B3"
    assert len(talk.deleted(5).siblings(4)) == 2


def test_the_first_question_can_be_deleted() -> None:
    talk = TWO.deleted(1)
    assert talk.path == ()
    assert shown(talk.asked("c")) == ["c"]
    assert shown(talk.restored(1)) == ["a", "A", "b", "B"]


def test_what_leads_to_a_restored_message_is_restored_too() -> None:
    talk = TWO.deleted(4).deleted(3).restored(4)
    assert shown(talk) == ["a", "A", "b", "B"]
    assert not any(message.is_deleted for message in talk.messages)


def test_what_is_known_later_of_a_deleted_answer_does_not_bring_it_back() -> None:
    known = Provenance(asked="m")
    talk = TWO.deleted(4).recorded(4, known)
    assert shown(talk) == ["a", "A", "b"]
    late = talk.message(4)
    assert late is not None
    assert (late.is_deleted, late.provenance) == (True, known)


def test_a_conversation_is_called_by_its_first_question_that_is_there() -> None:
    talk = Conversation().asked("first").answered(answer("1")).before(1).asked("second")
    assert talk.title == "first"
    assert talk.deleted(1).title == "second"
    assert talk.deleted(1).deleted(3).title == ""
    assert talk.deleted(1).restored(1).title == "first"


def test_a_question_below_a_deleted_one_names_nothing() -> None:
    assert TWO.deleted(1).title == ""


def test_an_id_is_not_used_twice_on_any_branch() -> None:
    talk = TWO.before(1).asked("a2").deleted(5).asked("a3")
    assert [message.id for message in talk.messages] == [1, 2, 3, 4, 5, 6]


def test_a_question_after_an_answer_that_was_turned_away_from_follows_what_is_shown() -> None:
    talk = TWO.again().answered(answer("B2")).turned(5, -1).asked("c")
    assert shown(talk) == ["a", "A", "b", "B", "c"]
