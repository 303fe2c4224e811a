"""The frame of a standalone HTML page: its head, its looks, and what it forbids itself.

The page holds no script and refers to nothing outside of it, and a policy says so to the browser
(Content Security Policy Level 3): of style it may have the one sheet below, known by its hash, of
images those that it carries itself.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape

LOOKS = """\
:root{--paper:#fcfcfa;--ink:#23262b;--soft:#676d76;--line:#e3e3dd;--tint:#f0f1ec;--code:#f4f4ef;\
--link:#0b62a8;--mark:#0e7c6b;--warn:#9a5b00;--word:#7d3fb0;--name:#0b62a8;--text:#2c6e1f;\
--count:#a04a00;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#dcdfe4;--soft:#8f97a3;--line:#2b2f36;\
--tint:#1f2329;--code:#1b1e23;--link:#74b7f2;--mark:#5cc9b3;--warn:#e0a95a;--word:#c9a0f0;--name:#74b7f2;--text:#98cf8a;\
--count:#e8a777;--bad:#ff8f85}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);color-scheme:light dark;-webkit-text-size-adjust:100%}
body{max-width:46rem;margin:0 auto;padding:3rem 1.25rem 5rem;overflow-wrap:anywhere;\
font:1.0625rem/1.65 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC",\
"Hiragino Sans","Noto Sans CJK SC",sans-serif}
header{padding-bottom:1.5rem;border-bottom:1px solid var(--line)}
h1{font-size:1.75rem;line-height:1.25;margin:0 0 .5rem;letter-spacing:-.01em;text-wrap:balance}
.facts,.when{color:var(--soft);font-size:.875rem;margin:0}
article{margin-top:2.5rem}
h2{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem .6rem;font-size:.875rem;\
line-height:1.4;margin:0 0 .6rem;font-weight:650}
.answer h2{color:var(--mark)}
.when{font-weight:400;margin-inline-start:auto;font-variant-numeric:tabular-nums}
.question{background:var(--tint);border-radius:.9rem;padding:1rem 1.25rem 1.1rem}
.plain{white-space:pre-wrap;margin:0}
.said>:first-child{margin-top:0}.said>:last-child{margin-bottom:0}
h3,h4,h5,h6{line-height:1.3;margin:1.8em 0 .5em}
h3{font-size:1.3rem}h4{font-size:1.12rem}h5,h6{font-size:1rem}
p,ul,ol,blockquote,pre,table,details{margin:0 0 1em}
ul,ol{padding-inline-start:1.5em}li{margin:.2em 0}li>p{margin:.35em 0}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:.06em}
code,pre{font-family:ui-monospace,"SF Mono","Cascadia Code",Menlo,Consolas,"DejaVu Sans Mono",\
monospace;font-size:.875em}
code{background:var(--code);border:1px solid var(--line);border-radius:.3em;padding:.08em .32em}
pre{background:var(--code);border:1px solid var(--line);border-radius:.6rem;padding:.85rem 1rem;\
line-height:1.5;overflow-x:auto;overflow-wrap:normal;tab-size:4;text-align:left}
pre code{background:none;border:0;padding:0;font-size:1em}
pre[data-language]::before{content:attr(data-language);display:block;color:var(--soft);\
font:.75rem/1 system-ui,sans-serif;margin-bottom:.7rem}
.code-keyword{color:var(--word)}.code-function{color:var(--name)}
.code-string,.code-added{color:var(--text)}.code-number{color:var(--count)}
.code-comment{color:var(--soft);font-style:italic}.code-removed,.code-error{color:var(--bad)}
blockquote{margin-inline:0;padding-inline-start:1rem;border-inline-start:3px solid var(--line);\
color:var(--soft)}
table{display:block;max-width:100%;overflow-x:auto;border-collapse:collapse;font-size:.95em}
th,td{border-bottom:1px solid var(--line);padding:.4rem .8rem;text-align:start;vertical-align:top}
th{font-weight:650;border-bottom-width:2px}.right{text-align:right}.center{text-align:center}
hr{border:0;border-top:1px solid var(--line);margin:2em 0}
details{border:1px solid var(--line);border-radius:.6rem;padding:.5rem .9rem;color:var(--soft);\
font-size:.95em}
summary{cursor:pointer;font-size:.875rem}
details[open] summary{margin-bottom:.6rem}
main>details{margin:1.5rem 0 0}
.image{display:block;max-width:100%;max-height:32rem;border-radius:.6rem;margin:0 0 .8rem}
.refused{color:var(--warn)}
.end{color:var(--warn);font-size:.875rem;margin:1em 0 0}
footer{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);\
font-size:.8125rem}
@media print{body{padding:0;max-width:none}pre{white-space:pre-wrap}article{break-inside:auto}}
"""


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(LOOKS.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def top(title: str) -> str:
    """All that stands before the conversation."""
    return (
        '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{LOOKS}</style>\n</head>\n<body>\n"
    )


BOTTOM = "<footer>Written by Rillet.</footer>\n</body>\n</html>\n"
"""All that stands behind it."""
