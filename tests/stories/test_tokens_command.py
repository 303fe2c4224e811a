"""`rillet tokens`: a number on stdout, everything else on stderr, and honest exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.test_image_size import JPEG, PNG, data_url
from tui.core.tokens import count
from tui.edge.ranks import load

TEXT = "A rillet is a little stream: 小さな川, <|endoftext|> and all. 👩‍💻\n"


def run(*arguments: str, stdin: bytes | None = b"") -> tuple[int, str, str]:
    """Run the command; gives its exit code, stdout and stderr."""
    done = subprocess.run(
        (sys.executable, "-m", "tui", "tokens", *arguments),
        input=stdin,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def report(*arguments: str, stdin: bytes = b"") -> dict[str, object]:
    code, out, err = run("--json", *arguments, stdin=stdin)
    assert (code, err) == (0, "")
    found: dict[str, object] = json.loads(out)
    return found


@pytest.mark.parametrize(
    ("model", "encoding", "state"),
    [
        ("gpt-4o", "o200k_base", "exact"),
        ("gpt-4", "cl100k_base", "exact"),
        ("gpt-oss-20b", "o200k_harmony", "exact"),
        ("llama3.2", "o200k_base", "estimate"),
    ],
)
def test_a_text_has_the_tokens_that_its_model_makes_of_it(
    model: str, encoding: str, state: str
) -> None:
    assert report("--model", model, stdin=TEXT.encode()) == {
        "tokens": count(TEXT, load(encoding)),
        "state": state,
        "encoding": encoding,
        "images": [],
    }


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_a_pipe_is_counted(arguments: tuple[str, ...]) -> None:
    assert run("--model", "gpt-4o", *arguments, stdin=b"Hello there") == (0, "2\n", "")


def test_a_file_is_counted_and_a_pipe_beside_it_is_not(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text("Hello there", encoding="utf-8")
    assert run("--model", "gpt-4o", str(path), stdin=b"and much more") == (0, "2\n", "")


def test_an_estimate_says_why_it_is_one() -> None:
    code, out, err = run("--model", "llama3.2", stdin=b"Hello there")
    assert (code, out) == (0, "2\n")
    assert err == (
        "rillet: an estimate: the tokenizer of llama3.2 is not known, so o200k_base stands in\n"
    )
    assert "no --model" in run(stdin=b"Hello there")[2]


def test_a_character_that_is_cut_in_two_by_reading_is_one(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    text = "x" + "é漢👩 \n" * 250_000
    path.write_text(text, encoding="utf-8")
    assert report("--model", "gpt-4o", str(path))["tokens"] == count(text, load("o200k_base"))


def test_images_are_files_sizes_and_data_urls(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(JPEG)
    said = report(
        "--model", "gpt-4o", "--image", "1024x1024", "--image", str(photo), "--image",
        data_url(PNG), stdin=b"Hello there",
    )  # fmt: skip
    assert said["images"] == [
        {"width": 1024, "height": 1024, "detail": "auto", "tokens": 765},
        {"width": 4032, "height": 3024, "detail": "auto", "tokens": 765},
        {"width": 800, "height": 600, "detail": "auto", "tokens": 765},
    ]
    assert (said["tokens"], said["state"]) == (2 + 3 * 765, "estimate")


def test_a_detail_is_that_of_the_image_before_it_or_of_all() -> None:
    image = ("--image", "1024x1024")
    model = ("--model", "gpt-4o")

    def details(*arguments: str) -> list[object]:
        images = report(*model, *arguments)["images"]
        assert isinstance(images, list)
        return [(image["detail"], image["tokens"]) for image in images]

    assert details(*image, "--detail", "low", *image, "--detail", "high") == [
        ("low", 85),
        ("high", 765),
    ]
    assert details("--detail", "low", *image, *image) == [("low", 85), ("low", 85)]


def test_an_image_whose_model_has_no_rule_is_not_counted() -> None:
    (image,) = [report("--model", "llama3.2", "--image", "64x64")["images"]]
    assert image == [{"width": 64, "height": 64, "detail": "auto", "tokens": None}]
    assert run("--model", "llama3.2", "--image", "64x64") == (
        0,
        "0\n",
        "rillet: 64x64, detail auto: not counted\n",
    )


def test_who_names_no_model_is_told_that_images_need_one() -> None:
    assert run("--image", "64x64") == (
        0,
        "0\n",
        "rillet: 64x64, detail auto: not counted\n"
        "rillet: each model counts images by a rule of its own: name one with --model\n",
    )


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("/no/such/file",), "/no/such/file cannot be read: No such file"),
        ((".",), "cannot be read: Is a directory"),
        (("--image", "https://a.example/b.png"), "Rillet fetches nothing"),
        (("--image", "/no/such.png"), "No such file"),
        (("--image", __file__), "no PNG, JPEG, GIF or WebP"),
        (("--image", "0x100"), "at least one pixel"),
        (("--image", "data:image/png;base64,AAAA"), "no PNG, JPEG, GIF or WebP"),
        (("--detail", "closely"), "invalid choice"),
    ],
)
def test_what_cannot_be_counted_is_told_with_exit_code_2(
    arguments: tuple[str, ...], why: str
) -> None:
    code, out, err = run("--model", "gpt-4o", *arguments)
    assert (code, out) == (2, "")
    assert why in err


def test_a_pipe_or_a_device_for_an_image_does_not_hang_us(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for name in (str(pipe), "/dev/zero"):
        code, out, err = run("--image", name)
        assert (code, out) == (2, "")
        assert "This is no plain file, so it is not opened." in err


def test_what_is_no_text_is_told() -> None:
    code, out, err = run(stdin=b"\xff\xfe\x00")
    assert (code, out) == (2, "")
    assert "standard input is not UTF-8 text" in err


def test_what_the_configuration_says_of_models_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "rillet"
    folder.mkdir()
    mine = '[models."mine"]\nencoding = "cl100k_base"\n'
    (folder / "config.toml").write_text(f'base_url = "http://localhost/v1"\nmodel = "mine"\n{mine}')
    text = "小さな川"
    own = {"tokens": count(text, load("cl100k_base")), "encoding": "cl100k_base", "images": []}
    assert report("--model", "mine", stdin=text.encode()) == {"state": "exact", **own}
    assert report(stdin=text.encode()) == {"state": "exact", **own}
    assert report("--model", "other", stdin=text.encode())["state"] == "estimate"
    there = tmp_path / "other.toml"
    there.write_text(mine.replace("cl100k_base", "p50k_base"))
    code, out, err = run("--config", str(there))
    assert (code, out) == (2, "")
    assert "other.toml, line 2: encoding has to be one of cl100k_base" in err


def test_it_loads_neither_the_client_nor_the_screen() -> None:
    program = (
        "import sys\n"
        "sys.argv = ['rillet', 'tokens', '--model', 'gpt-4o']\n"
        "from tui.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('openai', 'textual', 'httpx2') if name in sys.modules])\n"
    )
    done = subprocess.run(
        (sys.executable, "-c", program), input="Hi", capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n") == ["1", "[]", ""]
