"""Guest posts, their authors and their overview."""

from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from home.alphabet import alphabetical
from home.blocks import BodyBlock
from home.fields import BodyField
from home.listing import ARTICLE, DEPARTMENT, TAG, year_facet
from home.lookups import current_lookups
from home.models import CampaignPage, IndexPage

from .blocks import AuthorLinksBlock
from .forms import GuestPostForm


class Author(index.Indexed, models.Model):
    """Somebody who writes for the campaign."""

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    biography = models.TextField(_("biography"), max_length=1200, blank=True)
    portrait = models.ForeignKey(
        "home.CampaignImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("portrait"),
    )
    links = BodyField(AuthorLinksBlock(), blank=True, verbose_name=_("links"))

    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldPanel("organisation"),
        FieldPanel("biography"),
        FieldPanel("portrait"),
        FieldPanel("links"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("organisation"),
        index.AutocompleteField("organisation"),
    ]

    class Meta:
        ordering = [alphabetical("name")]
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})" if self.organisation else self.name


class BlogIndexPage(RoutablePageMixin, IndexPage):
    """The overview of guest posts."""

    facets = (ARTICLE, DEPARTMENT, TAG, year_facet("published_on"))

    subpage_types = ["blog.GuestPostPage"]
    page_description = _("Lists all guest posts, the newest first.")
    page_icon = "list-ul"

    class Meta:
        verbose_name = _("overview of guest posts")
        verbose_name_plural = _("overviews of guest posts")

    @classmethod
    def listed_type(cls) -> type[CampaignPage]:
        """Return the guest post."""
        return GuestPostPage

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """Answer with the latest guest posts as Atom."""
        from home.feeds import PageFeed

        return PageFeed(self)(request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the feed's address."""
        return super().get_context(request, *args, **kwargs) | {
            "feed_url": f"{self.get_url(request) or ''}feed/"
        }


class PostAuthor(Orderable):
    """An author of a guest post, in order."""

    page = ParentalKey("blog.GuestPostPage", on_delete=models.CASCADE, related_name="author_links")
    author = models.ForeignKey(
        Author, on_delete=models.PROTECT, related_name="post_links", verbose_name=_("author")
    )

    panels = [FieldPanel("author")]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "author"], name="post_names_author_once")
        ]
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")


class GuestPostPage(CampaignPage):
    """A guest's text, with postcards between the paragraphs."""

    lead = RichTextField(
        _("editorial lead-in"),
        features=["bold", "italic", "link"],
        blank=True,
        max_length=1000,
        help_text=_("The editors' words before the guest's; set apart from them."),
    )
    title_image = models.ForeignKey(
        "home.CampaignImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("title picture"),
    )
    title_image_caption = models.CharField(
        _("explanation of the title picture"), max_length=300, blank=True
    )
    source_title = models.CharField(_("original title"), max_length=200, blank=True)
    source_url = models.URLField(_("original address"), blank=True)
    source_date = models.DateField(_("original date"), null=True, blank=True)
    published_on = models.DateField(
        _("date of the post"), default=timezone.localdate, help_text=_("Orders the overview.")
    )
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("text"))

    base_form_class = GuestPostForm
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A guest's text, with postcards between the paragraphs.")
    page_icon = "comment"
    card_template = "components/cards/guest_post.html"
    listing_order = "-published_on"
    has_neighbours = True
    prose_fields = (*CampaignPage.prose_fields, "lead", "title_image_caption", "body")
    readability_target = 12
    image_fields = (*CampaignPage.image_fields, "title_image")
    api_links = (("author_links", "author"),)

    content_panels = [
        *CampaignPage.content_panels,
        MultipleChooserPanel(
            "author_links",
            chooser_field_name="author",
            heading=_("Authors"),
            label=_("Author"),
            min_num=1,
        ),
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("title_image"), FieldPanel("title_image_caption")],
            heading=_("Title picture"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("published_on"),
                FieldPanel("source_title"),
                FieldRowPanel([FieldPanel("source_url"), FieldPanel("source_date")]),
            ],
            heading=_("Date and source"),
        ),
    ]
    search_fields = [
        *CampaignPage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.RelatedFields(
            "author_links", [index.RelatedFields("author", [index.SearchField("name")])]
        ),
    ]

    class Meta:
        verbose_name = _("guest post")
        verbose_name_plural = _("guest posts")

    @classmethod
    def for_cards(cls) -> Any:
        """Return the posts with their authors."""
        return (
            super()
            .for_cards()
            .prefetch_related(Prefetch("author_links", PostAuthor.objects.select_related("author")))
        )

    @property
    def author_list(self) -> list[Author]:
        """Return the authors in order."""
        return [link.author for link in self.author_links.all()]

    def author_names(self) -> list[str]:
        """Return the authors' names."""
        return [author.name for author in self.author_list]

    def image_ids(self) -> list[int]:
        """Return the teaser picture, or else the title picture."""
        return [self.social_image_id] if self.social_image_id else []

    def take_images(self, images: Any) -> None:
        """Give the authors their portraits, too."""
        super().take_images(images)
        for author in self.author_list:
            author.portrait = images.get(author.portrait_id or 0)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the post and its authors the pictures that were fetched together."""
        context = super().get_context(request, *args, **kwargs)
        self.take_images(current_lookups().images)
        return context

    def view_image_ids(self) -> list[int]:
        """Return the title picture and the authors' portraits."""
        portraits = [author.portrait_id for author in self.author_list]
        ids = [*super().view_image_ids(), self.title_image_id, *portraits]
        return [pk for pk in ids if pk]
