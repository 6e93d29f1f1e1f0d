"""Where the default templates are."""

from pathlib import Path


def default_folder() -> Path:
    """Return the folder of the default templates: in a wheel, or beside a checkout's package."""
    package = Path(__file__).parent.parent
    packaged = package / "default_templates"
    return packaged if packaged.is_dir() else package.parent / "templates"
