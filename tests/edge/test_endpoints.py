"""Endpoints that the file describes: which one is in use, its model, its key, its parameters."""

import argparse
from pathlib import Path

import pytest

from tui.cli import parser
from tui.core.errors import UsageError
from tui.core.key_source import Keeper, KeySource
from tui.core.levels import Level
from tui.core.options import Options
from tui.core.settings import Demo, Embedded, Endpoint, Settings
from tui.settings import settings_from

KEY = "the-usual-key"

FILE = """
system = "Usual."

[options]
temperature = 0.1
seed = 1
extra = { top_k = 1 }

[endpoints."one"]
base_url = "https://one.example/v1/"
model = "m-1"
system = "One."
key_env = "ONE_KEY"

[endpoints."one".options]
temperature = 0.2
unset = ["seed"]

[endpoints."two"]
base_url = "https://two.example/v1"
key_command = "pass show two"

[endpoints."three"]
base_url = "http://127.0.0.1:9/v1"

[models."m-1".options]
temperature = 0.3
stop = "END"

[models."m-1"]
system = "First."
"""


def settings(folder: Path, *arguments: str, text: str = FILE, **environ: str) -> Settings:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    given: argparse.Namespace = parser().parse_args(["--config", str(file), *arguments])
    return settings_from(given, environ)


def at(settings: Settings) -> Endpoint:
    assert isinstance(settings.source, Endpoint)
    return settings.source


def test_a_flag_names_the_endpoint_and_all_that_is_said_of_it_holds(tmp_path: Path) -> None:
    chosen = settings(tmp_path, "--endpoint", "one", ONE_KEY="key-1", OPENAI_API_KEY=KEY)
    assert (at(chosen).base_url, at(chosen).key) == ("https://one.example/v1", "key-1")
    assert (chosen.model, chosen.system) == ("m-1", "One.")
    assert chosen.options_for("other") == Options(temperature=0.2, extra={"top_k": 1})
    assert chosen.options_for("m-1") == Options(temperature=0.3, stop=("END",), extra={"top_k": 1})


def test_a_model_can_have_a_system_prompt_and_a_flag_goes_before_it(tmp_path: Path) -> None:
    chosen = settings(tmp_path, "--endpoint", "one")
    assert (chosen.system_for("m-1"), chosen.system_for("other")) == ("First.", "One.")
    told = settings(tmp_path, "--endpoint", "one", "--system", "Mine.")
    assert told.system_for("m-1") == told.system_for("other") == "Mine."


def test_the_file_can_name_the_one_in_use(tmp_path: Path) -> None:
    text = f'endpoint = "one"\n{FILE}'
    assert at(settings(tmp_path, text=text)).base_url == "https://one.example/v1"
    other = settings(tmp_path, "--endpoint", "three", text=text)
    assert (at(other).base_url, other.model) == ("http://127.0.0.1:9/v1", "")
    assert settings(tmp_path, "--demo", text=text).source == Demo()


@pytest.mark.parametrize(
    ("arguments", "environ"),
    [
        (("--base-url", "https://one.example/v1"), {}),
        (("--base-url", "https://ONE.example:443/v1/"), {}),
        ((), {"OPENAI_BASE_URL": "https://one.example/v1"}),
    ],
)
def test_its_base_url_means_it_too(
    tmp_path: Path, arguments: tuple[str, ...], environ: dict[str, str]
) -> None:
    chosen = settings(tmp_path, *arguments, ONE_KEY="key-1", OPENAI_API_KEY=KEY, **environ)
    assert (at(chosen).key, chosen.model) == ("key-1", "m-1")
    assert chosen.levels.endpoint_name == "one"


@pytest.mark.parametrize(
    "url",
    [
        "https://one.example/v2",
        "http://one.example/v1",
        "https://one.example:8443/v1",
        "https://one.example.evil.example/v1",
    ],
)
def test_a_key_of_an_endpoint_goes_to_nobody_who_is_like_it(tmp_path: Path, url: str) -> None:
    chosen = settings(tmp_path, "--base-url", url, ONE_KEY="key-1", OPENAI_API_KEY=KEY)
    assert at(chosen) == Endpoint(url, KEY)
    assert chosen.levels.endpoint == Options()


def test_an_endpoint_that_names_no_key_has_the_usual_one(tmp_path: Path) -> None:
    assert at(settings(tmp_path, "--endpoint", "three", OPENAI_API_KEY=KEY)).key == KEY


def test_one_that_names_a_key_never_has_another(tmp_path: Path) -> None:
    assert at(settings(tmp_path, "--endpoint", "one", OPENAI_API_KEY=KEY)).key == ""
    two = at(settings(tmp_path, "--endpoint", "two", OPENAI_API_KEY=KEY))
    assert two.key == ""
    assert two.key_from == KeySource(Keeper.COMMAND, "pass show two", two.base_url)


def test_nothing_is_run_before_it_is_needed(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    text = f'[endpoints."x"]\nbase_url = "https://x.example"\nkey_command = "touch {mark}"'
    settings(tmp_path, "--endpoint", "x", text=text)
    assert not mark.exists()


def test_an_endpoint_that_is_not_asked_changes_nothing(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    assert chosen.source == Embedded()
    assert chosen.options_for("x") == Options(temperature=0.1, seed=1, extra={"top_k": 1})
    assert chosen.system == "Usual."


def test_flags_go_before_all_of_the_file(tmp_path: Path) -> None:
    flags = (
        *("--temperature", "1", "--top-p", "0.5", "--stop", "a", "--stop", "b", "--seed", "-3"),
        *("--reasoning-effort", "high", "--option", "top_k=null", "--option", 'mode="x"'),
        *("--option", "presence_penalty=1.5"),
    )
    chosen = settings(tmp_path, "--endpoint", "one", *flags)
    assert chosen.options_for("m-1") == Options(
        temperature=1,
        top_p=0.5,
        stop=("a", "b"),
        seed=-3,
        reasoning_effort="high",
        presence_penalty=1.5,
        extra={"mode": "x"},
    )
    origin = chosen.levels.where("top_k", "m-1")
    assert origin is not None
    assert (origin.level, origin.is_unset) == (Level.FLAG, True)


def test_a_flag_leaves_out_what_the_file_sets(tmp_path: Path) -> None:
    chosen = settings(tmp_path, "--endpoint", "one", "--option", "temperature=null")
    assert chosen.options_for("m-1").temperature is None


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--option", "model=null"), "--option: model is said by Rillet itself"),
        (("--option", "temperature=3"), "--option: temperature has to be a number from 0 to 2."),
        (("--option", "x=[[[[[[[[[[[[[[1]]]]]]]]]]]]]]"), "nothing that JSON can say"),
        (("--stop", "a") * 5, "a list of up to four"),
        (("--endpoint", "four"), "--endpoint knows no 'four'. There are: one, two, three."),
        (("--endpoint", "one", "--demo"), "exclude each other"),
        (("--endpoint", "one", "--base-url", "https://evil.example"), "exclude each other"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, arguments: tuple[str, ...], why: str) -> None:
    with pytest.raises(UsageError) as refused:
        settings(tmp_path, *arguments)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('endpoint = "x"', "endpoint, in the configuration file, knows no 'x'. There are: none; "
         'begin one with [endpoints."NAME"].'),
        ('base_url = "https://a.example"\nendpoint = "x"', "line 2: base_url and endpoint exclude "
         "each other: choose one."),
        ('endpoints = 3', 'line 1: endpoints is a table: begin it with [endpoints."NAME"].'),
        ('[endpoints]\nbase_url = "x"', "line 2: an endpoint has a table of its own: "
         '[endpoints."NAME"].'),
        ('[endpoints."x"]\nmodel = "m"', "line 1: an endpoint needs a base_url."),
        ('[endpoints."x"]\nbase_url = "y"', "line 2: base_url is not a URL that can be used: it "
         "should look like https://HOST/v1. Is it https://y?"),
        ('[endpoints."x"]\nbase_url = "https://y"\nkey_env = "a b"', "line 3: key_env has to be a "
         'name in the environment, as in "MISTRAL_API_KEY".'),
        ('[endpoints."x"]\nbase_url = "https://y"\nkey_command = "a \'b"', "line 3: key_command "
         'has to be a command that prints the key, as in "pass show mistral".'),
        ('[endpoints."x"]\nbase_url = "https://y"\nkey_keyring = "a"', "line 3: key_keyring has to "
         'be a service and a user of the keyring, as in "rillet/mistral".'),
        ('[endpoints."x"]\nbase_url = "https://y"\nkey_env = "A"\nkey_command = "b"', "line 4: "
         "key_env and key_command exclude each other: choose one."),
        ('[endpoints."x"]\nbase_url = "https://y"\nkey_envv = "A"', "line 3: there is no setting "
         "key_envv. Is it key_env?"),
        ('[endpoints."x"]\nbase_url = "https://y"\nmodle = "A"', "line 3: of an endpoint there is "
         "no setting modle. Is it model?"),
        ('[endpoints."x"]\nbase_url = "https://y"\n[endpoints."x".options]\nseed = "1"',
         "line 4: seed has to be a whole number."),
        ('[endpoints."x"]\nbase_url = "https://y"\noptions = 1', "line 3: options is a table: "
         'begin it with [endpoints."x".options].'),
        ('[models."m".options]\ntop_k = 40', "line 2: there is no setting options.top_k. Is it "
         "top_p?"),
        ('[models."m".options]\nmirostat = 2', "line 2: there is no setting options.mirostat. What "
         "else the server takes goes into extra, as in extra = { top_k = 40 }."),
        ('[models."m"]\nsystem = 3', "line 2: system has to be text in quotes."),
        ("[options]\nextra = { messages = [] }", "line 2: messages is said by Rillet itself, so "
         "that it cannot be set."),
        ("[options]\nextra = { top_p = 1 }", "line 2: top_p has a setting of its own: it does not "
         "belong into extra."),
        ("[options]\nextra = { day = 1979-05-27 }", "line 2: day is nothing that JSON can say."),
        ("[options]\nunset = 'temperature'", 'line 2: unset has to be a list of names in quotes, '
         'as in ["temperature"].'),
        ("[options]\nunset = ['stream']", "line 2: stream is said by Rillet itself: it cannot be "
         "left out."),
        ("[options]\nseed = 1\nunset = ['seed']", "line 3: seed is set here as well: choose one."),
        ("[ask]\nsave = 1", "line 2: save has to be true or false."),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UsageError) as refused:
        settings(tmp_path, text=text)
    place = f"{tmp_path / 'config.toml'}, "
    assert str(refused.value).removeprefix(place) == said


@pytest.mark.parametrize(
    "text",
    [
        'key = "very-secret"',
        'api_key = "very-secret"',
        'key_env = "sk-very-secret-and-quite-long"',
        'key_command = "echo sk-very-secret-and-quite-long"',
        'model = "sk-very-secret-and-quite-long"',
    ],
)
def test_a_key_itself_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    whole = f'[endpoints."x"]\nbase_url = "https://y.example"\n{text}'
    with pytest.raises(UsageError) as refused:
        settings(tmp_path, text=whole)
    assert "key_env, key_command or key_keyring" in str(refused.value)
    assert "very-secret" not in str(refused.value)


def test_a_key_of_the_environment_that_cannot_be_sent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ONE_KEY holds a blank") as refused:
        settings(tmp_path, "--endpoint", "one", ONE_KEY="very secret")
    assert "very secret" not in str(refused.value)


def test_keys_are_in_no_repr(tmp_path: Path) -> None:
    chosen = settings(tmp_path, "--endpoint", "one", ONE_KEY="very-secret")
    assert at(chosen).key_from is not None
    assert "very-secret" not in repr(chosen)
