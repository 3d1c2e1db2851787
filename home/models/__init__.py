"""The foundation's models."""

from .access import AccessSettings
from .base import (
    NAMED_ARTICLE,
    TITLE_BOOST,
    CampaignPage,
    LawQuote,
    PageArticle,
    PageTag,
)
from .departments import Department, Rota, RotaEntry, RotaProblem, rota_end, rota_problems
from .freshness import ContentVersion, watch_content
from .images import CampaignImage, CampaignRendition, SubmittedCollection
from .index import IndexPage
from .law import Article, Paragraph
from .moderation import (
    DepartmentCheck,
    EditorialRelease,
    LeadershipApproval,
    NoteKind,
    Reminder,
    ReviewNote,
    ReviewTask,
)
from .pages import HomePage, StandardPage
from .readability import Readability
from .search import SearchEntry, SearchPosting, SearchText, SearchWord
from .settings import CampaignSettings
from .sign_language import (
    SignLanguagePage,
    find_sign_language_page,
    in_current_language,
    sign_language_pages,
)
from .signoff import SignOff
from .videos import PageVideo, Video, VideoLanguage, watch_videos

__all__ = [
    "NAMED_ARTICLE",
    "TITLE_BOOST",
    "AccessSettings",
    "Article",
    "CampaignImage",
    "CampaignPage",
    "CampaignRendition",
    "CampaignSettings",
    "ContentVersion",
    "Department",
    "DepartmentCheck",
    "EditorialRelease",
    "HomePage",
    "IndexPage",
    "LawQuote",
    "LeadershipApproval",
    "NoteKind",
    "PageArticle",
    "PageTag",
    "PageVideo",
    "Paragraph",
    "Readability",
    "Reminder",
    "ReviewNote",
    "ReviewTask",
    "Rota",
    "RotaEntry",
    "RotaProblem",
    "SearchEntry",
    "SearchPosting",
    "SearchText",
    "SearchWord",
    "SignLanguagePage",
    "SignOff",
    "StandardPage",
    "SubmittedCollection",
    "Video",
    "VideoLanguage",
    "find_sign_language_page",
    "in_current_language",
    "rota_end",
    "rota_problems",
    "sign_language_pages",
    "watch_content",
    "watch_videos",
]
