"""The images of `rillet ask`: files are made ready, URLs stay what they are."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tui.core.catalog import Catalog
from tui.core.errors import UsageError
from tui.core.image_limits import check, limits_of
from tui.core.images import BadImage, Image
from tui.core.pictures import Wish
from tui.core.sanitize import one_line, shortened
from tui.core.settings import Endpoint, Settings
from tui.edge.pictures import image_given

LONGEST = 200
"""Characters of a file's name or a URL that are told; the middle is left out first."""


def images_from(
    arguments: argparse.Namespace, settings: Settings, tell: Callable[[str], None]
) -> tuple[Image, ...]:
    """The images of the question, in order; what was changed about them is told.

    Raises:
        UsageError: If one cannot be sent, or the endpoint would refuse them.
    """
    source = settings.source
    limits = limits_of(source.base_url if isinstance(source, Endpoint) else "")
    images = []
    for text, given in arguments.image:
        detail = given or arguments.detail
        wish = Wish(arguments.fit, arguments.keep_metadata, detail, limits.kinds)
        try:
            image, changes = image_given(text, wish, settings.model)
        except BadImage as error:
            raise UsageError(
                f"--image {one_line(shortened(text, LONGEST), LONGEST)}: {error}"
            ) from None
        if changes:
            tell(f"{one_line(shortened(text, LONGEST), LONGEST)}: {changes}")
        images.append(image)
    catalog = Catalog(settings.models, host=settings.host)
    if images and catalog.profile(settings.model).sees is False:
        tell(f"{one_line(settings.model, LONGEST)} takes no images, as far as is known.")
    try:
        check(images, limits)
    except BadImage as error:
        raise UsageError(f"--image: {error} (--fit PIXELS scales image files down.)") from None
    return tuple(images)
