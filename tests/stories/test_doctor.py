"""`rillet doctor`, `models` and `paths`: the truth about what is used, and never a secret."""

from __future__ import annotations

import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, create_subprocess_exec
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tui.edge.demo import DemoServer

KEY = "sk-proj-very-secret-0123456789"


async def run(*arguments: str, **env: str) -> tuple[int, str, str]:
    """Run `rillet`; gives its exit code, stdout and stderr."""
    process = await create_subprocess_exec(
        *(sys.executable, "-m", "tui", *arguments),
        env={**os.environ, **env}, stdin=DEVNULL, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


Report = dict[str, dict[str, dict[str, str]]]


async def report(*arguments: str, **env: str) -> tuple[int, Report]:
    code, out, err = await run("doctor", "--json", *arguments, **env)
    assert err == ""
    found: Report = json.loads(out)
    return code, found


def config(home: Path, text: str) -> dict[str, str]:
    folder = home / "rillet"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(text)
    return {"XDG_CONFIG_HOME": str(home)}


async def test_every_setting_says_where_it_came_from(demo: DemoServer, tmp_path: Path) -> None:
    env = config(
        tmp_path / "conf", 'model = "in-file"\ntheme = "rillet-light"\n[wait]\nretries = 7\n'
    )
    flags = ("--model", "demo-echo", "--idle-timeout", "9")
    code, found = await report(*flags, OPENAI_BASE_URL=demo.base_url, **env)
    file = str(tmp_path / "conf" / "rillet" / "config.toml")
    said = {name: (each["value"], each.get("from")) for name, each in found["settings"].items()}
    assert code == 0
    assert said["endpoint"] == (demo.base_url, "OPENAI_BASE_URL")
    assert said["model"] == ("demo-echo", "--model")
    assert said["idle_timeout"] == ("9 s", "--idle-timeout")
    assert said["first_timeout"] == ("120 s", "default")
    assert said["retries"] == ("7", file)
    assert said["theme"] == ("rillet-light", file)


PARAMETERS = """
[options]
temperature = 0.1
seed = 1
extra = {{ top_k = 40 }}

[models."demo-echo".options]
unset = ["seed"]

[endpoints."mine"]
base_url = "{url}"
model = "demo-echo"
key_command = "{command}"

[endpoints."mine".options]
temperature = 0.2
stop = ["END"]
"""


async def test_every_parameter_says_who_set_it_or_left_it_out(
    demo: DemoServer, tmp_path: Path
) -> None:
    command = f"{sys.executable} -c 'print(chr(107) * 20)'"
    text = PARAMETERS.format(url=demo.base_url, command=command)
    env = config(tmp_path / "conf", text)
    code, found = await report("--endpoint", "mine", "--top-p", "0.5", **env)
    file = str(tmp_path / "conf" / "rillet" / "config.toml")
    said = {name: (each["value"], each.get("from")) for name, each in found["settings"].items()}
    assert code == 0
    assert said["endpoint"] == (demo.base_url, "--endpoint mine")
    assert said["model"] == ("demo-echo", f'[endpoints."mine"] in {file}')
    assert said["temperature"] == ("0.2", f'[endpoints."mine".options] in {file}')
    assert said["stop"] == ('["END"]', f'[endpoints."mine".options] in {file}')
    assert said["seed"] == ("left out", f'[models."demo-echo".options] in {file}')
    assert said["top_p"] == ("0.5", "--top-p")
    assert said["top_k"] == ("40", f"[options] in {file}")
    assert said["reasoning_effort"] == ("not sent", "default")
    assert said["key"] == ("set, 20 characters", f"key_command {command}")
    _, out, _ = await run("doctor", "--endpoint", "mine", **env)
    assert "k" * 20 not in out


async def test_a_key_that_cannot_be_fetched_is_told_by_the_one_who_has_it(tmp_path: Path) -> None:
    text = '[endpoints."x"]\nbase_url = "https://a.invalid/v1"\nkey_env = "MY_KEY"'
    code, found = await report("--endpoint", "x", **config(tmp_path / "conf", text))
    assert code == 1
    assert found["settings"]["key"] == {
        "value": "could not be fetched",
        "from": "MY_KEY",
        "state": "bad",
    }
    assert "MY_KEY" in found["endpoint"]["answers"]["advice"]
    assert found["endpoint"]["answers"]["value"] == "The key could not be fetched"


async def test_a_model_of_the_file_that_is_not_asked_elsewhere_is_not_told(
    demo: DemoServer, tmp_path: Path
) -> None:
    env = config(tmp_path / "conf", 'base_url = "http://a.example/v1"\nmodel = "in-file"\n')
    _, found = await report("--base-url", demo.base_url, **env)
    assert found["settings"]["model"]["value"] == "the first that is listed"
    assert found["settings"]["model"]["from"] == "default"


async def test_no_secret_is_told(demo: DemoServer) -> None:
    proxy = "http://me:hunter2@proxy.example:3128"
    env = {"OPENAI_API_KEY": KEY, "HTTPS_PROXY": proxy}
    for more in ((), ("--json",)):
        flags = ("--base-url", "https://a.invalid/v1", *more)
        code, out, err = await run("doctor", *flags, **env)
        assert code == 1
        assert f"set, {len(KEY)} characters" in out
        assert "proxy.example:3128" in out
        assert not {word for word in (KEY, "very-secret", "hunter2") if word in out + err}


async def test_an_endpoint_that_answers_tells_what_it_lists(demo: DemoServer) -> None:
    code, found = await report("--base-url", demo.base_url, "--model", "demo-ecko")
    assert code == 0
    assert "models: demo-tour, demo-echo" in found["endpoint"]["answers"]["value"]
    assert found["endpoint"]["model"]["value"] == "demo-ecko is not listed"
    assert "demo-echo" in found["endpoint"]["model"]["advice"]


async def test_one_that_does_not_is_told_with_what_to_do(unused: int) -> None:
    code, out, _ = await run("doctor", "--base-url", f"http://127.0.0.1:{unused}/v1")
    assert code == 1
    assert "✗ answers" in out
    assert f"http://127.0.0.1:{unused}/v1" in out
    assert "✓ rillet" in out


@pytest.fixture
async def unused() -> int:
    """A port on which nobody listens."""
    async with DemoServer() as gone:
        return int(gone.base_url.rpartition(":")[2].partition("/")[0])


async def test_settings_that_cannot_be_hide_nothing_else(tmp_path: Path) -> None:
    env = config(tmp_path / "conf", "retries = \n")
    code, found = await report("--demo", **env)
    assert code == 1
    assert found["settings"]["all"]["state"] == "bad"
    assert "config.toml is not TOML" in found["settings"]["all"]["advice"]
    assert found["files"]["config"]["state"] == "fine"
    assert "textual" in found["versions"]


async def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    _, found = await report("--demo", XDG_DATA_HOME=str(tmp_path / "data"))
    assert found["files"]["conversations"]["state"] == "bad"
    assert "is no folder" in found["files"]["conversations"]["advice"]


async def test_the_terminal_is_told_as_it_is(demo: DemoServer) -> None:
    env = {"TERM": "dumb", "NO_COLOR": "1", "SSH_CONNECTION": "a b c d", "COLUMNS": "40"}
    _, found = await report("--base-url", demo.base_url, **env)
    said = {name: each["value"] for name, each in found["terminal"].items()}
    assert (said["colours"], said["inside"], said["images"]) == ("none", "SSH", "off")
    assert said["clipboard"] == "the terminal's (OSC 52)"
    assert "draws" in found["terminal"]["TERM"]["advice"]
    assert "60x16" in found["terminal"]["size"]["advice"]


async def test_models_are_names_in_a_pipe_and_more_on_a_terminal(demo: DemoServer) -> None:
    demo.describe("demo-echo", max_model_len=4096)
    code, out, err = await run("models", "--base-url", demo.base_url)
    assert (code, err) == (0, "")
    assert out.split("\n")[:2] == ["demo-tour", "demo-echo"]
    command = (sys.executable, "-m", "tui", "models", "--base-url", demo.base_url)
    async with Terminal(*command, width=100, height=60) as terminal:
        await terminal.sees("demo-echo", "4,096")
    _, out, _ = await run("models", "--json", "--base-url", demo.base_url)
    assert {each["id"]: each["context"] for each in json.loads(out)}["demo-echo"] == 4096


async def test_models_of_nobody_fail_with_a_sentence(unused: int) -> None:
    code, out, err = await run("models", "--base-url", f"http://127.0.0.1:{unused}/v1")
    assert (code, out) == (1, "")
    assert err.startswith("rillet: ")
    assert err.count("\n") == 1


async def test_a_name_of_a_model_cannot_steer_the_terminal(demo: DemoServer) -> None:
    demo.script("evil\x1b]0;owned\x07", demo._models["demo-echo"])
    for command in ("models", "doctor"):
        _, out, _ = await run(command, "--base-url", demo.base_url)
        assert "\x1b" not in out


async def test_paths_are_told_and_nothing_is_made(tmp_path: Path) -> None:
    env = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE")}
    code, out, _ = await run("paths", "--json", **env)
    found = json.loads(out)
    assert code == 0
    assert found["config"] == str(tmp_path / "CONFIG" / "rillet" / "config.toml")
    assert found["conversations"] == str(tmp_path / "DATA" / "rillet" / "chats.db")
    assert found["state"] == str(tmp_path / "STATE" / "rillet")
    assert not [name for name in ("CONFIG", "DATA", "STATE") if (tmp_path / name).exists()]
    _, out, _ = await run("paths", **env)
    assert f"conversations  {found['conversations']}" in out


async def test_a_line_break_in_a_variable_makes_no_line(demo: DemoServer, tmp_path: Path) -> None:
    forged = "\n  ✓ key  set"
    env = {"TERM": f"x{forged}", "XDG_DATA_HOME": f"{tmp_path}/x{forged}"}
    _, out, _ = await run("doctor", "--base-url", demo.base_url, **env)
    assert sum(line.startswith("  ✓ key") for line in out.splitlines()) <= 1
    assert "x   ✓ key  set" in out
