"""The one exception that users see: the machine failed us."""


class SitegenError(Exception):
    """Says in one line what the machine would not do, such as `no space left on the disk`."""
