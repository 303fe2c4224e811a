"""What may know what: import-linter checks the imports, this checks what gets loaded."""

import subprocess
import sys

import pytest

LOADED = "import sys, {module}; print(' '.join(m for m in {unwanted} if m in sys.modules))"


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("tui.streaming", ["textual", "openai", "httpx2", "tiktoken", "PIL", "fastapi"]),
        ("tui.turn", ["textual", "openai", "httpx2", "tiktoken"]),
        ("tui.core.body, tui.core.tokens, tui.core.reply", ["textual", "openai", "httpx2"]),
        ("tui.markdown.growing", ["textual", "openai", "httpx2"]),
        ("tui.edge.store", ["sqlite3", "textual", "openai", "httpx2", "tiktoken"]),
        ("tui.ask", ["textual", "openai", "tiktoken", "PIL", "sqlite3", "tui.markdown"]),
        ("tui.ask.rendered, tui.ask.code, tui.ask.keeping", ["textual", "openai", "tiktoken"]),
        ("tui.commands.conversing", ["textual", "openai", "httpx2", "tiktoken", "PIL"]),
        ("tui.edge.pictures", ["textual", "openai", "httpx2", "tiktoken", "PIL"]),
        ("tui.shelf", ["textual", "openai", "httpx2", "tiktoken", "markdown_it"]),
        ("tui.cli", ["textual", "openai", "httpx2", "tiktoken", "markdown_it", "pygments", "PIL"]),
        (
            "tui.commands.opening",
            ["textual", "openai", "httpx2", "tiktoken", "sqlite3", "pygments", "PIL"],
        ),
        (
            "tui.commands.asking, tui.commands.counting, tui.commands.images",
            ["textual", "openai", "httpx2", "tiktoken", "PIL", "tui.markdown", "tui.shelf"],
        ),
        ("tui.commands.bridging", ["textual", "openai", "fastapi", "uvicorn"]),
        ("tui.app", ["openai", "httpx2", "tiktoken", "xllamacpp", "PIL", "tui.core.model_table"]),
    ],
)
def test_a_module_loads_nothing_from_the_floors_above(module: str, unwanted: list[str]) -> None:
    code = LOADED.format(module=module, unwanted=unwanted)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
