"""Every setting as it holds in this run, and who said so: a flag, the environment, the file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tui.core.answers import said_light
from tui.core.config import Config
from tui.core.findings import Finding, State
from tui.core.levels import Level
from tui.core.parameters import shown
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
    yield _line("model", of.model or "the first that is listed", _model(of, said))
    yield _line("system", of.system_for(of.model) or "none", _system(of, said))
    wait = of.patience
    yield _line("first_timeout", f"{wait.first:g} s", said.origin("first_timeout", wait.first))
    yield _line("idle_timeout", f"{wait.idle:g} s", said.origin("idle_timeout", wait.idle))
    origin = said.origin("connect_timeout", wait.connect, flag=False)
    yield _line("connect_timeout", f"{wait.connect:g} s", origin)
    yield _line("retries", str(wait.retries), said.origin("retries", wait.retries))
    yield from _options(of, said)
    yield _theme(of, said)
    yield from _drawing(of, said)
    yield _line("titles", _yes(of.names_chats), said.origin("titles", of.names_chats, flag=False))
    yield _line("cost", _yes(of.shows_cost), said.origin("cost", of.shows_cost, flag=False))
    if of.saves_asked is not None:
        yield _line("ask_save", _yes(of.saves_asked), said.file)
    file = said.file if said.config.previews is not None else DEFAULT
    yield from _keys(of, said)
    yield _line("previews", of.previews.value, "NO_COLOR" if said.environ.get("NO_COLOR") else file)


def _options(of: Settings, said: Said) -> Iterator[Finding]:
    """The parameters of a request to the model in use."""
    told = dict(shown(of.options_for(of.model)))
    for name in of.levels.names(of.model):
        origin = of.levels.where(name, of.model)
        if origin is None:
            yield _line(name, "not sent", DEFAULT)
            continue
        where = origin.place if origin.level is Level.FLAG else f"{origin.place} in {said.file}"
        yield _line(name, "left out" if origin.is_unset else told.get(name, "not sent"), where)


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
    if said.arguments.endpoint is not None:
        return f"--endpoint {said.arguments.endpoint}"
    if said.arguments.base_url is not None:
        return "--base-url"
    if said.environ.get("OPENAI_BASE_URL", "").strip():
        return "OPENAI_BASE_URL"
    if said.config.endpoint:
        return f"endpoint {said.config.endpoint} in {said.file}"
    return said.file if said.config.base_url else "OPENAI_API_KEY, which means OpenAI"


def _drawing(of: Settings, said: Said) -> Iterator[Finding]:
    """In which manner the app draws; a screen reader has signs and motion its way."""
    drawn, told = of.manner, said.config
    motion = "reduced" if drawn.still else "full"
    by_reader = said.origin("screen_reader", drawn.linear) if drawn.linear else ""
    by_ascii = _origin(said, "ascii", told.ascii, "the locale" if drawn.ascii else DEFAULT)
    by_motion = _origin(
        said, "reduced_motion", told.motion, "TEXTUAL_ANIMATIONS" if drawn.still else DEFAULT
    )
    yield _line("ascii", _yes(drawn.ascii), by_reader or by_ascii)
    yield _line("motion", motion, by_reader or by_motion)
    yield _line("screen_reader", _yes(drawn.linear), by_reader or DEFAULT)


def _origin(said: Said, flag: str, in_file: object, else_: str) -> str:
    if getattr(said.arguments, flag, None) is not None:
        return f"--{flag.replace('_', '-')}"
    return said.file if in_file is not None else else_


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
    source = of.source.key_from if isinstance(of.source, Endpoint) else None
    if isinstance(of.source, Endpoint) and source is not None:
        key, where = of.source.secret, one_line(source.words, 200)
        if not key:
            return Finding(SECTION, "key", "could not be fetched", where, State.BAD)
        return _line("key", f"set, {len(key)} characters", where)
    key = key_in(said.environ)
    if not key:
        return _line("key", "none", DEFAULT)
    used = "" if isinstance(of.source, Endpoint) else ", not used here"
    return _line("key", f"set, {len(key)} characters{used}", "OPENAI_API_KEY")


def _model(of: Settings, said: Said) -> str:
    described = said.config.endpoints.get(of.levels.endpoint_name)
    if said.arguments.model is None and described is not None and described.model is not None:
        return f'[endpoints."{described.name}"] in {said.file}'
    return said.origin("model", of.model)


def _system(of: Settings, said: Said) -> str:
    if of.prompt:
        return f"--prompt {of.prompt}"
    if of.model in of.systems:
        return f'[models."{of.model}"] in {said.file}'
    described = said.config.endpoints.get(of.levels.endpoint_name)
    if said.arguments.system is None and described is not None and described.system is not None:
        return f'[endpoints."{described.name}"] in {said.file}'
    return said.origin("system", of.system)
