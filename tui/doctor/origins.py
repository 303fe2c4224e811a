"""Every setting as it holds in this run, and who said so: a flag, the environment, the file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tui.core.answers import said_light
from tui.core.config import Config
from tui.core.findings import Finding, State
from tui.core.sanitize import one_line, shortened
from tui.core.settings import Demo, Embedded, Endpoint, Settings
from tui.edge.background import FEW, has_few_colours
from tui.edge.keys import key_in

SECTION = "settings"
DEFAULT = "default"

LONGEST = 80
"""Characters of a value that are told."""


@dataclass(frozen=True, slots=True)
class Said:
    """Everyone who can say something, the first of them winning."""

    arguments: argparse.Namespace
    """The command line."""

    environ: Mapping[str, str]
    """The environment."""

    config: Config
    """The file."""

    file: str
    """How the file is called."""

    def origin(self, name: str, value: object, *, flag: bool = True) -> str:
        """Who said a value that a flag and the file can say under one name."""
        if flag and getattr(self.arguments, name, None) is not None:
            return f"--{name.replace('_', '-')}"
        in_file: object = getattr(self.config, name)
        return self.file if in_file is not None and in_file == value else DEFAULT


def settings(of: Settings, said: Said) -> Iterator[Finding]:
    """Each of them."""
    yield _source(of, said)
    yield _key(of, said)
    yield _line("model", of.model or "the first that is listed", said.origin("model", of.model))
    yield _line("system", of.system or "none", _system(of, said))
    wait = of.patience
    yield _line("first_timeout", f"{wait.first:g} s", said.origin("first_timeout", wait.first))
    yield _line("idle_timeout", f"{wait.idle:g} s", said.origin("idle_timeout", wait.idle))
    origin = said.origin("connect_timeout", wait.connect, flag=False)
    yield _line("connect_timeout", f"{wait.connect:g} s", origin)
    yield _line("retries", str(wait.retries), said.origin("retries", wait.retries))
    for name in ("max_tokens", "temperature"):
        value = getattr(of.options, name)
        shown = "not sent" if value is None else f"{value:g}"
        yield _line(name, shown, said.origin(name, value))
    yield _theme(of, said)
    yield _line("titles", _yes(of.names_chats), said.origin("titles", of.names_chats, flag=False))
    yield _line("cost", _yes(of.shows_cost), said.origin("cost", of.shows_cost, flag=False))
    file = said.file if said.config.previews is not None else DEFAULT
    yield from _keys(of, said)
    yield _line("previews", of.previews.value, "NO_COLOR" if said.environ.get("NO_COLOR") else file)


def _line(name: str, value: str, source: str) -> Finding:
    state = State.NOTE if source == DEFAULT else State.FINE
    return Finding(SECTION, name, shortened(one_line(value, 2_000), LONGEST), source, state)


def _keys(of: Settings, said: Said) -> Iterator[Finding]:
    """The keys that the user chose, with what has to be known of some."""
    if not of.keys:
        return
    from tui.core.keymap import changed, remarks

    for each in changed(of.keys):
        if each.id in of.keys:
            finding = _line(f"keys.{each.id}", each.shown or "none", said.file)
            advice = " ".join(remarks({each.id: each.key}))
            yield replace(finding, advice=advice, state=State.NOTE if advice else finding.state)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _source(of: Settings, said: Said) -> Finding:
    match of.source:
        case Demo():
            return _line("endpoint", "the scripted demo", "--demo")
        case Embedded(gguf):
            origin = "--gguf" if gguf else DEFAULT
            return _line("endpoint", str(gguf or "the model on this machine"), origin)
        case Endpoint() as endpoint:
            finding = _line("endpoint", endpoint.address, _named(said))
            if not endpoint.warning:
                return finding
            warned = (finding.section, finding.name, finding.value, finding.source, State.NOTE)
            return Finding(*warned, advice=endpoint.warning)


def _named(said: Said) -> str:
    if said.arguments.base_url is not None:
        return "--base-url"
    if said.environ.get("OPENAI_BASE_URL", "").strip():
        return "OPENAI_BASE_URL"
    return said.file if said.config.base_url else "OPENAI_API_KEY, which means OpenAI"


def _theme(of: Settings, said: Said) -> Finding:
    """The theme; where nobody chose one the app asks the terminal, which is not done here."""
    if of.theme:
        return _line("theme", of.theme, said.origin("theme", of.theme))
    if has_few_colours(said.environ):
        return _line("theme", FEW, "TERM")
    light = said_light(said.environ)
    follows = "dark or light, as the terminal's background"
    told = {None: "", True: " (light)", False: " (dark)"}[light]
    return _line("theme", follows + told, DEFAULT if light is None else "COLORFGBG")


def _key(of: Settings, said: Said) -> Finding:
    key = key_in(said.environ)
    if not key:
        return _line("key", "none", DEFAULT)
    used = "" if isinstance(of.source, Endpoint) else ", not used here"
    return _line("key", f"set, {len(key)} characters{used}", "OPENAI_API_KEY")


def _system(of: Settings, said: Said) -> str:
    if of.prompt:
        return f"--prompt {of.prompt}"
    return said.origin("system", of.system)
