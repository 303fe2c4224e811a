"""The configuration file: what it may say, who wins, and what is refused with file and line."""

import argparse
import re
from pathlib import Path

import pytest

from tui.cli import parser
from tui.core.catalog import Profile
from tui.core.config import OPTION_NAMES, RULES
from tui.core.endpoint_settings import RULES as ENDPOINT_RULES
from tui.core.errors import UsageError
from tui.core.levels import Levels
from tui.core.options import Options
from tui.core.settings import Demo, Embedded, Endpoint, Patience, Settings
from tui.edge.paths import config_file
from tui.settings import settings_from

KEY = "sk-0123456789"

WHOLE = """
base_url = "https://a.example/v1/"
model = "a-model"
system = "Be brief."
theme = "rillet-light"
titles = true
cost = false

[wait]
first_timeout = 3
idle_timeout = 4.5
connect_timeout = 1
retries = 0

[options]
max_tokens = 50
temperature = 0

[models."a-model"]
context = 5000
max_output = 400
encoding = "cl100k_base"
vision = false
input_price = 1
cached_price = 0.5
output_price = 2.5
"""

SAID = Profile(
    "cl100k_base",
    context=5000,
    answer=400,
    sees=False,
    price_input=1,
    price_cached=0.5,
    price_output=2.5,
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "config" / "rillet"
    folder.mkdir(parents=True)
    return folder


def settings(home: Path, *arguments: str, text: str = "", **environ: str) -> Settings:
    """What comes of a file, flags and an environment."""
    if text:
        (home / "config.toml").write_text(text, encoding="utf-8")
    given: argparse.Namespace = parser().parse_args(arguments)
    return settings_from(given, {"XDG_CONFIG_HOME": str(home.parent), **environ})


def refusal(home: Path, text: str) -> str:
    """The sentence about a file, without the folder."""
    with pytest.raises(UsageError) as caught:
        settings(home, text=text)
    said = str(caught.value)
    assert said.startswith(str(home))
    return said.removeprefix(f"{home}/")


def names_in(text: str) -> set[str]:
    """The settings that a file sets, whatever to."""
    return set(re.findall(r"^(?:# )?(\w+) = ", text, re.MULTILINE))


def test_the_configuration_in_the_readme_is_understood_and_leaves_nothing_out(home: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    shown = readme[readme.index('base_url = "') :].partition("```")[0]
    assert settings(home, text=shown).model == "NAME"
    known = {name.rpartition(".")[2] for name in RULES} | ENDPOINT_RULES.keys()
    known |= set(OPTION_NAMES)
    assert names_in(shown) == names_in(WHOLE) | known


def test_a_file_says_everything_that_can_be_set(home: Path) -> None:
    assert settings(home, text=WHOLE) == Settings(
        source=Endpoint("https://a.example/v1"),
        model="a-model",
        system="Be brief.",
        levels=Levels(models={"a-model": Options()}, file=Options(50, 0)),
        patience=Patience(connect=1, first=3, idle=4.5, retries=0),
        theme="rillet-light",
        models={"a-model": SAID},
        shows_cost=False,
        names_chats=True,
    )


AT_HOMES = """
[models.mine]
context = 1000
input_price = 1

[models.mine.at."A.example:8000"]
context = 2000

[models.mine.at.localhost]
vision = true
"""


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("http://a.example:8000/v1", Profile(context=2000, price_input=1)),
        ("http://a.example/v1", Profile(context=1000, price_input=1)),
        ("http://localhost/v1", Profile(context=1000, sees=True, price_input=1)),
    ],
)
def test_what_is_said_of_a_model_at_one_endpoint_holds_there(
    home: Path, url: str, known: Profile
) -> None:
    assert settings(home, "--base-url", url, text=AT_HOMES).models == {"mine": known}
    assert settings(home, "--demo").models == {"mine": Profile(context=1000, price_input=1)}


def test_a_flag_wins_over_the_environment_and_that_over_the_file(home: Path) -> None:
    environ = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "https://b.example/v1"}
    assert settings(home, text=WHOLE, OPENAI_API_KEY=KEY).source == Endpoint(
        "https://a.example/v1", KEY
    )
    assert settings(home, **environ).source == Endpoint("https://b.example/v1", KEY)
    flags = ("--base-url", "https://c.example/v1", "--system", "", "--theme", "nord")
    more = ("--first-timeout", "9", "--retries", "7", "--max-tokens", "8", "--temperature", "1")
    given = settings(home, *flags, *more, **environ)
    assert given.source == Endpoint("https://c.example/v1", KEY)
    assert (given.system, given.theme) == ("", "nord")
    assert given.options_for("m") == Options(8, 1)
    assert given.patience == Patience(connect=1, first=9, idle=4.5, retries=7)


@pytest.mark.parametrize(
    ("arguments", "environ", "model"),
    [
        ((), {}, "a-model"),
        (("--base-url", "https://a.example/v1"), {}, "a-model"),
        (("--base-url", "https://b.example/v1"), {}, ""),
        ((), {"OPENAI_BASE_URL": "https://b.example/v1"}, ""),
        (("--demo",), {}, ""),
        (("--gguf", "x.gguf"), {}, ""),
        (("--demo", "--model", "demo-tour"), {}, "demo-tour"),
    ],
)
def test_the_files_model_is_asked_at_the_files_endpoint_only(
    home: Path, arguments: tuple[str, ...], environ: dict[str, str], model: str
) -> None:
    assert settings(home, *arguments, text=WHOLE, **environ).model == model


def test_a_file_without_an_endpoint_names_the_model_of_the_usual_one(home: Path) -> None:
    text = 'model = "a-model"'
    assert settings(home, text=text, OPENAI_API_KEY=KEY).model == "a-model"
    assert settings(home).source == Embedded()
    assert settings(home).model == ""
    assert settings(home, "--base-url", "https://b.example", OPENAI_API_KEY=KEY).model == ""


def test_without_a_file_nothing_changes(home: Path) -> None:
    assert settings(home) == Settings(Embedded())
    assert settings(home, "--demo") == Settings(Demo())


def test_another_file_can_be_named(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('system = "Other."', encoding="utf-8")
    assert settings(home, "--config", str(other), text=WHOLE).system == "Other."
    assert settings(home, "ask", "--config", str(other), "Hi").system == "Other."
    with pytest.raises(UsageError, match=r"--config: there is no file .*none\.toml"):
        settings(home, "--config", str(tmp_path / "none.toml"))


def test_nothing_is_read_from_the_current_folder(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text("wrong", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    given = parser().parse_args([])
    for environ in ({"XDG_CONFIG_HOME": "config"}, {"HOME": "config"}, {"HOME": ""}, {}):
        assert config_file(environ) is None
        assert settings_from(given, environ) == Settings(Embedded())


def test_the_usual_place_is_below_home() -> None:
    assert config_file({"HOME": "/h"}) == Path("/h/.config/rillet/config.toml")
    assert config_file({"HOME": "/h", "XDG_CONFIG_HOME": "/x"}) == Path("/x/rillet/config.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\nbase_ulr = "x"', "line 2: there is no setting base_ulr. Is it base_url?"),
        ("max_tokens = 5", "line 1: there is no setting max_tokens. "
         "Is it max_tokens below [options]?"),
        ("[wait]\nmodel = 'm'", "line 2: there is no setting wait.model. "
         "Is it model above the first table?"),
        ("[wait]\nfirst_timout = 3", "line 2: there is no setting wait.first_timout. "
         "Is it first_timeout?"),
        ("[wat]\nretries = 1", "line 1: there is no setting wat. Is it [wait]?"),
        ("[options]\nmax_token = 1", "line 2: there is no setting options.max_token. "
         "Is it max_tokens?"),
        ("wait.retrys = 1", "line 1: there is no setting wait.retrys. Is it retries?"),
        ("wait = 3", "line 1: wait is a table: begin it with [wait]."),
        ("[[wait]]\nretries = 1", "line 1: wait is a table: begin it with [wait]."),
        ("model = 3", "line 1: model has to be text in quotes."),
        ("[wait]\n\nfirst_timeout = '3'", "line 3: first_timeout has to be a number of seconds "
         "above 0."),
        ("[wait]\nidle_timeout = 0", "line 2: idle_timeout has to be a number of seconds above 0."),
        ("[wait]\nidle_timeout = inf", "line 2: idle_timeout has to be a number of seconds "
         "above 0."),
        ("[wait]\nretries = true", "line 2: retries has to be a whole number from 0 to 100."),
        ("[wait]\nretries = 1.0", "line 2: retries has to be a whole number from 0 to 100."),
        ("[wait]\nretries = 101", "line 2: retries has to be a whole number from 0 to 100."),
        ("[options]\nmax_tokens = 0", "line 2: max_tokens has to be a whole number from 1 on."),
        ('[images]\npreviews = "yes"', "line 2: previews has to be one of "
         '"auto", "kitty", "sixel", "blocks", "off".'),
        ("[images]\npreviews = false", "line 2: previews has to be one of "
         '"auto", "kitty", "sixel", "blocks", "off".'),
        ("[options]\ntemperature = nan", "line 2: temperature has to be a number from 0 to 2."),
        ("[options]\ntemperature = 2.1", "line 2: temperature has to be a number from 0 to 2."),
        ("titles = 1", "line 1: titles has to be true or false."),
        ("cost = 1", "line 1: cost has to be true or false."),
        ("model = {}", 'line 1: what is said of models stands in [models."NAME"].'),
        ('[model."a"]\ncontext = 5', 'line 1: what is said of models stands in [models."NAME"].'),
        ('[modles."a"]\ncontext = 5', "line 1: there is no setting modles. Is it "
         '[models."NAME"]?'),
        ("models = 3", 'line 1: models is a table: begin it with [models."NAME"].'),
        ("[models]\ncontext = 5", "line 2: what is said of a model stands in a table of its own: "
         '[models."NAME"].'),
        ('[models."a"]\ncontext = 5\n[models."b"]\ncontext = 0', "line 4: context has to be a "
         "whole number of tokens from 1 on."),
        ('[models]\n"a.b" = {context = true}', "line 2: context has to be a whole number of tokens "
         "from 1 on."),
        ('[models."a"]\nmax_output = 1.5', "line 2: max_output has to be a whole number of tokens "
         "from 1 on."),
        ('[models."a"]\nencoding = "p50k_base"', "line 2: encoding has to be one of cl100k_base, "
         "o200k_base, o200k_harmony."),
        ('[models."a"]\nvision = "yes"', "line 2: vision has to be true or false."),
        ('[models."a"]\ninput_price = "2"', "line 2: input_price has to be a price in US dollars "
         "for a million tokens, from 0 on."),
        ('[models."a"]\noutput_price = -1', "line 2: output_price has to be a price in US dollars "
         "for a million tokens, from 0 on."),
        ('[models."a"]\ncached_price = nan', "line 2: cached_price has to be a price in US dollars "
         "for a million tokens, from 0 on."),
        ('[models."a"]\nmax_ouput = 5', "line 2: of a model there is no setting max_ouput. "
         "Is it max_output?"),
        ('[models."a"]\nsize = 5', "line 2: of a model there is no setting size. There are: "
         "context, max_output, encoding, vision, input_price, cached_price, output_price."),
        ("[models.gpt-4.1.5]\ncontext = 5", "line 1: of a model there is no setting 1. A name with "
         'a dot in it stands in quotes: [models."gpt-4.1.5"].'),
        ('[models."a".at.b.example]\nvision = true', "line 1: of a model there is no setting "
         'example. A name with a dot in it stands in quotes: [models."a".at."b.example"].'),
        ('[models."a"]\nat = "b.example"', 'line 2: at is a table: begin it with '
         '[models."NAME".at."HOST"].'),
        ('[models."a".at."https://b.example/v1"]\ncontext = 5', "line 1: an endpoint is named by "
         'its host, as in [models."NAME".at."api.openai.com"].'),
        ('base_url = "localhost:11434/v1"', "line 1: base_url is not a URL that can be used: it "
         "should look like https://HOST/v1. Is it http://localhost:11434/v1?"),
        ('base_url = "https://me:pw@a.example"', "line 1: base_url holds a password; put the key "
         "into OPENAI_API_KEY instead."),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_its_line(home: Path, text: str, said: str) -> None:
    assert refusal(home, text) == f"config.toml, {said}"


@pytest.mark.parametrize(
    "text",
    [
        'api_key = "very-secret"',
        'OPENAI_API_KEY = "very-secret"',
        '[options]\ntoken = "very-secret"',
        'authorization = "Bearer very-secret"',
        'model = "sk-very-secret-and-quite-long"',
        '[models."a"]\napi_key = "very-secret"',
        '[models."a".at."b"]\nencoding = "sk-very-secret-and-quite-long"',
    ],
)
def test_a_key_in_the_file_is_refused_and_not_repeated(home: Path, text: str) -> None:
    said = refusal(home, text)
    assert "Put the key into OPENAI_API_KEY." in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[wait]\nretries = = 1", "is not TOML: Invalid value (at line 2, column 11)."),
        ('model = "a"\nmodel = "b"', "is not TOML: Cannot overwrite a value"),
        ("a = " + "[" * 5000, "is not TOML: "),
        (f"[options]\nmax_tokens = {'9' * 5000}", "is not TOML: "),
        ("#" * 300_000, "is too long to be a configuration."),
    ],
)
def test_what_is_no_configuration_at_all_is_told_so(home: Path, text: str, said: str) -> None:
    assert refusal(home, text).startswith(f"config.toml {said}")


def test_a_file_that_is_not_text_or_cannot_be_read_is_told_so(home: Path) -> None:
    (home / "config.toml").write_bytes(b'model = "a"\nsystem = "\xff"')
    with pytest.raises(UsageError, match=r"config\.toml, line 2: this is not UTF-8 text\."):
        settings(home)
    (home / "config.toml").unlink()
    (home / "config.toml").mkdir()
    with pytest.raises(UsageError, match=r"config\.toml cannot be read: Is a directory\."):
        settings(home)


def test_a_mark_of_byte_order_does_no_harm(home: Path) -> None:
    (home / "config.toml").write_bytes(b'\xef\xbb\xbfsystem = "Hi."')
    assert settings(home).system == "Hi."


def test_names_in_a_sentence_cannot_steer_a_terminal(home: Path) -> None:
    assert "\x1b" not in refusal(home, '"\\u001b[31mx" = 1')
