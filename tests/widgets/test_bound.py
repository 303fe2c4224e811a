"""What the command table names is there."""

from textual.actions import parse
from textual.dom import DOMNode

from tui.app import RilletApp
from tui.core.commands import COMMANDS, Place
from tui.screens.chat import ChatScreen
from tui.screens.chats import ChatsScreen
from tui.screens.comparing import ComparingScreen
from tui.screens.settings import SettingsScreen
from tui.widgets.image_list import ImageList
from tui.widgets.prompt import Prompt
from tui.widgets.queue import Queue
from tui.widgets.search import SearchField

HOMES: dict[Place, type[DOMNode]] = {
    Place.ANYWHERE: ChatScreen,
    Place.LOG: ChatScreen,
    Place.PROMPT: Prompt,
    Place.SEARCH: SearchField,
    Place.IMAGES: ImageList,
    Place.QUEUE: Queue,
    Place.CHATS: ChatsScreen,
    Place.SETTINGS: SettingsScreen,
    Place.COLUMNS: ComparingScreen,
}


def test_every_action_of_the_table_exists_where_its_key_works() -> None:
    for command in COMMANDS:
        if command.action:
            namespace, name, _ = parse(command.action)
            home = ChatScreen if namespace == "screen" else HOMES[command.place]
            there = any(hasattr(each, f"action_{name}") for each in (home, RilletApp))
            assert there, command.id
