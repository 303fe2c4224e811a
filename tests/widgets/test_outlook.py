"""What the next prompt costs is counted as it is typed, edited and pasted, and never wrongly."""

from hypothesis import given
from hypothesis import strategies as st

from tests.core.vocabularies import often, texts
from tui.core.catalog import Catalog, Profile
from tui.core.conversation import Conversation
from tui.core.images import Image
from tui.core.prompt_tokens import PromptCounter
from tui.core.tokens import Tokenizer, count
from tui.edge.ranks import RanksDamaged, load
from tui.screens.outlook import Draft, Next, Outlook

BASE = "o200k_base"


@often(60, long=5_000)
@given(st.lists(st.tuples(st.sampled_from(["add", "begin", "cut", "other"]), texts())))
def test_a_draft_has_the_tokens_of_its_text_after_every_edit(edits: list[tuple[str, str]]) -> None:
    draft, text = Draft(), ""
    for way, part in edits:
        match way:
            case "add":
                text += part
            case "begin":
                text = part + text
            case "cut":
                text = text[: len(text) // 2]
            case "other":
                text = part
        assert draft.count(text, BASE, load(BASE)) == count(text, load(BASE))


def test_another_encoding_counts_the_draft_anew() -> None:
    draft, text = Draft(), "Ein Rinnsal, 小さな川"
    for name in (BASE, "cl100k_base", BASE):
        assert draft.count(text, name, load(name)) == count(text, load(name))


async def test_the_draft_costs_what_it_will_cost_once_it_is_sent() -> None:
    outlook = Outlook(load, Catalog(), PromptCounter())
    talk, image = Conversation("Be brief."), Image("https://a.example/b")
    coming = Next("gpt-4o", talk.sent, "What is a rillet?\n\n", (image,))
    outlook.open()
    outlook.touch()
    before = await anext(outlook.budgets(lambda: coming))
    assert before is not None
    sent = talk.asked("What is a rillet?", (image,)).sent
    assert before.prompt == PromptCounter().tokens(sent, "gpt-4o", BASE, load(BASE))


async def test_nothing_to_send_has_no_budget() -> None:
    outlook = Outlook(load, Catalog(), PromptCounter())
    outlook.open()
    outlook.touch()
    assert await anext(outlook.budgets(lambda: Next("gpt-4o", (), " \n"))) is None


async def test_without_a_tokenizer_nothing_is_foreseen_and_nothing_breaks() -> None:
    def damaged(name: str) -> Tokenizer:
        raise RanksDamaged(name)

    outlook = Outlook(damaged, Catalog(), PromptCounter())
    outlook.open()
    outlook.touch()
    assert await anext(outlook.budgets(lambda: Next("gpt-4o", (), "Hi"))) is None


async def test_the_tokenizer_can_be_said_by_the_user() -> None:
    known = {"mine": Profile("cl100k_base", 1000)}
    outlook = Outlook(load, Catalog(known), PromptCounter())
    outlook.open()
    outlook.touch()
    found = await anext(outlook.budgets(lambda: Next("mine", (), "小さな川")))
    assert found is not None
    assert found.is_own
    assert found.prompt.text == 3 + 3 + 1 + count("小さな川", load("cl100k_base"))
