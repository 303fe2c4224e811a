"""From the command line, the environment and the configuration file to the settings of a run.

What only some runs need, the file's table of models and prompts that are kept, is imported by
those.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from tui.core.catalog import Profile
from tui.core.config import Config
from tui.core.errors import UsageError
from tui.core.levels import Levels
from tui.core.manner import Manner, manner
from tui.core.notices import Notices
from tui.core.options import Options
from tui.core.previews import AUTO, Way, way_for
from tui.core.settings import Demo, Embedded, Endpoint, Patience, Settings, Source
from tui.edge.config import read_config
from tui.edge.keys import endpoint_from, endpoint_of
from tui.flagged import flagged

if TYPE_CHECKING:
    from tui.core.endpoint_settings import Named


def settings_from(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Settings:
    """What flags, environment and configuration file ask for; the first that says so wins.

    Raises:
        UsageError: If that cannot be.
    """
    named = (arguments.demo, arguments.gguf, arguments.base_url is not None, arguments.endpoint)
    if sum(map(bool, named)) > 1:
        raise UsageError(
            "--endpoint, --base-url, --gguf and --demo exclude each other: choose one."
        )
    config = read_config(arguments.config, environ)
    source = _source(arguments, environ, config)
    drawn = _manner(arguments, environ, config)
    endpoint = _described(source, config, arguments.endpoint)
    model = config.model if _is_meant(arguments, source, config) else None
    return Settings(
        source=source,
        model=_first(arguments.model, endpoint and endpoint.model, model, default=""),
        system=_system(arguments, environ, config, endpoint),
        levels=_levels(arguments, config, endpoint),
        patience=_patience(arguments, config),
        theme=_first(arguments.theme, config.theme, default=""),
        record=arguments.record,
        models=_models(config, source),
        keys=config.keys,
        shows_cost=_first(config.cost, default=True),
        names_chats=_first(config.titles, default=False),
        previews=Way.OFF if drawn.ascii else way_for(config.previews or AUTO, environ),
        manner=drawn,
        notices=_notices(config),
        prompt=arguments.prompt or "",
        systems=_systems(arguments, config),
        saves_asked=config.save,
    )


def _manner(arguments: argparse.Namespace, environ: Mapping[str, str], config: Config) -> Manner:
    motion = None if config.motion is None else config.motion == "reduced"
    return manner(
        ascii=_first(arguments.ascii, config.ascii, default=None),
        still=_first(arguments.reduced_motion, motion, default=None),
        linear=_first(arguments.screen_reader, config.screen_reader, default=False),
        environ=environ,
    )


def _notices(config: Config) -> Notices:
    usual = Notices()
    return Notices(
        title=_first(config.title, default=usual.title),
        ended=_first(config.ended, default=usual.ended),
        after=_first(config.after, default=usual.after),
    )


def _levels(arguments: argparse.Namespace, config: Config, endpoint: Named | None) -> Levels:
    """Who says what of the parameters."""
    models = {name: said.options for name, said in config.models.items()}
    own = endpoint.options if endpoint else Options()
    name = endpoint.name if endpoint else ""
    return Levels(flagged(arguments), models, own, config.options, name)


def _systems(arguments: argparse.Namespace, config: Config) -> Mapping[str, str]:
    """The system prompts of models; a flag goes before them."""
    if arguments.prompt is not None or arguments.system is not None:
        return {}
    said = ((name, model.system) for name, model in config.models.items())
    return {name: system for name, system in said if system is not None}


def _system(
    arguments: argparse.Namespace,
    environ: Mapping[str, str],
    config: Config,
    endpoint: Named | None,
) -> str:
    """The system prompt; what reads those that are kept is imported where one is named."""
    if arguments.prompt is None:
        own = endpoint.system if endpoint else None
        system: str = _first(arguments.system, own, config.system, default="")
        return system
    if arguments.system is not None:
        raise UsageError("--system and --prompt exclude each other: choose one.")
    from tui.edge.library import system_prompt

    return system_prompt(arguments.prompt, environ)


def _models(config: Config, source: Source) -> Mapping[str, Profile]:
    """What the file says of models, as it holds at the source."""
    if not config.models:
        return {}
    from tui.core.model_settings import profiles

    return profiles(config.models, source.name if isinstance(source, Endpoint) else "")


T = TypeVar("T")


def _first(*given: T | None, default: T) -> T:
    """The first that was given at all."""
    return next((each for each in given if each is not None), default)


def _patience(arguments: argparse.Namespace, config: Config) -> Patience:
    usual = Patience()
    return replace(
        usual,
        connect=_first(config.connect_timeout, default=usual.connect),
        first=_first(arguments.first_timeout, config.first_timeout, default=usual.first),
        idle=_first(arguments.idle_timeout, config.idle_timeout, default=usual.idle),
        retries=_first(arguments.retries, config.retries, default=usual.retries),
    )


def _source(arguments: argparse.Namespace, environ: Mapping[str, str], config: Config) -> Source:
    if arguments.demo:
        return Demo()
    if arguments.gguf:
        return Embedded(arguments.gguf)
    name = arguments.endpoint or (None if _has_url(arguments, environ) else config.endpoint)
    if name is not None:
        return endpoint_of(_named(name, config, arguments.endpoint is not None), environ)
    found = endpoint_from(arguments.base_url, environ, config.base_url)
    if found is None:
        return Embedded()
    known = _described(found, config)
    return endpoint_of(replace(known, base_url=found.base_url), environ) if known else found


def _has_url(arguments: argparse.Namespace, environ: Mapping[str, str]) -> bool:
    return arguments.base_url is not None or bool(environ.get("OPENAI_BASE_URL", "").strip())


def _named(name: str, config: Config, is_flag: bool) -> Named:
    """The endpoint that the file calls so.

    Raises:
        UsageError: If it calls none so.
    """
    if name not in config.endpoints:
        there = ", ".join(config.endpoints) or 'none; begin one with [endpoints."NAME"]'
        said = "--endpoint" if is_flag else "endpoint, in the configuration file,"
        raise UsageError(f"{said} knows no {name!r}. There are: {there}.")
    return config.endpoints[name]


def _described(source: Source, config: Config, name: str | None = None) -> Named | None:
    """What the file says of the endpoint in use: by its name, else by its base URL."""
    if not isinstance(source, Endpoint):
        return None
    chosen = config.endpoints.get(name or config.endpoint or "")
    if chosen is not None and chosen.is_at(source.base_url):
        return chosen
    there = (each for each in config.endpoints.values() if each.is_at(source.base_url))
    return next(there, None)


def _is_meant(arguments: argparse.Namespace, source: Source, config: Config) -> bool:
    """Whether the file's model is asked at this source.

    It belongs to the file's endpoint; in a file that names none, to the one that a key or the
    environment means. Where a flag sends questions elsewhere, other models answer.
    """
    if not isinstance(source, Endpoint):
        return False
    if arguments.endpoint is not None:
        return bool(arguments.endpoint == config.endpoint)
    if config.endpoint:
        return config.endpoints[config.endpoint].is_at(source.base_url)
    if config.base_url or arguments.base_url:
        return source.base_url == config.base_url
    return True
