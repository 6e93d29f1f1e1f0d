"""Where the default templates are, and the fonts of social cards."""

from pathlib import Path


def default_folder() -> Path:
    """Return the folder of the default templates: in a wheel, or beside a checkout's package."""
    package = Path(__file__).parent.parent
    packaged = package / "default_templates"
    return packaged if packaged.is_dir() else package.parent / "templates"


def font_folder() -> Path:
    """Return the folder of the fonts that social cards are drawn with."""
    return Path(__file__).parent / "card_fonts"
