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
from typing import TextIO

from tui.arguments import grammar
from tui.core.conversation import Conversation
from tui.core.errors import UsageError
from tui.core.images import BadImage, Image, image_from
from tui.core.request import Options, Request
from tui.core.settings import Demo, Embedded, Patience, Settings, Source
from tui.edge.keys import endpoint_from

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
    arguments = parser().parse_args()
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        code = run(arguments)
    except UsageError as error:
        sys.stderr.write(f"rillet: {error}\n")
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
    sys.exit(code)


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line, with what each command does."""
    return grammar(open_app, ask_once, serve_demo, count_tokens)


def settings_from(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Settings:
    """What the flags and the environment ask for; flags win.

    Raises:
        UsageError: If that cannot be.
    """
    if sum(map(bool, (arguments.demo, arguments.gguf, arguments.base_url is not None))) > 1:
        raise UsageError("--base-url, --gguf and --demo exclude each other: choose one.")
    return Settings(
        source=_source(arguments, environ),
        model=arguments.model or "",
        system=arguments.system or "",
        options=Options(arguments.max_tokens, arguments.temperature),
        patience=_patience(arguments),
    )


def _patience(arguments: argparse.Namespace) -> Patience:
    given = {
        "first": arguments.first_timeout,
        "idle": arguments.idle_timeout,
        "retries": arguments.retries,
    }
    return replace(
        Patience(), **{name: value for name, value in given.items() if value is not None}
    )


def _source(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Source:
    if arguments.demo:
        return Demo()
    if arguments.gguf:
        return Embedded(arguments.gguf)
    return endpoint_from(arguments.base_url, environ) or Embedded()


def open_app(arguments: argparse.Namespace) -> int:
    """Open the app; gives its exit code."""
    settings = _or_demo(settings_from(arguments, os.environ))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the app needs a terminal. In a pipe, use: rillet ask TEXT")
    os.environ.setdefault("TEXTUAL_FPS", "120")
    gc.disable()  # start-up makes no garbage worth a walk; the app takes it up again
    from tui.app import RilletApp, known_theme
    from tui.edge.clipboard import copy
    from tui.edge.paths import styles_folder
    from tui.edge.ranks import load
    from tui.edge.sources import server_for
    from tui.screens.tools import Tools

    tools = Tools(server_for(settings), load, partial(copy, environ=os.environ))
    app = RilletApp(settings, tools, styles_folder(), known_theme(arguments.theme))
    app.run()
    return app.return_code or 0


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
    question = _question(arguments.text)
    conversation = Conversation(settings.system).asked(question, _images(arguments.image))
    request = Request(
        settings.model, conversation.sent, settings.options, is_stream=not arguments.no_stream
    )
    output = Output(_words(), sys.stderr, load, is_json=arguments.json)
    return asyncio.run(ask(server_for(settings), request, settings.patience, output))


def count_tokens(arguments: argparse.Namespace) -> int:
    """Count a file, a pipe, images; gives the exit code."""
    from tui.core.vocabulary import encoding_for
    from tui.edge.files import image_size, text_of
    from tui.edge.ranks import load
    from tui.tally import picture, report, tally

    model = arguments.model or ""
    encoding, is_own = encoding_for(model)
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


def serve_demo(arguments: argparse.Namespace) -> int:
    """Run the demo server until Ctrl-C."""
    from tui.edge.demo import serve_forever

    address = f"{arguments.host}:{arguments.port}"
    try:
        asyncio.run(serve_forever(arguments.host, arguments.port, _announce))
    except OSError as error:
        raise UsageError(f"the demo cannot listen on {address}: {error.strerror}") from None
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


def _images(urls: list[str]) -> tuple[Image, ...]:
    try:
        return tuple(image_from(url) for url in urls)
    except BadImage as error:
        raise UsageError(f"--image: {error}") from None
