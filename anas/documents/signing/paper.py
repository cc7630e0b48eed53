"""What is handed to a way of signing."""

from dataclasses import dataclass

from PIL import Image

from anas.documents.signing.stamp import Spot


@dataclass(frozen=True)
class Paper:
    pdf: bytes
    spot: Spot | None  # where the block goes; None: the signature is not seen on the page
    block: Image.Image
    link: str  # the page of verification
    reason: str
    place: str
