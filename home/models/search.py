"""The search index: which words stand on which pages, and the pages' texts to show hits in."""

from django.db import models

from ..folding import LONGEST_WORD


class SearchWord(models.Model):
    """A word's stem, as `home.folding` makes it, with a spelling to show people."""

    stem = models.CharField(max_length=LONGEST_WORD, unique=True)
    spelling = models.CharField(max_length=LONGEST_WORD)

    def __str__(self) -> str:
        return self.spelling


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


class SearchText(models.Model):
    """What a page says, as plain text, for the lines that a result shows."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]
