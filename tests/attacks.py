"""What a hostile server, model or clipboard sends, by the class of the attack."""

TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "rm -rf")

ATTACKS = {
    "clipboard": "\x1b]52;c;aGFja2Vk\x07",
    "title": "\x1b]0;owned\x07\x1b]2;owned\x1b\\",
    "link": "\x1b]8;;http://evil.example\x1b\\it\x1b]8;;\x1b\\",
    "csi": "\x1b[2J\x1b[1;1H\x1b[5;8m\x1b[6n\x1b[c",
    "modes": "\x1b[?1049l\x1b[?25h\x1b[?2004h\x1b[?1000l\x1bc",
    "dcs": '\x1bP$q"p\x1b\\\x1bP+q544e\x1b\\',
    "apc": "\x1b_Gf=100;AAAA\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\",
    "c1": "\x9b2J\x9d0;owned\x9c\x90q\x9c\x9fG\x9c\x9epm\x9c\x85",
    "c0": "\x00\x05\x07\x08\x08\x0b\x0c\x0e\x0f\x1a\x7fab\rcd",
    "paste-end": "\x1b[201~rm -rf\x1b[200~",
    "bidi": "\u202e\u2066\u202d\u2067\u2069\u202c\u200f\u061c",
    "tags": f"{TAGS}\U000e007f🏴{TAGS}",
    "entities": "&#x202E;&#27;[31m&#x9b;2J&#xE0041;&#8203;&#173;",
    "unseen": "a\u200bb\u200dc\ufeffd\u2060e\u3164f\ufe0fg\ufe0f\U000e0100h\xadi",
    "zalgo": "Z" + "\u0301\u0323" * 30 + "&#769;" * 12,
    "wrong": "\ufffe\ufdd0\U0001ffff\ud800\ufff9",
}
"""Every one holds something that must not reach a terminal."""

GROUPS = ["|".join(list(ATTACKS.values())[start::6]) for start in range(6)]
"""All of them, some at a time."""


def in_a_header(attack: str) -> str:
    """The attack as bytes that a header field may carry (RFC 9110, 5.5), for the demo server."""
    said = attack.encode("utf-8", "replace").decode("latin-1")
    return "".join(char for char in said if char >= " " and char != "\x7f")
