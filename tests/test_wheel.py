"""What `pip install` gives: the wheel alone, in an empty environment, away from the checkout."""

import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

from tests.edge.pictures.made import painted, saved
from tests.terminal import Terminal

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path, code: int = 0) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stderr if code else done.stdout


def installed(folder: Path) -> Path:
    """Build the wheel and install it; gives where its programs are."""
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    run(sys.executable, *build, cwd=folder)
    (wheel,) = folder.glob("rillet-*.whl")
    assert "tui/web/page.html" in ZipFile(wheel).namelist()
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / "bin"
    constraints = ROOT / "constraints.txt"
    run(programs / "pip", "install", "-q", "-c", constraints, wheel, cwd=folder)
    return programs


async def test_an_installed_rillet_opens_with_its_styles_and_answers(tmp_path: Path) -> None:
    rillet = installed(tmp_path) / "rillet"
    assert "rillet 0." in run(rillet, "--version", cwd=tmp_path)
    ask = ("ask", "--demo", "--model", "demo-echo", "Hi")
    assert "Sent: 1 message." in run(rillet, *ask, cwd=tmp_path)
    assert 'pip install "rillet[web]"' in run(rillet, "serve", cwd=tmp_path, code=2)
    (tmp_path / "cat.png").write_bytes(saved(painted(), "PNG"))
    told = run(rillet, *ask, "--image", "cat.png", "--fit", "30", cwd=tmp_path)
    assert "data URL, image/png" in told
    (tmp_path / "text").write_text("Hello there", encoding="utf-8")
    for model in ("gpt-4o", "gpt-4"):
        assert run(rillet, "tokens", "--model", model, "text", cwd=tmp_path) == "2\n"
    async with Terminal(str(rillet), "--demo", width=120, height=30) as terminal:
        await terminal.sees("╭─ Model", "╭─ Status", "Ask anything")
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0
