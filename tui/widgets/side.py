"""The side: the four panels, and what the screen has to say to them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from tui.core.attached import Attachment
from tui.core.budget import Budget
from tui.core.images import Image
from tui.widgets.finish_panel import FinishPanel, Standing
from tui.widgets.image_panel import ImagePanel
from tui.widgets.model_panel import ModelPanel
from tui.widgets.token_panel import Spent, TokenPanel


class Side(VerticalScroll, can_focus=False):
    """Model, images, tokens and status, one above the other."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.image_panel = ImagePanel(id="images")
        """The panel of the images; it is asked for them while the screen closes too."""

    def compose(self) -> ComposeResult:
        """The panels, in the order of a turn."""
        yield ModelPanel(id="model")
        yield self.image_panel
        yield TokenPanel(id="tokens")
        yield FinishPanel(id="finish")

    def show_model(self, model: str, note: str) -> None:
        """What is asked next, and where it runs or what is wrong with it."""
        panel = self.query_one(ModelPanel)
        panel.model, panel.note = model, note
        self.image_panel.model = model

    def show_system(self, words: str) -> None:
        """What the model is told before anything else, in some words."""
        self.query_one(ModelPanel).system = words

    def list_models(self, names: Iterable[str]) -> None:
        """What there is to choose from."""
        self.query_one(ModelPanel).list_models(names)

    @property
    def listed(self) -> list[str]:
        """The endpoint's list, as far as it is known."""
        return self.query_one(ModelPanel).listed

    def show_turn(self, standing: Standing, spent: Spent | None) -> None:
        """How the turn stands, and what it took."""
        self.query_one(FinishPanel).standing = standing
        self.query_one(TokenPanel).spent = spent

    def show_budget(self, budget: Budget | None) -> None:
        """What the next prompt would take."""
        self.query_one(TokenPanel).budget = budget

    @property
    def images(self) -> tuple[Image, ...]:
        """The images of the next prompt."""
        return self.image_panel.images

    @images.setter
    def images(self, images: tuple[Image, ...]) -> None:
        self.image_panel.images = images

    def take_images(self) -> tuple[Image, ...]:
        """The images of the next prompt; they go with it, so none is left."""
        return tuple(each.image for each in self.take_attached())

    def take_attached(self) -> tuple[Attachment, ...]:
        """The same, with what is told of them."""
        panel = self.image_panel
        attached, panel.attached = panel.attached, ()
        panel.say("")
        return attached

    def give_attached(self, attached: tuple[Attachment, ...]) -> None:
        """These go with the next prompt after all, before those that are there."""
        self.image_panel.attached = (*attached, *self.image_panel.attached)

    async def open_model(self) -> None:
        """Let the user choose a model."""
        await self.query_one(ModelPanel).open()

    def open_images(self) -> None:
        """Let the user add an image."""
        self.image_panel.open()
