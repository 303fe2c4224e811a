"""The README's table of keys is the command table.

RILLET_DRAW=1 python -m pytest tests/looks/test_key_table.py     # writes it anew
"""

import os
from pathlib import Path

from tui.core.commands import COMMANDS
from tui.core.key_table import BEGIN, END, key_table, with_table

README = Path(__file__).parents[2] / "README.md"


def test_the_table_of_keys_in_the_readme_is_made_from_the_commands() -> None:
    text = README.read_text()
    if os.environ.get("RILLET_DRAW"):
        README.write_text(with_table(text, key_table(COMMANDS)))
        text = README.read_text()
    between = text.partition(BEGIN)[2].partition(END)[0]
    assert between.strip() == key_table(COMMANDS).strip()


def test_every_command_stands_in_the_table_once_with_its_name() -> None:
    rows = key_table(COMMANDS).splitlines()
    for command in COMMANDS:
        assert sum(f"| `{command.id}` |" in row for row in rows) == 1, command.id
