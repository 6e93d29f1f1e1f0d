"""What render hands to publish: finished files, by their place below output/."""

from pathlib import Path

from msgspec import Struct

from sitegen.urls import OutputPath


class Artifact(Struct, frozen=True, kw_only=True):
    """A rendered file."""

    output_path: OutputPath
    content: bytes


class CopyArtifact(Struct, frozen=True, kw_only=True):
    """A file that is published as it is."""

    output_path: OutputPath
    source: Path
