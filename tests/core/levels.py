"""Options as anyone could give them, for property tests."""

from hypothesis import strategies as st

from tui.core.options import EXTRA, PLAIN, Options

MORE = ("top_k", "min_p", "chat_template_kwargs")
"""Names of parameters that have no field."""

JSON = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)

NAMES = (*PLAIN, *MORE, EXTRA)


@st.composite
def _level(draw: st.DrawFn) -> Options:
    given = Options(
        max_tokens=draw(st.none() | st.integers(1, 9)),
        temperature=draw(st.none() | st.sampled_from((0.0, 0.5, 2.0))),
        top_p=draw(st.none() | st.sampled_from((0.1, 1.0))),
        stop=draw(
            st.none() | st.lists(st.text("ab\n", min_size=1), min_size=1, max_size=4).map(tuple)
        ),
        seed=draw(st.none() | st.integers(-9, 9)),
        reasoning_effort=draw(st.none() | st.sampled_from(("low", "high"))),
        presence_penalty=draw(st.none() | st.just(-1.5)),
        frequency_penalty=draw(st.none() | st.just(1.5)),
        extra=draw(st.dictionaries(st.sampled_from(MORE), JSON, max_size=2)),
    )
    said = dict(given.said())
    free = [name for name in NAMES if name not in said]
    unset = draw(st.lists(st.sampled_from(free), unique=True, max_size=3)) if free else []
    return Options(
        **{each: getattr(given, each) for each in PLAIN}, extra=given.extra, unset=tuple(unset)
    )


LEVELS = _level()
"""What one level says, and what it leaves out."""
