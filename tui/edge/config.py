"""The configuration file, TOML: `$XDG_CONFIG_HOME/rillet/config.toml`, or what --config names.

    base_url = "https://HOST/v1"
    model = "NAME"               # asked at base_url, and nowhere else
    endpoint = "NAME"            # in place of base_url: one that is described below
    system = "Be brief."
    theme = "rillet-light"
    titles = true                # the model names new conversations: a short request for each
    cost = false                 # shows no estimates of what is spent

    [wait]                       # seconds, and a number
    first_timeout = 120
    idle_timeout = 60
    connect_timeout = 5
    retries = 2

    [images]
    previews = "auto"            # or kitty, sixel, blocks, off

    [notices]
    title = false                # leaves the window's title alone
    ended = "bell"               # or notify: when a reply ends that nobody saw; off
    after = 10                   # seconds that it took at the least

    [options]                    # what is not set is not sent
    max_tokens = 500
    temperature = 0.7
    top_p = 0.9
    stop = ["END"]
    seed = 7
    reasoning_effort = "low"
    presence_penalty = 0.5
    frequency_penalty = 0.5
    extra = { top_k = 40 }       # anything else that the server takes, sent as it is

    [ask]
    save = false                 # whether `rillet ask` keeps its conversations

    [keys]                       # of commands, by the names that the README and / tell
    new = "ctrl+k"
    copy = "y,c"
    editor = ""                  # none

    [models."NAME"]              # over what is known of it; prices are US dollars a million tokens
    context = 128000
    max_output = 16384
    encoding = "o200k_base"      # or cl100k_base, o200k_harmony
    vision = true
    input_price = 2.5
    cached_price = 1.25
    output_price = 10

    [models."NAME".at."HOST"]    # the same again, for one endpoint

    [models."NAME".options]      # over [options], for one model
    unset = ["temperature"]      # left out, whatever is said farther away

    [endpoints."NAME"]           # in use by --endpoint, by `endpoint`, or by its base URL
    base_url = "https://HOST/v1"
    model = "NAME"
    system = "Be brief."
    key_env = "NAME"             # in place of OPENAI_API_KEY; or one of these:
    key_command = "pass show it" # run without a shell; the first line that it prints
    key_keyring = "service/user"

    [endpoints."NAME".options]   # over [options], for one endpoint

A flag wins over the environment, that over the file. Of options, what a conversation says wins
over the flags, then come the model, the endpoint, and [options]. `unset` lists names: since it is
a setting of its own, no value can be mistaken for it.

The file holds no keys, only who has them: it is copied, shown and put under version control more
easily than one thinks. What is not understood is refused with
the file and the line, before anything is sent: a setting that is passed over in silence is one
that the user believes in. What reads TOML is imported where there is a file: the first paint is
not to wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.core.config import (
    ENDPOINTS,
    KEYS,
    MODELS,
    NO_KEYS,
    OPTIONS,
    RULES,
    TABLES,
    Config,
    NotSo,
    is_key,
    unknown,
)
from tui.core.errors import UsageError
from tui.core.sanitize import one_line
from tui.core.toml_lines import line_of
from tui.edge.keys import checked_url
from tui.edge.paths import config_file

if TYPE_CHECKING:
    from tui.core.endpoint_settings import Named

MOST = 256 * 1024
"""The most bytes that are read; a configuration is never so long."""


def read_config(named: Path | None, environ: Mapping[str, str]) -> Config:
    """What the file says: the one that is named, else the user's; without one, nothing.

    Raises:
        UsageError: If it cannot be read or holds what cannot be.
    """
    path = named or config_file(environ)
    if path is None:
        return Config()
    try:
        held = bytes_of(path)
    except FileNotFoundError:
        if named is None:
            return Config()
        raise UsageError(f"--config: there is no file {_shown(path)}.") from None
    return config_in(path, text_of(path, held))


def config_in(path: Path, text: str) -> Config:
    """What a file with this text says.

    Raises:
        UsageError: If it holds what cannot be.
    """
    return _File(path, text).config()


def bytes_of(path: Path) -> bytes:
    """What is in the file.

    Raises:
        FileNotFoundError: If there is none.
        UsageError: If it cannot be read.
    """
    try:
        with path.open("rb") as file:
            held = file.read(MOST + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UsageError(f"{_shown(path)} cannot be read: {error.strerror}.") from None
    if len(held) > MOST:
        raise UsageError(f"{_shown(path)} is too long to be a configuration.")
    return held


def text_of(path: Path, held: bytes) -> str:
    """The same as text, without a byte order mark.

    Raises:
        UsageError: If it is none.
    """
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = held[: error.start].count(b"\n") + 1
        raise UsageError(f"{_shown(path)}, line {line}: this is not UTF-8 text.") from None


class _File:
    """One file, with its text for the lines in sentences."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text
        self._lines = text.splitlines()

    def config(self) -> Config:
        import tomllib

        try:
            held = tomllib.loads(self._text)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{_shown(self._path)} is not TOML: {_why(error)}.") from None
        keys = self._keys(held.pop(KEYS, {}))
        try:
            tables = _tables(held)
        except NotSo as error:
            raise UsageError(f"{self._place(error.path)}: {error}") from None
        found = dict(self._settings(held))
        if url := found.get("base_url"):
            found["base_url"] = checked_url(str(url), f"{self._where('base_url')}: base_url")
        if "base_url" in found and "endpoint" in found:
            raise self._wrong("endpoint", "base_url and endpoint exclude each other: choose one.")
        named: dict[str, Any] = {name.rpartition(".")[2]: value for name, value in found.items()}
        named["endpoints"] = self._reachable(tables.pop("endpoints", {}))
        # the rules have seen to the types
        return Config(keys=keys, **tables, **named)

    def _reachable(self, endpoints: Mapping[str, Named]) -> Mapping[str, Named]:
        """The same with base URLs as they are used."""
        checked = {}
        for name, one in endpoints.items():
            place = self._place((ENDPOINTS, name, "base_url"))
            checked[name] = replace(one, base_url=checked_url(one.base_url, f"{place}: base_url"))
        return checked

    def _keys(self, held: object) -> Mapping[str, str]:
        """The keys that were chosen; what checks them is imported where there are some."""
        if held == {}:
            return {}
        from tui.core.keymap import CannotBe, keys_in

        try:
            return keys_in(held)
        except CannotBe as error:
            raise UsageError(f"{self._place(error.path)}: {error}") from None

    def _settings(self, held: Mapping[str, object]) -> Iterator[tuple[str, object]]:
        for name, value in _flat(held):
            if name in TABLES:
                raise self._wrong(name, f"{name} is a table: begin it with [{name}].")
            if name not in RULES:
                raise self._wrong(name, unknown(name, value))
            if name != "system" and is_key(value):
                raise self._wrong(name, NO_KEYS)
            if name == "model" and isinstance(value, dict):
                raise self._wrong(name, 'what is said of models stands in [models."NAME"].')
            if not RULES[name].is_right(value):
                last = name.rpartition(".")[2]
                raise self._wrong(name, f"{last} has to be {RULES[name].wanted}.")
            yield name, value

    def _wrong(self, name: str, why: str) -> UsageError:
        return UsageError(f"{self._where(name)}: {why}")

    def _where(self, name: str) -> str:
        """The file, and the line on which a name stands, if that is found."""
        return self._line(line_of(self._lines, name.rpartition(".")[2]))

    def _place(self, path: tuple[str, ...]) -> str:
        """The same for a name in tables: each is looked for behind the one that it stands in."""
        number = 0
        for name in path:
            number = line_of(self._lines, name, number) or number
        return self._line(number)

    def _line(self, number: int) -> str:
        return f"{_shown(self._path)}, line {number}" if number else _shown(self._path)


def _tables(held: dict[str, object]) -> dict[str, Any]:
    """What tables of tables say, taken out; what checks one is imported where it is there.

    Raises:
        NotSo: If one says what cannot be.
    """
    found: dict[str, Any] = {}
    if (said := held.pop(MODELS, {})) != {}:
        from tui.core.model_settings import models_in

        found["models"] = models_in(said)
    if (said := held.pop(ENDPOINTS, {})) != {}:
        from tui.core.endpoint_settings import endpoints_in

        found["endpoints"] = endpoints_in(said)
    if (said := held.pop(OPTIONS, {})) != {}:
        from tui.core.option_settings import options_in

        found["options"] = options_in((OPTIONS,), said)
    return found


def _flat(held: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Every setting with its table's name; a table that is none of ours by its own."""
    for name, value in held.items():
        if name in TABLES and isinstance(value, dict):
            yield from ((f"{name}.{inner}", found) for inner, found in value.items())
        else:
            yield name, value


def _why(error: Exception) -> str:
    return one_line(str(error), 200) if isinstance(error, ValueError) else "it is too deep"


def _shown(path: Path) -> str:
    return one_line(str(path), 300)
