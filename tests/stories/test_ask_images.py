"""`rillet ask --image`: what goes over the wire, and what is said of it."""

import base64
import io
import os
from asyncio.subprocess import PIPE, create_subprocess_exec
from pathlib import Path

import pytest
from PIL import Image

from tests.edge.pictures.made import GPS, SECRETS, bomb, moving, painted, photo, saved
from tests.edge.plain import Plain, http
from tests.stories.test_ask import RILLET, question, run
from tui.edge.demo import DemoServer, saying

MODEL = ("--model", "demo-echo")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a screenshot, a photo, and an animation."""
    (tmp_path / "plain.png").write_bytes(saved(painted(), "PNG"))
    (tmp_path / "my photo.jpg").write_bytes(photo(6, 800, 600))
    (tmp_path / "moving").write_bytes(moving("GIF"))
    return tmp_path


def part(url: str, detail: str = "") -> object:
    return {
        "type": "image_url",
        "image_url": {"url": url, **({"detail": detail} if detail else {})},
    }


def data_url(kind: str, content: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def parts(demo: DemoServer) -> list[dict[str, dict[str, str]]]:
    content = question(demo)
    assert isinstance(content, list)
    return content


async def test_files_and_urls_are_sent_in_order_with_their_details(
    demo: DemoServer, folder: Path
) -> None:
    plain = folder / "plain.png"
    code, out, err = await run(
        demo, *MODEL, "--detail", "high", "--image", str(plain), "--image",
        "https://a.example/1.png", "--detail", "low", "--image", plain.as_uri(),
        "--detail", "auto", "--image", "data:image/png;base64,AAAA", "See",
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert "data URL, image/png" in out
    url = data_url("png", saved(painted(), "PNG"))
    assert question(demo) == [
        {"type": "text", "text": "See"},
        part(url, "high"),
        part("https://a.example/1.png", "low"),
        part(url),
        part("data:image/png;base64,AAAA", "high"),
    ]


async def test_a_photo_goes_upright_and_without_its_place_and_that_is_told(
    demo: DemoServer, folder: Path
) -> None:
    code, _, err = await run(demo, *MODEL, "--image", str(folder / "my photo.jpg"), "See")
    assert code == 0
    assert err == (
        f"rillet: {folder / 'my photo.jpg'}: Removed: EXIF with the place, XMP, comments.\n"
    )
    url = parts(demo)[1]["image_url"]["url"]
    assert url.startswith("data:image/jpeg;base64,")
    out = base64.b64decode(url.partition(",")[2], validate=True)
    image = Image.open(io.BytesIO(out))
    assert image.size == (600, 800)
    assert image.getexif().get_ifd(GPS) == {}
    assert not [secret for secret in SECRETS if secret in out]


async def test_what_scaling_saves_is_told_for_the_model_that_is_asked(
    demo: DemoServer, folder: Path
) -> None:
    path = folder / "large.png"
    path.write_bytes(saved(painted(2000, 1000), "PNG"))
    demo.script("gpt-4o", saying("A flag."))
    code, _, err = await run(demo, "--model", "gpt-4o", "--fit", "500", "--image", str(path), "See")
    assert code == 0
    assert "Scaled from 2000x1000 to 500x250" in err
    assert err.endswith("to send, 850 tokens saved.\n")


async def test_a_model_that_takes_no_images_is_told_of_and_asked_all_the_same(
    demo: DemoServer, folder: Path
) -> None:
    demo.script("gpt-3.5-turbo", saying("What image?"))
    plain = ("--image", str(folder / "plain.png"))
    code, out, err = await run(demo, "--model", "gpt-3.5-turbo", *plain, "See")
    assert (code, out.strip()) == (0, "What image?")
    assert err == "rillet: gpt-3.5-turbo takes no images, as far as is known.\n"
    assert len(parts(demo)) == 2


async def test_metadata_can_be_kept(demo: DemoServer, folder: Path) -> None:
    path = folder / "my photo.jpg"
    code, _, err = await run(demo, *MODEL, "--keep-metadata", "--image", str(path), "See")
    assert (code, err) == (0, "")
    assert parts(demo)[1]["image_url"]["url"] == data_url("jpeg", photo(6, 800, 600))


async def test_an_animation_is_said_to_stand_still(demo: DemoServer, folder: Path) -> None:
    code, _, err = await run(demo, *MODEL, "--image", str(folder / "moving"), "See")
    assert code == 0
    assert err.endswith("moving: Removed: all but the first of 3 pictures. Written as PNG.\n")
    assert parts(demo)[1]["image_url"]["url"].startswith("data:image/png;base64,")


async def test_what_cannot_be_sent_is_told_and_nothing_is_asked(
    demo: DemoServer, folder: Path
) -> None:
    (folder / "bomb").write_bytes(bomb(2**31 - 1, 2**31 - 1))
    (folder / "cut.jpg").write_bytes(photo()[:-300])
    (folder / "notes.png").write_text("Dear diary")
    os.mkfifo(folder / "pipe")
    for name, why in (
        ("bomb", "80 million are the most"),
        ("cut.jpg", "damaged or cut off"),
        ("notes.png", "no PNG, JPEG, GIF or WebP"),
        ("pipe", "no plain file"),
        (".", "a folder"),
        ("gone.png", "No such file"),
        ("/dev/zero", "no plain file"),
    ):
        path = folder / name
        code, out, err = await run(demo, *MODEL, "--image", str(path), "See")
        assert (code, out) == (2, "")
        assert err.startswith("rillet: --image /")
        assert why in err
        assert err.count("\n") == 1
    assert demo.asked == []


async def test_an_image_that_the_endpoint_would_refuse_is_not_sent(folder: Path) -> None:
    async with Plain(http()) as proxy:
        environ = {"OPENAI_API_KEY": "a-key", "HTTP_PROXY": f"http://127.0.0.1:{proxy.port}"}
        images = ("--image", str(folder / "plain.png")) * 6
        process = await create_subprocess_exec(
            *(*RILLET, "ask", "--base-url", "http://api.groq.com/openai/v1", *images, "Hi"),
            stdin=PIPE, stdout=PIPE, stderr=PIPE, env={**os.environ, **environ},
        )  # fmt: skip
        out, err = await process.communicate(b"")
        assert (process.returncode, out) == (2, b"")
        assert "These are 6 images; the endpoint takes 5 in one request." in err.decode()
        assert proxy.heard == []


async def test_a_path_that_merely_stands_in_the_question_is_not_opened(
    demo: DemoServer, folder: Path
) -> None:
    asked = f"{folder / 'plain.png'} {(folder / 'plain.png').as_uri()}"
    code, _, err = await run(demo, *MODEL, asked)
    assert (code, err) == (0, "")
    assert question(demo) == asked


async def test_a_url_is_not_fetched(demo: DemoServer) -> None:
    async with Plain(http(200, saved(painted(), "PNG"))) as server:
        url = f"http://127.0.0.1:{server.port}/a.png"
        code, _, _ = await run(demo, *MODEL, "--image", url, "--fit", "10", "See")
        assert code == 0
        assert parts(demo)[1] == part(url)
        assert server.heard == []
