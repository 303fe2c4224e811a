"""Each construct of Markdown as it is seen."""

import pytest

from tests.markdown.sights import seen, span, styles
from tui.markdown.growing import whole
from tui.markdown.layout import rows


def test_an_empty_text_has_no_rows() -> None:
    assert seen("") == seen("\n \n\n") == []


def test_blocks_have_one_empty_row_between_and_none_around() -> None:
    assert seen("\n\n# One\ntwo\n\n\n\n***\n```\nx\n```\n\n") == [
        *("One", "━━━", "", "two", "", "─" * 40, "", "x"),
    ]


def test_headings_are_read_without_their_marks() -> None:
    assert seen("### Three ###\n\nTwo\n---") == ["Three", "", "Two"]
    assert styles("### Three", "Three") == ("heading-3",)
    assert styles("Two *words*\n---", "words") == ("heading-2", "em")


def test_marks_become_styles() -> None:
    text = "a **strong *both*** `code` ~~gone~~ <b>"
    assert seen(text) == ["a strong both code gone <b>"]
    assert styles(text, "strong") == ("strong",)
    assert styles(text, "both") == ("strong", "em")
    assert styles(text, "code") == ("code",)
    assert styles(text, "gone") == ("strike",)
    assert styles(text, "<b>") == ("html",)


def test_marks_that_mean_nothing_stay() -> None:
    assert seen("5 * 3, snake_case, \\*no\\*, `a, **b") == ["5 * 3, snake_case, *no*, `a, **b"]


@pytest.mark.parametrize(
    ("text", "word", "target"),
    [
        ("[the text](https://x.org/a)", "the text", "https://x.org/a"),
        ("<https://x.org>", "x.org", "https://x.org"),
        ("see https://x.org/a_b_(c).", "https", "https://x.org/a_b_(c)"),
        ("**https://x.org/**", "https", "https://x.org/"),
        ("(www.x.org)", "www", "http://www.x.org"),
        ("to me@x.org.", "me@", "mailto:me@x.org"),
        ("请看https://x.org/a。谢谢", "https", "https://x.org/a"),
        ("![a picture](http://x.org/i.png)", "[image: a picture]", "http://x.org/i.png"),
        ("[one][label]\n\n[label]: https://x.org", "one", "https://x.org"),
    ],
)
def test_links_keep_their_target(text: str, word: str, target: str) -> None:
    assert span(text, word).link == target


def test_only_web_and_mail_links_can_be_opened() -> None:
    assert seen("[a](file:///etc/passwd) [b](javascript:x)", 80) == [
        "[a](file:///etc/passwd) [b](javascript:x)"
    ]
    assert seen("[a](src/app.py) [b](#part) [c](ftp://x.org)", 80) == [
        "a (src/app.py) b c (ftp://x.org)"
    ]
    assert not span("[a](src/app.py)", "a").link
    assert not span("![a](data:image/png;base64,x)", "image").link


def test_names_of_files_are_no_links() -> None:
    assert not span("read README.md and main.py of example.com", "README").link


def test_lists_have_their_own_marks_numbers_and_indents() -> None:
    assert seen("- a\n- b\n  - c\n    - d\n\n3. x\n7. y\n   1) z", 12) == [
        *("• a", "• b", "  ◦ c", "    ▪ d", "", "3. x", "4. y", "   1) z"),
    ]


def test_the_rows_of_an_item_hang_behind_its_mark() -> None:
    assert seen("10. some words that wrap", 12) == ["10. some", "    words", "    that", "    wrap"]


def test_items_are_as_far_apart_as_they_were_written() -> None:
    assert seen("- a\n- b\n\n- c\n\n  d\n- e") == ["• a", "• b", "", "• c", "", "  d", "• e"]


def test_tasks_have_boxes() -> None:
    assert seen("- [ ] a\n- [x] b\n1. [X] c\n- [x]") == ["☐ a", "☑ b", "", "1. ☑ c", "", "• [x]"]
    assert styles("- [ ] a", "☐") == ("task",)


def test_quotes_have_a_bar_on_every_row() -> None:
    assert seen("> some words that\nwrap\n>\n> > deep\n> - item", 12) == [
        *("▌ some words", "▌ that wrap", "▌", "▌ ▌ deep", "▌", "▌ • item"),
    ]
    assert styles("> a *b*", "b") == ("quote", "em")
    assert styles("> a", "▌") == ("quote-bar",)


def test_an_alert_has_its_name_above_it() -> None:
    assert seen("> [!WARNING]\n> Take care.") == ["▌ Warning", "▌ Take care."]


def test_a_fence_has_its_language_and_its_colours() -> None:
    text = "```python title=x\ndef f():\n    return 1\n```"
    assert seen(text) == ["python", "def f():", "    return 1"]
    assert styles(text, "python") == ("code-label",)
    assert styles(text, "def") == ("code-keyword",)
    assert {piece.fill for piece in whole(text)} == {"code-block"}


def test_a_long_line_of_code_goes_on_behind_a_mark() -> None:
    assert seen("```\n0123456789abcdef\n```", 8) == ["01234567", "↪ 89abcd", "↪ ef"]
    assert styles("```\nx\n```", "x") == ()


def test_a_long_line_of_code_is_one_row_where_code_is_not_wrapped() -> None:
    text = "> ```\n> 0123456789 世界\n> ```\n\nwords that wrap\n\n<p>\n0123456789\n"
    laid_out = (rows(piece, 8, wraps=False) for piece in whole(text))
    shown = ["".join(span.text for span in row) for piece in laid_out for row in piece]
    assert shown[:4] == ["▌ 0123456789 世界", "", "words", "that"]
    assert shown[-2:] == ["01234567", "↪ 89"]


def test_code_can_be_taken_out_as_it_was_written() -> None:
    text = "1. x\n   ```make\n   all:\n   \techo 中\n\n   " + "y" * 5000 + "\n   ```"
    pieces = whole(text)
    fences = {piece.fence for piece in pieces if piece.fence}
    assert len(fences) == 1
    code = "".join(piece.source for piece in pieces if piece.fence)
    assert code == "all:\n\techo 中\n\n" + "y" * 5000 + "\n"


def test_tabs_in_code_are_four_columns() -> None:
    assert seen("```\n\ta\nb\tc\n```\n\n\tindented\n\t\tmore") == [
        *("    a", "b   c", "", "indented", "    more"),
    ]


def test_an_empty_fence_is_seen() -> None:
    assert [piece.fill for piece in whole("```\n```")] == ["code-block"]


def test_html_is_text() -> None:
    assert seen("<div>\n  *a*\n</div>\n\nx<br>y <i>z</i>") == [
        *("<div>", "  *a*", "</div>", "", "x", "y <i>z</i>"),
    ]
    assert styles("<div>\n*a*\n</div>", "*a*") == ("html",)


def test_soft_breaks_are_spaces_but_not_between_cjk() -> None:
    assert seen("one\ntwo **three\nfour**") == ["one two three four"]
    assert seen("中文\n文字\nabc\n文，\n字") == ["中文文字 abc 文，字"]


def test_hard_breaks_break() -> None:
    assert seen("one  \ntwo\\\nthree<br/>four") == ["one", "two", "three", "four"]


def test_maths_are_left_as_they_are() -> None:
    text = "so \\(a_i * b_i\\) and\n\\[\nx^2 \\\\\ny_1\n\\]"
    assert seen(text) == ["so a_i * b_i and x^2 \\\\", "y_1"]
    assert styles(text, "a_i") == ("maths",)
    assert seen("it costs $5 and $6") == ["it costs $5 and $6"]


def test_footnotes_and_definitions_stay_readable() -> None:
    assert seen("a[^1] and [b][1]\n\n[^1]: note\n[^2]: more\n\n[1]: http://x.org 'title'") == [
        *("a[^1] and b", "", "[^1]: note", "[^2]: more", "", "[1]: http://x.org 'title'"),
    ]
    assert styles("a[^1]", "[^1]") == ("footnote",)


def test_entities_cannot_steer_the_terminal() -> None:
    assert seen("a&#x1b;[31m &#x202E;b `&#x1b;` &#10;c &amp;") == ["a�[31m ⟨RLO⟩b &#x1b;  c &"]


def test_entities_cannot_pile_marks_nor_hide_what_they_say() -> None:
    assert seen("a" + "&#769;[&#769;](http://x.org)" * 50 + "b") == ["a" + "\u0301" * 4 + "b"]
    assert seen("a&#x200B;b&#xE0041;&shy;c &#8237;d") == ["ab�c ⟨LRO⟩d"]
    assert seen("<https://a.example/%E2%80%AEtxt>") == ["https://a.example/⟨RLO⟩txt"]


def test_wide_characters_are_never_cut_in_two() -> None:
    assert seen("中文字符", 5) == ["中文", "字符"]
    assert seen("ab中，文", 5) == ["ab", "中，", "文"]
    assert seen("中", 1) == ["·"]
    assert seen("👩‍💻👩‍💻👩‍💻", 5) == ["👩‍💻👩‍💻", "👩‍💻"]


def test_bars_and_indents_give_way_in_narrow_columns() -> None:
    assert seen("> > > - - words", 6) == [" ◦ wor", "   ds"]
    assert seen("- a", 1) == ["a"]


def test_marks_nested_beyond_reason_are_text() -> None:
    assert seen(">" * 20 + "a", 200) == ["▌ " * 16 + ">>>>a"]
