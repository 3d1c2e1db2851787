"""Pages, departments, authors and pictures for tests: valid with nothing given."""

import datetime as dt

import factory
import wagtail_factories
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory
from wagtail.models import Page

from blog.models import Author, BlogIndexPage, GuestPostPage, PostAuthor
from home.models import (
    Article,
    CampaignImage,
    Department,
    HomePage,
    PageArticle,
    RotaEntry,
    SignLanguagePage,
    StandardPage,
    Video,
)
from impulses.models import ImpulseIndexPage, ImpulsePage, Kind
from postcards.models import (
    CourageCardIndexPage,
    CourageCardPage,
    PostcardIndexPage,
    PostcardPage,
)


class DepartmentFactory(DjangoModelFactory):
    """A department of the administration."""

    class Meta:
        model = Department

    name = factory.Sequence(lambda n: f"Amt für Zusammenhalt {n}")
    short_name = factory.Sequence(lambda n: f"Dezernat {n}")
    slug = factory.LazyAttribute(lambda obj: slugify(obj.short_name))


class RotaEntryFactory(DjangoModelFactory):
    """Months in which a department leads the campaign."""

    class Meta:
        model = RotaEntry

    department = factory.SubFactory(DepartmentFactory)


class AuthorFactory(DjangoModelFactory):
    """Somebody who writes for the campaign."""

    class Meta:
        model = Author

    name = factory.Sequence(lambda n: f"Mara Beispiel {n}")


class ImageFactory(wagtail_factories.ImageFactory):
    """A picture with the words that stand for it."""

    class Meta:
        model = CampaignImage

    description = "Ein Kreis auf blauem Grund"
    collection = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if kwargs.get("collection") is None:
            kwargs.pop("collection")
        return super()._create(model_class, *args, **kwargs)


class PageFactory(wagtail_factories.PageFactory):
    """What all pages of the campaign share: live, and published in order."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Seite {n}")
    slug = factory.LazyAttribute(lambda obj: slugify(obj.title))
    search_description = "Worum es geht."
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.SelfAttribute("first_published_at")

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        # A parent remembers its number of children; this one may have got some since.
        return super()._create_instance(
            model_class, Page.objects.get(pk=parent.pk) if parent else None, kwargs
        )

    @factory.post_generation
    def articles(self, create, extracted, **kwargs):
        """Name the articles that the page is about."""
        for place, article in enumerate(extracted or ()):
            PageArticle.objects.create(page=self, article=article, sort_order=place)

    @factory.post_generation
    def tags(self, create, extracted, **kwargs):
        """Give the page its tags."""
        if extracted:
            self.tags.add(*extracted)
            self.save()


class HomePageFactory(PageFactory):
    """A front page."""

    class Meta:
        model = HomePage

    claim = "Haltung zeigen"


class StandardPageFactory(PageFactory):
    """A page of its own."""

    class Meta:
        model = StandardPage


class VideoFactory(DjangoModelFactory):
    """A video in sign language, with captions."""

    class Meta:
        model = Video

    title = factory.Sequence(lambda n: f"Film {n}")
    language = "gsg"
    size, seconds, width, height = 4, 65, 640, 360
    file = factory.LazyFunction(lambda: ContentFile(b"film", "film.webm"))
    captions = factory.LazyFunction(
        lambda: ContentFile(b"WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n", "film.vtt")
    )


class SignLanguagePageFactory(PageFactory):
    """The overview of videos in sign language."""

    class Meta:
        model = SignLanguagePage

    title = "Deutsche Gebärdensprache"
    slug = "dgs"


class ImpulseIndexPageFactory(PageFactory):
    """The overview of impulses."""

    class Meta:
        model = ImpulseIndexPage

    title = "Impulse"


class ImpulsePageFactory(PageFactory):
    """An impulse story."""

    class Meta:
        model = ImpulsePage

    department = factory.SubFactory(DepartmentFactory)
    kind = Kind.WORKSHOP
    start_date = dt.date(2026, 3, 14)
    own_task = "Die Stadt bildet ihre Beschäftigten fort."


class PostcardIndexPageFactory(PageFactory):
    """The wall of postcards."""

    class Meta:
        model = PostcardIndexPage

    title = "Postkarten"


class PostcardPageFactory(PageFactory):
    """A postcard; of article 1 unless another one is given."""

    class Meta:
        model = PostcardPage

    article = factory.LazyFunction(lambda: Article.objects.get(number="1"))
    headline = factory.LazyAttribute(lambda obj: obj.article.paragraphs[0]["text"][:400])


class CourageCardIndexPageFactory(PageFactory):
    """The overview of courage cards."""

    class Meta:
        model = CourageCardIndexPage

    title = "Mut-Mach-Karten"


class CourageCardPageFactory(PageFactory):
    """A courage card."""

    class Meta:
        model = CourageCardPage

    sentence = "Du darfst nachfragen."

    @factory.post_generation
    def occasions(self, create, extracted, **kwargs):
        """Say when the card helps."""
        if extracted:
            self.occasions.add(*extracted)
            self.save()


class BlogIndexPageFactory(PageFactory):
    """The overview of guest posts."""

    class Meta:
        model = BlogIndexPage

    title = "Blog"


class GuestPostPageFactory(PageFactory):
    """A guest post."""

    class Meta:
        model = GuestPostPage

    published_on = dt.date(2026, 5, 23)

    @factory.post_generation
    def authors(self, create, extracted, **kwargs):
        """Name who wrote it, in order."""
        for place, author in enumerate(extracted or ()):
            PostAuthor.objects.create(page=self, author=author, sort_order=place)
