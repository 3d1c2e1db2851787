"""Building the library's wheel: its German texts are compiled into it."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class BuildWithTexts(build_py):
    """Put the compiled catalogues where Django looks for an app's own."""

    def run(self) -> None:
        """Build the packages, then compile every catalogue into `home/locale`."""
        super().run()
        if self.editable_mode:
            return
        import polib

        for source in (ROOT / "locale").rglob("*.po"):
            target = Path(self.build_lib, "home", source.relative_to(ROOT)).with_suffix(".mo")
            target.parent.mkdir(parents=True, exist_ok=True)
            polib.pofile(str(source)).save_as_mofile(str(target))


setup(cmdclass={"build_py": BuildWithTexts})
