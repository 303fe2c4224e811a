"""From the command line, the environment and the configuration file to the settings of a run.

What only some runs need, the file's table of models and prompts that are kept, is imported by
those.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from tui.core.catalog import Profile
from tui.core.config import Config
from tui.core.errors import UsageError
from tui.core.manner import Manner, manner
from tui.core.options import Options
from tui.core.previews import AUTO, Way, way_for
from tui.core.settings import Demo, Embedded, Endpoint, Patience, Settings, Source
from tui.edge.config import read_config
from tui.edge.keys import endpoint_from


def settings_from(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Settings:
    """What flags, environment and configuration file ask for; the first that says so wins.

    Raises:
        UsageError: If that cannot be.
    """
    if sum(map(bool, (arguments.demo, arguments.gguf, arguments.base_url is not None))) > 1:
        raise UsageError("--base-url, --gguf and --demo exclude each other: choose one.")
    config = read_config(arguments.config, environ)
    source = _source(arguments, environ, config)
    drawn = _manner(arguments, environ, config)
    model = config.model if _is_meant(arguments, source, config) else None
    return Settings(
        source=source,
        model=_first(arguments.model, model, default=""),
        system=_system(arguments, environ, config),
        options=Options(
            _first(arguments.max_tokens, config.max_tokens, default=None),
            _first(arguments.temperature, config.temperature, default=None),
        ),
        patience=_patience(arguments, config),
        theme=_first(arguments.theme, config.theme, default=""),
        record=arguments.record,
        models=_models(config, source),
        keys=config.keys,
        shows_cost=_first(config.cost, default=True),
        names_chats=_first(config.titles, default=False),
        previews=Way.OFF if drawn.ascii else way_for(config.previews or AUTO, environ),
        manner=drawn,
        prompt=arguments.prompt or "",
    )


def _manner(arguments: argparse.Namespace, environ: Mapping[str, str], config: Config) -> Manner:
    motion = None if config.motion is None else config.motion == "reduced"
    return manner(
        ascii=_first(arguments.ascii, config.ascii, default=None),
        still=_first(arguments.reduced_motion, motion, default=None),
        linear=_first(arguments.screen_reader, config.screen_reader, default=False),
        environ=environ,
    )


def _system(arguments: argparse.Namespace, environ: Mapping[str, str], config: Config) -> str:
    """The system prompt; what reads those that are kept is imported where one is named."""
    if arguments.prompt is None:
        system: str = _first(arguments.system, config.system, default="")
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
    return endpoint_from(arguments.base_url, environ, config.base_url) or Embedded()


def _is_meant(arguments: argparse.Namespace, source: Source, config: Config) -> bool:
    """Whether the file's model is asked at this source.

    It belongs to the file's endpoint; in a file that names none, to the one that a key or the
    environment means. Where a flag sends questions elsewhere, other models answer.
    """
    if not isinstance(source, Endpoint):
        return False
    if config.base_url or arguments.base_url:
        return source.base_url == config.base_url
    return True
