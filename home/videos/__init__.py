"""Video files and captions as they are uploaded: what they hold, and why one is refused."""

from .captions import check_captions
from .files import VideoFacts, read_video

__all__ = ["VideoFacts", "check_captions", "read_video"]
