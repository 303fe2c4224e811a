"""What stdout gets of an answer, as the command line and the terminal have it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from tui.ask.forms import Form, Json, JsonLines, Report, Words
from tui.ask.output import Output
from tui.ask.report import told
from tui.edge.tty import can_draw, wants_colours


def form_for(
    arguments: argparse.Namespace, output: Output, environ: Mapping[str, str], report: Report
) -> Form:
    """The form that was asked for; else Markdown is drawn where that can be."""
    if arguments.json:
        return Json(output.words, report)
    if arguments.jsonl:
        return JsonLines(output.words, report, told)
    if arguments.code:
        from tui.ask.code import Code

        return Code(output.words, is_safe=arguments.safe)
    if arguments.plain or not can_draw(output.words, environ):
        return Words(output.words, is_safe=arguments.safe)
    from tui.ask.rendered import Rendered

    return Rendered(output.words, has_colours=wants_colours(environ))
