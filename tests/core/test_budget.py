"""What the next prompt costs: by its parts, beside what the model takes, and what would help."""

from tests.core.test_image_size import PNG, data_url
from tui.core.budget import Budget, Fit
from tui.core.catalog import Profile
from tui.core.conversation import Conversation
from tui.core.images import Image
from tui.core.prompt_tokens import PromptCounter, PromptTokens
from tui.core.vocabulary import chat_tokens
from tui.edge.ranks import load

BASE = "o200k_base"
WINDOW = Profile(context=4096)


def budget(tokens: int, profile: Profile = WINDOW, max_tokens: int | None = None) -> Budget:
    return Budget(PromptTokens(tokens), is_own=True, profile=profile, max_tokens=max_tokens)


def test_a_prompt_costs_what_its_messages_cost() -> None:
    talk = Conversation("Be brief.").asked("What is a rillet?")
    counted = PromptCounter().tokens(talk.sent, "gpt-4o", BASE, load(BASE))
    said = [(message.role, message.text) for message in talk.sent]
    assert counted == PromptTokens(chat_tokens(said, load(BASE)))


class Listening:
    """A tokenizer that remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def encode(self, text: str, *, disallowed_special: tuple[()] = ()) -> list[int]:
        self.given.append(text)
        return load(BASE).encode(text, disallowed_special=disallowed_special)


def test_what_was_counted_of_a_message_is_not_counted_again() -> None:
    counter, tokenizer = PromptCounter(), Listening()
    talk = Conversation("Be brief.").asked("One")
    first = counter.tokens(talk.sent, "gpt-4o", BASE, tokenizer)
    tokenizer.given.clear()
    assert counter.tokens(talk.sent, "gpt-4o", BASE, tokenizer) == first
    assert tokenizer.given == []
    counter.tokens(talk.asked("Two").sent, "gpt-4o", BASE, tokenizer)
    assert tokenizer.given == ["user", "Two"]


def test_another_text_in_the_same_place_is_counted_anew() -> None:
    counter = PromptCounter()
    short = counter.tokens(Conversation().asked("One").sent, "m", BASE, load(BASE))
    long = counter.tokens(Conversation().asked("One and more").sent, "m", BASE, load(BASE))
    assert long.text == short.text + 2


def test_images_are_counted_by_the_models_rule_or_told() -> None:
    seen, gone = Image(data_url(PNG), "high"), Image("https://a.example/b.png")
    talk = Conversation().asked("See", (seen, gone))
    counter = PromptCounter()
    by_tiles = counter.tokens(talk.sent, "gpt-4o", BASE, load(BASE))
    assert (by_tiles.images, by_tiles.image_count, by_tiles.unsized) == (765, 2, 1)
    nowhere = counter.tokens(talk.sent, "llama", BASE, load(BASE))
    assert (nowhere.images, nowhere.unsized, nowhere.uncounted) == (0, 1, 1)
    told = Budget(nowhere, is_own=False).images
    assert told == "+ 1 image (size unknown), + 1 image (not counted)"


def test_a_prompt_fits_is_tight_or_is_too_long() -> None:
    assert budget(1000).fit is Fit.GOOD
    assert budget(3840).fit is Fit.GOOD
    assert budget(3841).fit is Fit.TIGHT
    assert budget(4096).fit is Fit.OVER
    assert budget(1000, Profile()).fit is Fit.UNKNOWN


def test_the_longest_prompt_is_the_limit_where_there_is_one() -> None:
    five = Profile(context=400_000, prompt=272_000, answer=128_000)
    assert budget(272_000, five).fit is Fit.GOOD
    assert budget(272_001, five).fit is Fit.OVER
    assert budget(272_001, five).warning.startswith("This will not fit: the model takes 272,000")


def test_the_answer_that_is_asked_for_needs_its_room() -> None:
    assert budget(3000, max_tokens=1000).fit is Fit.GOOD
    assert budget(3097, max_tokens=1000).fit is Fit.TIGHT
    assert budget(3097, max_tokens=1000).warning.startswith("This leaves 999 tokens")


def test_an_answer_as_long_as_the_window_keeps_no_room() -> None:
    assert budget(1, Profile(context=1000, answer=1000)).room == 0
    assert budget(1, Profile(context=1000, answer=300)).room == 300


def test_a_warning_says_what_would_help_and_nothing_that_would_not() -> None:
    counted = PromptTokens(5000, image_count=1)
    alone = Budget(counted, is_own=True, profile=WINDOW)
    assert alone.warning == "This will not fit: the model takes 4,096 tokens. F2 changes the model."
    full = Budget(counted, is_own=True, profile=WINDOW, has_history=True, has_new_images=True)
    assert full.warning.endswith("Ctrl+N begins anew, F2 changes the model, F3 the images.")
    assert budget(10).warning == ""


def test_a_model_that_takes_no_images_is_told_before_it_is_asked() -> None:
    blind = Profile(context=4096, sees=False)
    told = Budget(PromptTokens(10, image_count=1), is_own=True, profile=blind, has_new_images=True)
    assert told.warning == "This model takes no images. F2 changes the model, F3 the images."
    assert Budget(PromptTokens(10), is_own=True, profile=blind).warning == ""


def test_one_line_says_it_all() -> None:
    assert budget(1234, Profile(context=128_000)).line == "next 1,234 of 128,000 · <1 %"
    assert budget(2048).line == "next 2,048 of 4,096 · 50 %"
    assert budget(5000).line == "✗ next 5,000 of 4,096 · will not fit"
    assert budget(4000).line == "! next 4,000 of 4,096 · 98 %"
    assert budget(1234, Profile()).line == "next 1,234"
    pictures = PromptTokens(10, 0, 2, 2, 0)
    assert Budget(pictures, is_own=False).line == "next ≈10 + 2 img"
