"""What the user chose, made once from flags, environment and file, and handed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tui.core.catalog import Profile
from tui.core.hosts import is_loopback
from tui.core.key_source import KeySource
from tui.core.levels import Levels
from tui.core.manner import Manner
from tui.core.notices import Notices
from tui.core.options import Options
from tui.core.previews import Way


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible API somewhere."""

    base_url: str
    """The URL under which `/chat/completions` and `/models` are, without a trailing slash."""

    key: str = field(default="", repr=False)
    """The API key; empty is none. It goes to this endpoint and nowhere else."""

    key_from: KeySource | None = None
    """Who has the key, where the file says so; it is fetched before the first request."""

    @property
    def secret(self) -> str:
        """The key, as far as it is known by now: what must not be shown."""
        return self.key or (self.key_from.held if self.key_from else "")

    @property
    def name(self) -> str:
        """The endpoint for people: its host, and the port where it has one."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    @property
    def address(self) -> str:
        """The base URL without what a user name or a password in it says."""
        return urlsplit(self.base_url)._replace(netloc=self.name).geturl()

    @property
    def is_openai(self) -> bool:
        """Whether it is OpenAI's own, whose organisation and project are nobody else's matter."""
        host = urlsplit(self.base_url).hostname or ""
        return host == "openai.com" or host.endswith(".openai.com")

    @property
    def warning(self) -> str:
        """What is not safe about it, in a sentence; empty where there is nothing."""
        has_key = bool(self.key or self.key_from)
        if not has_key or urlsplit(self.base_url).scheme != "http" or is_loopback(self.base_url):
            return ""
        return (
            f"The key and the conversation go to {self.name} unencrypted: anyone on the way can "
            "read them. Use https:// if the server has it."
        )


@dataclass(frozen=True, slots=True)
class Embedded:
    """The engine that runs on this machine."""

    gguf: Path | None = None
    """Another model file than the one that comes with Rillet."""

    @property
    def name(self) -> str:
        """The engine for people."""
        return "on this machine"


@dataclass(frozen=True, slots=True)
class Demo:
    """The scripted demo server."""

    because: str = ""
    """Why it stands in for the engine, in sentences; empty where it was asked for."""

    @property
    def name(self) -> str:
        """The demo for people."""
        return "demo (scripted)"


Source = Endpoint | Embedded | Demo
"""Where replies come from."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a turn waits, in seconds, and how often it asks again by itself."""

    connect: float = 5.0
    """For the connection."""

    first: float = 120.0
    """From the request to the first content."""

    idle: float = 60.0
    """Between two pieces of content; comments that keep a connection alive do not count."""

    usage: float = 2.0
    """After the finish reason, for the token counts that may follow."""

    retries: int = 2
    """How often a request that was refused before a word came is sent again."""

    longest_retry_after: float = 20.0
    """The longest Retry-After that is waited for without being asked."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run of Rillet is told."""

    source: Source
    """Where replies come from."""

    model: str = ""
    """The model to ask; empty is the first one that the source lists."""

    system: str = ""
    """The system prompt; empty is none."""

    levels: Levels = field(default_factory=Levels)
    """Parameters of the API that the user set, outside of conversations."""

    patience: Patience = field(default_factory=Patience)
    """How long a turn waits."""

    theme: str = ""
    """The theme of the app; empty is its own dark one."""

    record: Path | None = None
    """Where the streams are recorded; None is nowhere."""

    models: Mapping[str, Profile] = field(default_factory=dict)
    """What the user says of models, over what is known of them."""

    keys: Mapping[str, str] = field(default_factory=dict)
    """The keys that the user chose, by their commands' ids."""

    names_chats: bool = False
    """Whether the model is asked to name new conversations."""

    shows_cost: bool = True
    """Whether estimates of what a turn costs are shown, where prices are known."""

    notices: Notices = field(default_factory=Notices)
    """What is said outside the screen."""

    previews: Way = Way.OFF
    """How images are shown."""

    manner: Manner = field(default_factory=Manner)
    """How the app draws."""

    prompt: str = ""
    """The name under which the system prompt is kept; empty where it was given as a text."""

    systems: Mapping[str, str] = field(default_factory=dict)
    """System prompts of models, by their names, which go before `system`."""

    saves_asked: bool | None = None
    """Whether `rillet ask` keeps its conversations; None is where a person typed them."""

    def options_for(self, model: str, own: Options | None = None) -> Options:
        """What a request to this model is asked with, in a conversation that says `own`."""
        return self.levels.options_for(model, own or Options())

    def system_for(self, model: str) -> str:
        """The system prompt of a conversation that begins with this model."""
        return self.systems.get(model, self.system)

    @property
    def is_billed(self) -> bool:
        """Whether somebody may send a bill: what runs on this machine costs what the user says."""
        return isinstance(self.source, Endpoint) and not is_loopback(self.source.base_url)

    @property
    def address(self) -> str:
        """Where replies come from, for the records that are kept with them."""
        return self.source.address if isinstance(self.source, Endpoint) else self.source.name

    @property
    def host(self) -> str:
        """The host of the endpoint; empty where there is none."""
        if not isinstance(self.source, Endpoint):
            return ""
        return urlsplit(self.source.base_url).hostname or ""
