"""Fields for streams of blocks: their definitions stay out of migrations, bad input is refused."""

from typing import Any

from django.core.exceptions import BadRequest
from wagtail.blocks.base import BlockWidget
from wagtail.fields import StreamField


class BodyWidget(BlockWidget):
    """A stream in a form; Wagtail reads it as the browser's script sends it, or fails."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the blocks. Raises `BadRequest` for what no script has made, at whatever depth."""
        try:
            return super().value_from_datadict(data, files, name)
        except (LookupError, TypeError, ValueError, OverflowError) as error:
            raise BadRequest(f"The blocks of {name!r} cannot be read.") from error


class BodyField(StreamField):
    """A StreamField whose blocks are code, not schema: changing one makes no migration."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the field without its block definitions."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """Return the form's field with our own widget."""
        return super().formfield(**{"widget": BodyWidget(self.stream_block)} | kwargs)
