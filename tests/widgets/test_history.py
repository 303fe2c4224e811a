"""What was asked in earlier runs stands before all that is here, wherever one is among it."""

from tui.widgets.history import History


def back(history: History, text: str = "") -> list[str]:
    """All that Up shows from here on."""
    found = []
    while not history.is_at_first:
        text = history.step(-1, text)
        found.append(text)
    return found


def test_up_goes_on_into_earlier_runs() -> None:
    history = History()
    history.send("now")
    history.recall(["long ago", "before"])
    assert back(history) == ["now", "before", "long ago"]


def test_what_comes_late_moves_nothing_that_is_shown_or_typed() -> None:
    history = History()
    history.send("one")
    history.send("two")
    assert history.step(-1, "a draft") == "two"
    history.recall(["before"])
    assert history.unsent("two, changed") == "two, changed\n\na draft"
    assert history.step(1, "two, changed") == "a draft"
    assert back(history, "a draft") == ["two, changed", "one", "before"]


def test_the_same_question_twice_in_a_row_stands_once() -> None:
    history = History()
    history.send("again")
    history.recall(["a", "a", "b", "a", "again"])
    assert back(history) == ["again", "a", "b", "a"]
