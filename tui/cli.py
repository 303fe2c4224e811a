"""The command line: arguments and environment -> settings -> the app, or a command without one.

Textual, openai and tiktoken are imported by what needs them, when it needs them: how soon the
first paint comes is decided here.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from tui.arguments import grammar
from tui.core.catalog import UNKNOWN, Profile
from tui.core.config import Config
from tui.core.conversation import Conversation
from tui.core.errors import UsageError
from tui.core.images import BadImage, Image
from tui.core.options import Options
from tui.core.request import Request
from tui.core.sanitize import clean, one_line
from tui.core.settings import Demo, Embedded, Endpoint, Patience, Settings, Source
from tui.edge.config import read_config
from tui.edge.keys import endpoint_from
from tui.edge.logs import redact_logs

if TYPE_CHECKING:
    from tui.edge.demo import DemoServer
    from tui.edge.recorder import Recorder

FAILED = 1
"""The exit code when the words could not be handed on."""

USAGE = 2
"""The exit code for a command line that cannot be carried out."""

CANCELLED = 130
"""The exit code after Ctrl-C: 128 + SIGINT, as shells count."""

BROKEN_PIPE = 141
"""The exit code when whoever read stdout went away: 128 + SIGPIPE."""


def main() -> None:
    """Run `rillet`."""
    redact_logs(_key(os.environ))
    arguments = parser().parse_args()
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        code = run(arguments)
    except UsageError as error:
        sys.stderr.write(f"rillet: {clean(str(error))}\n")
        code = USAGE
    except BrokenPipeError:
        _close_quietly()
        code = BROKEN_PIPE
    except OSError as error:
        _close_quietly()
        sys.stderr.write(f"rillet: the words could not be written: {error.strerror}\n")
        code = FAILED
    except KeyboardInterrupt:
        code = CANCELLED
    except Exception as fault:
        from tui.core.crash import report

        sys.stderr.write(f"rillet: {report(fault, _key(os.environ))}")
        code = FAILED
    sys.exit(code)


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line, with what each command does."""
    return grammar(open_app, ask_once, serve_demo, count_tokens, serve_record, use_shelf)


def settings_from(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Settings:
    """What flags, environment and configuration file ask for; the first that says so wins.

    Raises:
        UsageError: If that cannot be.
    """
    if sum(map(bool, (arguments.demo, arguments.gguf, arguments.base_url is not None))) > 1:
        raise UsageError("--base-url, --gguf and --demo exclude each other: choose one.")
    config = read_config(arguments.config, environ)
    source = _source(arguments, environ, config)
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
        shows_cost=_first(config.cost, default=True),
        prompt=arguments.prompt or "",
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


def open_app(arguments: argparse.Namespace) -> int:
    """Open the app; gives its exit code."""
    settings = _or_demo(settings_from(arguments, os.environ))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the app needs a terminal. In a pipe, use: rillet ask TEXT")
    os.environ.setdefault("TEXTUAL_FPS", "120")
    os.environ.setdefault("ESCDELAY", "10")  # ms; the rest of a key comes with its first byte
    sys.setswitchinterval(0.001)  # s; a key's thread waits so long for one that draws a flood
    gc.disable()  # start-up makes no garbage worth a walk; the app takes it up again
    from tui.app import RilletApp, known_theme
    from tui.edge.browser import browse
    from tui.edge.clipboard import copy
    from tui.edge.library import library_folder
    from tui.edge.paths import chats_file, styles_folder
    from tui.edge.ranks import load
    from tui.edge.sources import server_for
    from tui.edge.store import Store
    from tui.screens.tools import Tools

    source = "--theme" if arguments.theme else "theme, in the configuration file,"
    theme = known_theme(settings.theme, source)
    recorder = _recorder(settings.record)
    tools = Tools(
        server_for(settings, recorder),
        load,
        partial(copy, environ=os.environ),
        browse=partial(browse, environ=os.environ),
        store=None if arguments.private else Store(chats_file()),
        library=library_folder(os.environ),
    )
    app = RilletApp(settings, tools, styles_folder(), theme)
    if recorder is not None:
        recorder.tell = partial(app.notify, severity="warning", timeout=30, markup=False)
    try:
        app.run()
    except Exception as error:
        app.fault = app.fault or error
    if app.fault is not None:
        from tui.crash import tell

        tell(app.fault, _key(os.environ), app.last_words, sys.stderr)
        return app.return_code or FAILED
    if tools.store is not None and tools.store.unsaved():
        from tui.crash import keep_unsaved

        keep_unsaved(tools.store.trouble, app.last_words, sys.stderr)
    return app.return_code or 0


def _key(environ: Mapping[str, str]) -> str:
    return environ.get("OPENAI_API_KEY", "").strip()


def _or_demo(settings: Settings) -> Settings:
    """The demo, where nothing was chosen and the engine that would answer is not installed."""
    if settings.source != Embedded():
        return settings
    from tui.edge.local import missing

    because = missing()
    return replace(settings, source=Demo(because)) if because else settings


def ask_once(arguments: argparse.Namespace) -> int:
    """Ask without a screen; gives the exit code."""
    from tui.ask import Output, ask
    from tui.edge.ranks import load
    from tui.edge.sources import server_for

    settings = settings_from(arguments, os.environ)
    output = Output(
        _words(),
        sys.stderr,
        load,
        is_json=arguments.json,
        is_safe=arguments.safe,
        models=settings.models,
    )
    question = _question(arguments.text)
    images = _images(arguments, settings, output.note)
    request = Request(
        settings.model,
        Conversation(settings.system).asked(question, images).sent,
        settings.options,
        is_stream=not arguments.no_stream,
    )
    server = server_for(settings, _recorder(settings.record))
    if isinstance(settings.source, Endpoint) and settings.source.warning:
        output.note(settings.source.warning)
    return asyncio.run(ask(server, request, settings.patience, output))


def _recorder(path: Path | None) -> Recorder | None:
    """What writes the record that was asked for."""
    if path is None:
        return None
    from tui.edge.recorder import recorder_to

    return recorder_to(path)


def count_tokens(arguments: argparse.Namespace) -> int:
    """Count a file, a pipe, images; gives the exit code."""
    from tui.core.vocabulary import encoding_of
    from tui.edge.files import image_size, text_of
    from tui.edge.ranks import load
    from tui.tally import picture, report, tally

    settings = settings_from(arguments, os.environ)
    model = settings.model
    encoding, is_own = encoding_of(model, settings.models.get(model, UNKNOWN))
    pictures = tuple(
        picture(image_size(given), detail or arguments.detail, model)
        for given, detail in arguments.image
    )
    text = text_of(name) if (name := _counted(arguments)) else ()
    counted = tally(text, pictures, load(encoding), encoding, is_own=is_own)
    report(counted, model, _words(), sys.stderr, is_json=arguments.json)
    return 0


def _counted(arguments: argparse.Namespace) -> str:
    """The name of what is counted; empty where only images are."""
    if arguments.file not in ("", "-"):
        return str(arguments.file)
    is_piped = sys.stdin is not None and not sys.stdin.isatty()
    if not (is_piped or arguments.image):
        raise UsageError("there is nothing to count. Try: rillet tokens FILE, or a pipe into it")
    return "-" if is_piped else ""


def use_shelf(arguments: argparse.Namespace) -> int:
    """List, export or import conversations; gives the exit code."""
    from tui.shelf import run
    from tui.shelf.output import Output

    return run(arguments, Output(_words(), sys.stderr))


def serve_demo(arguments: argparse.Namespace) -> int:
    """Run the demo server until Ctrl-C."""
    from tui.edge.demo import DemoServer

    return _serve(DemoServer(host=arguments.host, port=arguments.port), arguments)


def serve_record(arguments: argparse.Namespace) -> int:
    """Serve what was recorded until Ctrl-C."""
    from tui.edge.replay import load, replaying

    streams = load(arguments.file).streams
    host, port, speed = arguments.host, arguments.port, arguments.speed
    return _serve(replaying(streams, speed=speed, host=host, port=port), arguments)


def _serve(server: DemoServer, arguments: argparse.Namespace) -> int:
    from tui.edge.demo import serve_forever

    address = f"{arguments.host}:{arguments.port}"
    try:
        asyncio.run(serve_forever(server, _announce))
    except OSError as error:
        raise UsageError(f"the server cannot listen on {address}: {error.strerror}") from None
    return 0


def _announce(base_url: str) -> None:
    sys.stdout.write(f"{base_url}\n")
    sys.stdout.flush()


def _close_quietly() -> None:
    """What is left to be written has nowhere to go: let the interpreter's exit not stumble."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _words() -> TextIO:
    """Standard output, also where it is closed or its encoding lacks a character."""
    if sys.stdout is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return sys.stdout


def _question(given: list[str]) -> str:
    """The prompt, then what standard input holds, as far as there is either."""
    words = _utf8(os.fsencode(" ".join(given)), "the question")
    wants_stdin = words in ("", "-")
    is_typed = sys.stdin is not None and sys.stdin.isatty()
    if wants_stdin and is_typed:
        raise UsageError('there is nothing to ask. Try: rillet ask "What is a rillet?"')
    is_piped = sys.stdin is not None and not is_typed
    piped = _utf8(sys.stdin.buffer.read(), "standard input") if is_piped else ""
    question = "\n\n".join(part for part in ("" if wants_stdin else words, piped.strip()) if part)
    if not question:
        raise UsageError("the question is empty: give it as an argument or on standard input.")
    return question


def _utf8(given: bytes, name: str) -> str:
    try:
        return given.decode()
    except UnicodeDecodeError:
        raise UsageError(f"{name} is not UTF-8 text, so it cannot be asked.") from None


def _images(
    arguments: argparse.Namespace, settings: Settings, tell: Callable[[str], None]
) -> tuple[Image, ...]:
    """The images of the question, files made ready; what was changed about them is told."""
    if not arguments.image:
        return ()
    from tui.core.image_limits import check, limits_of
    from tui.core.pictures import Wish
    from tui.edge.pictures import image_given

    source = settings.source
    limits = limits_of(source.base_url if isinstance(source, Endpoint) else "")
    images = []
    for text, given in arguments.image:
        detail = given or arguments.detail
        wish = Wish(arguments.fit, arguments.keep_metadata, detail, limits.kinds)
        try:
            image, changes = image_given(text, wish, settings.model)
        except BadImage as error:
            raise UsageError(f"--image {one_line(text, 80)}: {error}") from None
        if changes:
            tell(f"{one_line(text, 80)}: {changes}")
        images.append(image)
    try:
        check(images, limits)
    except BadImage as error:
        raise UsageError(f"--image: {error} (--fit PIXELS scales image files down.)") from None
    return tuple(images)
