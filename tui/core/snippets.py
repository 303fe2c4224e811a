"""What a block of code is called as a file."""

from __future__ import annotations

SUFFIXES = {
    "bash": "sh", "c": "c", "c#": "cs", "c++": "cpp", "clojure": "clj", "cpp": "cpp",
    "cs": "cs", "csharp": "cs", "css": "css", "csv": "csv", "cxx": "cpp", "dart": "dart",
    "diff": "diff", "dockerfile": "dockerfile", "elixir": "ex", "erlang": "erl", "fish": "fish",
    "fsharp": "fs", "go": "go", "golang": "go", "graphql": "graphql", "groovy": "groovy",
    "haskell": "hs", "hcl": "hcl", "html": "html", "ini": "ini", "java": "java",
    "javascript": "js", "js": "js", "json": "json", "jsonc": "json", "jsx": "jsx", "julia": "jl",
    "kotlin": "kt", "kt": "kt", "latex": "tex", "lua": "lua", "makefile": "mk", "markdown": "md",
    "md": "md", "nix": "nix", "objc": "m", "ocaml": "ml", "patch": "patch", "perl": "pl",
    "php": "php", "powershell": "ps1", "proto": "proto", "ps1": "ps1", "py": "py", "python": "py",
    "python3": "py", "r": "r", "rb": "rb", "rs": "rs", "rst": "rst", "ruby": "rb", "rust": "rs",
    "scala": "scala", "scss": "scss", "sh": "sh", "shell": "sh", "sql": "sql", "svelte": "svelte",
    "svg": "svg", "swift": "swift", "terraform": "tf", "tex": "tex", "toml": "toml", "ts": "ts",
    "tsx": "tsx", "typescript": "ts", "vue": "vue", "xml": "xml", "yaml": "yaml", "yml": "yaml",
    "zig": "zig", "zsh": "zsh",
}  # fmt: skip
"""The usual end of a file's name by the language that a block says it is in."""


def suffix(language: str) -> str:
    """The end of the name, with its dot; a language that is not known gives that of a text."""
    return "." + SUFFIXES.get(language.lower(), "txt")
