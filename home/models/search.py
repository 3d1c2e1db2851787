"""The search index: which words stand on which pages, and the text to quote from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..folding import LONGEST_WORD

#: What a word weighs by the place where it stands.
TITLE, TEASER, BODY = 16, 4, 1
#: By what that is multiplied: a whole word anywhere is worth more than a part of one in a title.
WHOLE, PART = 32, 1


class SearchWord(models.Model):
    """A word's stem, as `home.folding` makes it, and how the word is written."""

    stem = models.CharField(max_length=LONGEST_WORD, unique=True)
    #: The plainest of the forms that pages hold: "Würde" for "wuerd".
    word = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        verbose_name = _("word in the search")
        verbose_name_plural = _("words in the search")

    def __str__(self) -> str:
        return self.word


class SearchPosting(models.Model):
    """A word stands on a page; it weighs what its heaviest place does."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, related_name="postings")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        # A search reads nothing but this index.
        indexes = [models.Index(fields=["word", "page", "weight"], name="postings_of_words")]
        verbose_name = _("place of a word")
        verbose_name_plural = _("places of words")

    def __str__(self) -> str:
        return f"{self.word_id} → {self.page_id}: {self.weight}"


class SearchEntry(models.Model):
    """A page that search finds, with what its results are filtered by."""

    page = models.OneToOneField(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="search_entry",
    )
    department = models.ForeignKey(
        "home.Department", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("page in the search")
        verbose_name_plural = _("pages in the search")

    def __str__(self) -> str:
        return str(self.page_id)


class SearchText(models.Model):
    """What results quote from; apart from the entry, because a search reads all entries."""

    page = models.OneToOneField(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="search_text",
    )
    wagtail_reference_index_ignore = True

    #: All that the page is found by besides its title, without markup; a line for each text.
    text = models.TextField()

    class Meta:
        verbose_name = _("text in the search")
        verbose_name_plural = _("texts in the search")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.text[:40]}"
