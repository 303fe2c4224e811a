"""A look at a picture on the web, for whoever asked for it; see `tui.edge.fetch`.

The client is loaded with the first look: most never have one.
"""

from __future__ import annotations


async def fetched(url: str) -> bytes:
    """The picture at a URL.

    Raises:
        BadImage: If it cannot be had, or must not be asked for; the text says why.
    """
    from tui.edge.fetch import Fetcher

    return await Fetcher().fetch(url)
