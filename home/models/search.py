"""The search index: which words stand on which pages."""

from django.db import models

from ..folding import LONGEST_WORD


class SearchWord(models.Model):
    """A word's stem, as `home.folding` makes it."""

    stem = models.CharField(max_length=LONGEST_WORD, unique=True)

    def __str__(self) -> str:
        return self.stem


class SearchPosting(models.Model):
    """A word stands on a page; it weighs what its heaviest place does."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, related_name="postings")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "page"], name="word_stands_on_page_once")
        ]

    def __str__(self) -> str:
        return f"{self.word_id} → {self.page_id}: {self.weight}"
