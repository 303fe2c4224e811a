"""Every command, said once: key, name, help and where it works.

Bindings, the palette, the slash commands of the prompt, the key line at the bottom, the help
screen and the README's table are read from this table. Keys are Textual's names; the user may
choose others (`tui.core.keymap`). Ctrl+I and Ctrl+M are Tab and Enter in a terminal, Ctrl+S and
Ctrl+B belong to flow control and tmux: none of them is used here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum


class Place(Enum):
    """Where a command's key works; the value is the heading in the help."""

    ANYWHERE = "Anywhere"
    PROMPT = "In the prompt"
    LOG = "In the conversation"
    SEARCH = "In the search"
    PANELS = "In the side panels"
    IMAGES = "In the list of images"
    QUEUE = "In the line of questions that wait"
    CHATS = "In the list of conversations"
    SETTINGS = "In the settings"
    COLUMNS = "Among answers side by side"

    @property
    def prefix(self) -> str:
        """What the ids of its commands begin with; those of the chat itself have none."""
        return PREFIXES.get(self, "")


TYPING = ("stop", "command_palette", "earlier", "later")
"""Actions that make no sense for whoever types them."""

PREFIXES = {
    Place.SEARCH: "search-",
    Place.PANELS: "panels-",
    Place.IMAGES: "images-",
    Place.QUEUE: "queue-",
    Place.CHATS: "chats-",
    Place.SETTINGS: "settings-",
    Place.COLUMNS: "columns-",
}


APART = frozenset([Place.CHATS, Place.COLUMNS, Place.SETTINGS])
"""Places on screens of their own, where the keys that work anywhere do not."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do."""

    action: str
    """The action that does it; empty where a widget does it by itself, with keys of its own."""

    key: str
    """Textual's name of the key, several separated by commas; empty where the user wants none."""

    shown: str
    """The key as people write it; several that the user chose are separated by commas."""

    name: str
    """What it does, in two or three words."""

    help: str
    """What it does, in a sentence."""

    place: Place = Place.ANYWHERE
    """Where the key works."""

    is_fixed: bool = False
    """Whether its keys stay as they are, whatever the user chooses: there is always a way out."""

    takes: str = ""
    """What may be typed behind its name in the prompt, such as NAME; empty is nothing."""

    called: str = ""
    """What it is called in the configuration and behind a slash, where the name does not do."""

    @property
    def id(self) -> str:
        """What it is called in the configuration and behind a slash; no other is called so."""
        return self.place.prefix + (self.called or re.sub(r"\W+", "-", self.name.lower()))

    @property
    def keys(self) -> list[str]:
        """Textual's names of its keys."""
        return self.key.split(",") if self.key else []

    @property
    def short(self) -> str:
        """The first of its keys, as people write it."""
        return self.shown.split(", ")[0]

    @property
    def typed(self) -> str:
        """How it is typed in the prompt; empty where it is not."""
        is_here = self.place in (Place.ANYWHERE, Place.LOG)
        return f"/{self.id}" if self.action and is_here and self.action not in TYPING else ""

    @property
    def can_change(self) -> bool:
        """Whether the user can choose other keys for it."""
        return bool(self.action) and not self.is_fixed


COMMANDS = (
    Command(
        "", "enter", "Enter", "send",
        "Send the prompt; while a reply is under way it waits in line above the prompt, where Up "
        "goes.", Place.PROMPT,
    ),
    Command(
        "new_line", "ctrl+j,shift+enter", "Ctrl+J", "new line",
        "Begin a new line; Shift+Enter does too where the terminal tells it apart.", Place.PROMPT,
    ),
    Command(
        "", "slash", "/", "commands",
        "In an empty prompt: list all commands. With a space before it, it begins a question.",
        Place.PROMPT, called="slash",
    ),
    Command(
        "stop", "escape", "Esc", "cancel",
        "Cancel the reply and keep its words; with none, go back to the prompt. Never quits.",
        is_fixed=True,
    ),
    Command(
        "edit_prompt", "ctrl+e", "Ctrl+E", "editor",
        "Write the prompt in your editor, by $VISUAL or $EDITOR.",
    ),
    Command(
        "again", "ctrl+r", "Ctrl+R", "ask again",
        "Ask the last question again; the answer so far stays beside the new one.",
    ),
    Command(
        "go_on", "ctrl+g", "Ctrl+G", "continue",
        "Go on with a reply that was cut, by whatever cut it, in the same message.",
    ),
    Command(
        "find", "ctrl+f", "Ctrl+F", "search",
        "Search the conversation; a capital letter finds only capitals.", takes="WORDS",
    ),
    Command(
        "last", "ctrl+l", "Ctrl+L", "last conversation",
        "Go on with the conversation of last time, right after the start.",
    ),
    Command("new", "ctrl+n", "Ctrl+N", "new", "Begin a new conversation."),
    Command(
        "chats", "ctrl+o", "Ctrl+O", "chats",
        "List all conversations, and search everything that was said in them.",
    ),
    Command("model", "f2", "F2", "model", "Choose or type the model.", takes="NAME"),
    Command(
        "compare", "ctrl+t", "Ctrl+T", "compare",
        "Ask two or three models at once, side by side.",
    ),
    Command("images", "f3", "F3", "images", "Add images to the next prompt."),
    Command("side", "f4", "F4", "panels", "Show or hide the side panels."),
    Command(
        "prompts", "f5", "F5", "prompts",
        "Choose a system prompt or a snippet of yours, or write the system prompt.",
    ),
    Command(
        "paste_image", "f6", "F6", "paste image",
        "Take the image on the clipboard along with the next prompt.",
    ),
    Command(
        "settings", "f7", "F7", "settings",
        "Set what goes along with requests, and how Rillet looks and waits; the file is edited.",
    ),
    Command(
        "command_palette", "ctrl+p", "Ctrl+P", "palette",
        "Find a command by words; those used last stand first.",
    ),
    Command(
        "instructions", "", "", "system", "Write what the model is told before the conversation.",
        takes="TEXT",
    ),
    Command(
        "export", "", "", "export",
        "Write the conversation to a file: Markdown, HTML, JSON or an SVG picture.",
    ),
    Command("screenshot", "", "", "screenshot", "Save what is on the screen as an SVG picture."),
    Command("themes", "", "", "theme", "Choose other colours.", takes="NAME"),
    Command("help", "f1", "F1", "help", "Show the keys."),
    Command(
        "suspend_process", "ctrl+z", "Ctrl+Z", "suspend",
        "Go back to the shell, whose fg comes back here; a reply under way goes on then.",
    ),
    Command("quit", "ctrl+q", "Ctrl+Q", "quit", "Leave Rillet."),
    Command("", "tab,shift+tab", "Tab", "move", "Go to the conversation, the panels, the prompt."),
    Command(
        "", "pageup,pagedown", "PgUp PgDn", "scroll",
        "Scroll the conversation, from the prompt too.",
    ),
    Command(
        "", "home,end", "Home End", "start, end",
        "The start and the end of the conversation, from an empty prompt too; at the end it "
        "follows the reply.",
    ),
    Command(
        "", "up,down", "Up Down", "history",
        "In the prompt, at its first or last line: the questions asked before.",
    ),
    Command(
        "undo", "ctrl+underscore,super+z", "Ctrl+_", "undo",
        "Take back what was typed last; most terminals send Ctrl+/ and Ctrl+7 as the same key.",
        Place.PROMPT, called="undo-typing",
    ),
    Command("earlier", "up,k", "Up", "earlier", "Focus the message before.", Place.LOG),
    Command("later", "down,j", "Down", "later", "Focus the message after.", Place.LOG),
    Command(
        "copy", "y", "y", "copy",
        "Copy the focused message as it was written; a line says by which route.", Place.LOG,
    ),
    Command(
        "go_on", "c", "c", "continue",
        "Go on with a reply that was cut; where offered, alone in an empty prompt too.", Place.LOG,
        called="go-on",
    ),
    Command(
        "again", "r", "r", "again",
        "Ask the focused question again, or the last; where offered, alone in an empty prompt too.",
        Place.LOG,
    ),
    Command(
        "without_images", "x", "x", "without images",
        "Ask the last question without any images; the one with them stays beside it.", Place.LOG,
    ),
    Command(
        "edit", "e", "e", "edit",
        "Edit the focused question; what is sent stands beside it, with answers of its own.",
        Place.LOG,
    ),
    Command(
        "sibling_before", "less_than_sign", "<", "version before",
        "Show the version before this one of an edited or repeated message.", Place.LOG,
    ),
    Command(
        "sibling_after", "greater_than_sign", ">", "next version",
        "Show the next version of an edited or repeated message; what is shown is sent.", Place.LOG,
    ),
    Command(
        "delete", "d,delete", "d", "delete",
        "Delete the focused message, and with it what follows from it.", Place.LOG,
    ),
    Command(
        "undelete", "u", "u", "undo", "Bring back what was deleted last.", Place.LOG,
        called="undelete",
    ),
    Command(
        "unfold", "t", "t", "thinking",
        "Unfold or fold the reasoning of the focused message, one line until then, and of those "
        "to come.", Place.LOG,
    ),
    Command(
        "next_block", "right_square_bracket", "]", "next code",
        "Focus the next block of code; y copies it.", Place.LOG,
    ),
    Command(
        "previous_block", "left_square_bracket", "[", "code before",
        "Focus the block of code before.", Place.LOG,
    ),
    Command("write_block", "w", "w", "write code", "Write the code to a new file.", Place.LOG),
    Command(
        "open_block", "o", "o", "edit code",
        "Open the code in your editor, by $VISUAL or $EDITOR.", Place.LOG,
    ),
    Command(
        "wrap", "z", "z", "wrap code",
        "Cut long lines of code at the edge, or wrap them again.", Place.LOG,
    ),
    Command(
        "", "left,right", "Left Right", "sideways",
        "Look at the code in focus further to the left or right, where its lines are cut.",
        Place.LOG,
    ),
    Command(
        "provenance", "i", "i", "record",
        "Show where the focused message comes from: endpoint, model, times, tokens, request id; "
        "its request can be copied as JSON or for curl.",
        Place.LOG,
    ),
    Command(
        "links", "g,enter", "g", "links",
        "List the links of the focused message, with where they lead; Enter does too.", Place.LOG,
    ),
    Command(
        "select", "v", "v", "select",
        "Begin to select rows: keys that move take more, y copies them as they are seen.",
        Place.LOG,
    ),
    Command(
        "copy_chat", "C", "C", "copy chat",
        "Copy the whole conversation as it was written, in Markdown.", Place.LOG,
    ),
    Command(
        "copy_source", "Y", "Y", "copy source",
        "Copy the messages that something is selected of, as they were written.", Place.LOG,
    ),
    Command(
        "find", "slash", "/", "search", "Search the conversation.", Place.LOG,
        called="search-here",
    ),
    Command("next_hit", "n", "n", "next hit", "Go to the next hit of the search.", Place.LOG),
    Command("previous_hit", "N", "N", "hit before", "Go to the hit before.", Place.LOG),
    Command(
        "step(1)", "enter,down", "Enter", "next hit", "Go to the next hit; Down too.",
        Place.SEARCH,
    ),
    Command(
        "step(-1)", "up,shift+enter", "Up", "hit before",
        "Go to the hit before; Shift+Enter too where the terminal tells it apart.", Place.SEARCH,
    ),
    Command(
        "", "escape", "Esc", "close", "End the search and go back to where you were.",
        Place.SEARCH,
    ),
    Command("", "enter", "Enter", "choose, add", "Take the model, add the image.", Place.PANELS),
    Command("", "tab", "Tab", "complete", "Complete the name of an image file.", Place.PANELS),
    Command(
        "ask('remove')", "delete,backspace", "Del", "remove", "Remove the image in focus.",
        Place.IMAGES,
    ),
    Command(
        "ask('turn')", "d", "d", "detail",
        "Let the model look closer at the image in focus, or less close.", Place.IMAGES,
    ),
    Command(
        "ask('scale')", "s", "s", "scale down",
        "Scale the image in focus down, in steps; what that saves is told.", Place.IMAGES,
    ),
    Command(
        "ask('look')", "p", "p", "look", "Fetch the URL in focus for a look; only then.",
        Place.IMAGES,
    ),
    Command(
        "ask('up')", "shift+up,ctrl+up", "Shift+Up", "move up",
        "Move the image in focus up; they are sent in this order.", Place.IMAGES,
    ),
    Command(
        "ask('down')", "shift+down,ctrl+down", "Shift+Down", "move down",
        "Move the image in focus down.", Place.IMAGES,
    ),
    Command(
        "screen.paste_image", "v", "v", "paste image",
        "Take the image on the clipboard, as F6 does.", Place.IMAGES,
    ),
    Command(
        "ask('edit')", "enter,e", "Enter", "edit",
        "Take the question back into the prompt.", Place.QUEUE,
    ),
    Command(
        "ask('remove')", "delete,backspace,d", "Del", "remove",
        "Do not send the question; Up in the prompt still knows it.", Place.QUEUE,
    ),
    Command("step(-1)", "up,k", "Up", "before", "Go to the question before.", Place.QUEUE),
    Command(
        "step(1)", "down,j", "Down", "after", "Go to the next, at last to the prompt.", Place.QUEUE
    ),
    Command(
        "ask('up')", "shift+up,ctrl+up", "Shift+Up", "sooner", "Send it sooner.", Place.QUEUE
    ),
    Command(
        "ask('down')", "shift+down,ctrl+down", "Shift+Down", "later", "Send it later.", Place.QUEUE
    ),
    Command(
        "open", "enter", "Enter", "open",
        "Open the conversation, at the hit where words were searched for.", Place.CHATS,
        is_fixed=True,
    ),
    Command("close", "escape", "Esc", "close", "Close the list.", Place.CHATS, is_fixed=True),
    Command(
        "list", "down", "Down", "go to the list",
        "Go from the search field to the list, where these keys work:", Place.CHATS,
        is_fixed=True,
    ),
    Command(
        "rename", "e,f2", "e", "rename",
        "Call it something else; without a name it is called by its first question again.",
        Place.CHATS,
    ),
    Command("pin", "p", "p", "pin", "Keep it at the top of the list, or no more.", Place.CHATS),
    Command("delete", "d,delete", "d", "delete", "Delete the conversation.", Place.CHATS),
    Command(
        "archive", "a", "a", "archive",
        "Put it away: only a search finds it then, and the list of A. Or bring it back.",
        Place.CHATS,
    ),
    Command(
        "export", "x", "x", "export", "Write it to a file: Markdown, HTML, JSON or an SVG picture.",
        Place.CHATS,
    ),
    Command("undelete", "u", "u", "undo", "Bring back what was deleted last.", Place.CHATS),
    Command(
        "archived", "A", "A", "archived too", "List archived ones too, or no more.", Place.CHATS
    ),
    Command("field", "slash", "/", "search", "Go to the search field; Up does too.", Place.CHATS),
    Command(
        "edit", "enter", "Enter", "edit, take",
        "Edit the setting where it stands; Enter takes what was typed, Esc leaves it as it was.",
        Place.SETTINGS, is_fixed=True, called="edit",
    ),
    Command(
        "unset", "delete,u", "Del", "unset",
        "Unset it here; what is said for more than this is left out by it.", Place.SETTINGS,
    ),
    Command(
        "", "tab,left,right", "Tab", "scope",
        "Go to what holds for the model, the endpoint, or everywhere; Left and Right do too.",
        Place.SETTINGS,
    ),
    Command(
        "find", "slash", "/", "find", "Show settings by a part of their name; letters do too.",
        Place.SETTINGS,
    ),
    Command(
        "open_file", "e", "e", "edit file",
        "Open the configuration file in your editor, by $VISUAL or $EDITOR.", Place.SETTINGS,
    ),
    Command(
        "", "escape,f7", "Esc", "close", "Close the field, then the sheet.", Place.SETTINGS,
        is_fixed=True,
    ),
    Command(
        "keep", "enter,k", "Enter", "keep",
        "Keep the answer in focus and go on from it; the others stand beside it. k does too.",
        Place.COLUMNS,
    ),
    Command(
        "stop", "escape", "Esc", "cancel",
        "Cancel the answer in focus; then the others; then go back, with all of them kept.",
        Place.COLUMNS, is_fixed=True,
    ),
    Command(
        "", "left,right,tab,shift+tab,1,2,3", "Left Right", "columns",
        "Go to another column; Tab and 1, 2, 3 do too.", Place.COLUMNS,
    ),
    Command(
        "keep_model", "m", "m", "keep, ask it", "Keep it, and ask its model from now on.",
        Place.COLUMNS,
    ),
    Command("copy", "y", "y", "copy", "Copy the answer as it was written.", Place.COLUMNS),
    Command(
        "go_on", "c,ctrl+g", "c", "continue", "Go on with an answer that was cut.", Place.COLUMNS
    ),
    Command(
        "again", "r,ctrl+r", "r", "again",
        "Ask this model again; the answer so far stays beside the new one.", Place.COLUMNS,
    ),
    Command(
        "unfold", "t", "t", "thinking", "Unfold or fold the reasoning of the answer.",
        Place.COLUMNS,
    ),
)  # fmt: skip


_IN_USE: ContextVar[tuple[Command, ...]] = ContextVar("commands", default=COMMANDS)


def use(table: Iterable[Command]) -> None:
    """Let this table be shown from now on, with the keys that the user chose."""
    _IN_USE.set(tuple(table))


def commands(place: Place | None = None) -> list[Command]:
    """The commands of one place, or all, in the table's order, with the keys in use."""
    return [each for each in _IN_USE.get() if place is None or each.place is place]


def shown(id: str) -> str:
    """The key of a command as people write it; without one, how it is typed in the prompt."""
    return next((each.short or each.typed or "no key" for each in commands() if each.id == id), "")


def rekeyed(sentence: str) -> str:
    """A sentence of ours that names keys, with those in use."""
    if _IN_USE.get() is COMMANDS:
        return sentence
    usual = {each.shown: each.id for each in COMMANDS if each.place is Place.ANYWHERE}
    return re.sub(r"\b(?:Ctrl\+[A-Z]|F\d+)\b", lambda key: _now(key[0], usual), sentence)


def _now(key: str, usual: dict[str, str]) -> str:
    return shown(usual[key]) if key in usual else key
