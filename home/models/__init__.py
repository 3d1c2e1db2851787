"""The foundation's models."""

from .base import NAMED_ARTICLE, CampaignPage, LawQuote, PageArticle, PageTag
from .departments import Department, Rota, RotaEntry, RotaProblem, rota_end, rota_problems
from .freshness import ContentVersion, watch_content
from .images import CampaignImage, CampaignRendition
from .index import IndexPage
from .law import Article, Paragraph
from .pages import HomePage, StandardPage
from .readability import Readability
from .search import SearchEntry, SearchPosting, SearchText, SearchWord
from .settings import CampaignSettings

__all__ = [
    "NAMED_ARTICLE",
    "Article",
    "CampaignImage",
    "CampaignPage",
    "CampaignRendition",
    "CampaignSettings",
    "ContentVersion",
    "Department",
    "HomePage",
    "IndexPage",
    "LawQuote",
    "PageArticle",
    "PageTag",
    "Paragraph",
    "Readability",
    "Rota",
    "RotaEntry",
    "RotaProblem",
    "SearchEntry",
    "SearchPosting",
    "SearchText",
    "SearchWord",
    "StandardPage",
    "rota_end",
    "rota_problems",
    "watch_content",
]
