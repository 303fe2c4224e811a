"""Token types of Pygments into the few styles that code is shown in."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.token import _TokenType

_STYLES = {
    "Keyword": "code-keyword",
    "Operator.Word": "code-keyword",
    "Comment": "code-comment",
    "Comment.Preproc": "code-keyword",
    "Comment.PreprocFile": "code-string",
    "Literal.String": "code-string",
    "Literal.Number": "code-number",
    "Literal": "code-string",
    "Operator": "code-operator",
    "Name.Function": "code-function",
    "Name.Class": "code-function",
    "Name.Decorator": "code-function",
    "Name.Exception": "code-function",
    "Name.Builtin": "code-name",
    "Name.Attribute": "code-name",
    "Name.Tag": "code-keyword",
    "Name.Namespace": "code-name",
    "Name.Constant": "code-name",
    "Name.Variable": "code-name",
    "Name.Entity": "code-number",
    "Name.Label": "code-name",
    "Generic.Inserted": "code-added",
    "Generic.Deleted": "code-removed",
    "Generic.Heading": "code-function",
    "Generic.Subheading": "code-function",
    "Generic.Prompt": "code-comment",
    "Generic.Error": "code-error",
    "Generic.Traceback": "code-error",
}


@cache
def code_style(token: "_TokenType") -> str:
    """The style of a token type, that of its nearest parent which has one, or none."""
    names = tuple(token)
    for end in range(len(names), 0, -1):
        style = _STYLES.get(".".join(names[:end]))
        if style:
            return style
    return ""
