"""Images on their way to the next prompt: read, scaled and looked at beside the event loop.

What cannot be sent is told before it is sent, and the draft and the images stay. It is the person
who decides: Enter once more sends it all the same, since what is known of models and endpoints can
be out of date.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from textual import on, work

from tui.core.attached import Attachment, attached
from tui.core.commands import rekeyed, shown
from tui.core.conversation import Conversation
from tui.core.image_limits import Limits, check, limits_of
from tui.core.images import BadImage, Image
from tui.core.pictures import Wish
from tui.core.sanitize import one_line, shortened
from tui.core.settings import Endpoint, Settings
from tui.screens.accounts import Accounts
from tui.screens.prompting import PromptingScreen
from tui.screens.tools import Tools
from tui.widgets.image_panel import ImagePanel
from tui.widgets.prompt import Prompt

LONGEST_NAME = 60
"""Characters of a file's name in a sentence."""

READING = "An image is still being read. Press Enter again in a moment."


class AttachingScreen(PromptingScreen):
    """A screen whose next prompt can have images."""

    _accounts: Accounts

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        source = settings.source
        self._limits: Limits = limits_of(source.base_url if isinstance(source, Endpoint) else "")
        self._reading = 0
        self._agreed: tuple[tuple[str, ...], tuple[Image, ...]] | None = None
        self._from_drop: tuple[Attachment, ...] = ()

    # Ways in

    @on(ImagePanel.Named)
    def read_named(self, event: ImagePanel.Named) -> None:
        """Files were named in the panel."""
        self._beside(partial(self._read_named, event))

    async def _read_named(self, event: ImagePanel.Named) -> None:
        panel = self._side.image_panel
        try:
            there = await self._read(event.paths)
        except BadImage as error:
            panel.say(f"✗ {error}")
            return
        panel.taken(event.text)
        panel.add(*there)

    @on(Prompt.Dropped)
    def read_dropped(self, event: Prompt.Dropped) -> None:
        """Files were dropped on the prompt."""
        self._beside(partial(self._read_dropped, event))

    async def _read_dropped(self, event: Prompt.Dropped) -> None:
        """Attach them, or leave the text that it was."""
        try:
            there = await self._read(event.paths)
        except BadImage as error:
            self._prompt.insert(event.text)
            self.notify(str(error), severity="warning", markup=False)
            return
        self._side.image_panel.add(*there)
        self._from_drop = there
        self._prompt.let_undo(event.text)
        them = "it" if len(there) == 1 else "them"
        self.notify(f"{_told(there)} {shown('undo-typing')} makes {them} text again.", markup=False)

    @on(Prompt.Undropped)
    def leave_text(self, event: Prompt.Undropped) -> None:
        """What was dropped last was meant as text."""
        self._side.image_panel.drop(*self._from_drop)
        self._prompt.insert(event.text)

    def action_paste_image(self) -> None:
        """Take the image that is on the clipboard."""
        self._beside(self._paste_image)

    async def _paste_image(self) -> None:
        from tui.edge.pictures import picture_in

        try:
            content = await self._tools.clipboard_image()
            picture = await picture_in(content, Wish(kinds=self._limits.kinds))
        except BadImage as error:
            self._side.image_panel.say(f"✗ {error}")
            self.notify(str(error), severity="warning", markup=False)
            return
        there = attached(picture.image, "from the clipboard", picture.changes(self._model))
        self._side.image_panel.add(there)
        self.notify(_told((there,)), markup=False)

    async def _read(self, paths: Sequence[Path]) -> tuple[Attachment, ...]:
        """The images in files: all of them, or none.

        Raises:
            BadImage: If one cannot be sent; the text says which, if there are several, and why.
        """
        from tui.edge.pictures import load_picture

        there = []
        for path in paths:
            try:
                picture = await load_picture(path, Wish(kinds=self._limits.kinds))
            except BadImage as error:
                name = _short(path.name)
                raise BadImage(f"{name}: {error}" if len(paths) > 1 else str(error)) from None
            there.append(attached(picture.image, path.name, picture.changes(self._model)))
        return tuple(there)

    def _beside(self, job: Callable[[], Awaitable[None]]) -> None:
        """Let a job run beside the event loop; from now until its end no prompt leaves."""
        self._reading += 1
        self._counted(job)

    @work(group="images", description="images")
    async def _counted(self, job: Callable[[], Awaitable[None]]) -> None:
        try:
            await job()
        finally:
            self._reading -= 1

    # What the list asks for

    @on(ImagePanel.Scaling)
    def scale(self, event: ImagePanel.Scaling) -> None:
        """An image is to be smaller."""
        self._beside(partial(self._scale, event.attachment, event.longest))

    async def _scale(self, image: Attachment, longest: int) -> None:
        from tui.edge.pictures import scaled

        panel = self._side.image_panel
        whole = replace(image.whole or image.image, detail=image.image.detail)
        try:
            picture = await scaled(whole, longest, self._limits.kinds)
        except BadImage as error:
            panel.say(f"✗ {error}")
        else:
            panel.swap(image, image.scaled(picture, self._model))

    @on(ImagePanel.Looking)
    def look(self, event: ImagePanel.Looking) -> None:
        """A URL is to be looked at; only now is it fetched."""
        self._look(event.attachment)

    @work(group="images", description="images")
    async def _look(self, image: Attachment) -> None:
        from tui.edge.pictures import picture_in

        panel = self._side.image_panel
        try:
            found = await picture_in(await self._tools.fetch(image.image.url))
        except BadImage as error:
            panel.say(f"✗ {error}")
        else:
            note = f"There is a picture: {found.original}. The URL is what is sent."
            panel.swap(image, image.looked_at(found.image, note))

    # Before it is sent

    def _show_model(self) -> None:
        super()._show_model()
        self._judge()

    def _judge(self) -> None:
        """Say in the panel what the endpoint would not take."""
        self._side.image_panel.trouble = self._refused(self._side.images)

    def _refused(self, images: tuple[Image, ...]) -> str:
        try:
            check(images, self._limits)
        except BadImage as error:
            return str(error)
        return ""

    def _objects_to_prompt(self, key: str = "Enter", *models: str) -> bool:
        """Tell why the next prompt should not leave as it is; tells whether there is a reason."""
        if self._reading:
            self._warn(READING)
            return True
        new = self._side.images
        way = "F3 and Del remove an image" if new else "Ctrl+N begins without those so far"
        return self._objects(self._before_the_edit(), new, way, key, models)

    def _objects_to_again(
        self, talk: Conversation, key: str = "The same key", *models: str
    ) -> bool:
        """Tell why not to ask again as it is; tells whether there is a reason."""
        way = f"{shown('without-images')} asks without images"
        return self._objects(talk, (), way, key, models)

    def _objects(
        self,
        talk: Conversation,
        new: tuple[Image, ...],
        way: str,
        key: str,
        models: tuple[str, ...] = (),
    ) -> bool:
        """With nothing changed since it was told, there is no objection any more."""
        asked = models or (self._model,)
        images = (*(image for said in talk.sent for image in said.images), *new)
        why = self._why_not(images, way, asked) if images else ""
        if not why or self._agreed == (asked, images):
            return False
        self._agreed = asked, images
        said = f"{why} {key} once more sends it all the same."
        self.notify(rekeyed(said), severity="warning", timeout=10, markup=False)
        return True

    def _why_not(self, images: tuple[Image, ...], way: str, models: tuple[str, ...]) -> str:
        for model in (model for model in models if self._accounts.sees(model) is False):
            name = one_line(model, LONGEST_NAME)
            return f"{name} takes no images. F2 changes the model, {way}."
        if why := self._refused(images):
            return f"{why} In the images (F3), s scales one down and Del removes it."
        return ""


def _told(there: Sequence[Attachment]) -> str:
    """That images were attached, and what was done to them."""
    names = ", ".join(_short(each.name) for each in there)
    if len(there) == 1:
        return " ".join(filter(None, (f"1 image attached: {names}.", there[0].note)))
    notes = (f"{_short(each.name)}: {each.note}" for each in there if each.note)
    return " ".join((f"{len(there)} images attached: {names}.", *notes))


def _short(name: str) -> str:
    return one_line(shortened(name, LONGEST_NAME), LONGEST_NAME)
