"""Search finds a page by what it belongs to: its department and the articles that it names."""

import pytest
from django.core.management import call_command
from taggit.models import Tag
from wagtail.models import Site

from home.folding import stem
from home.models import PageArticle, SearchPosting, SearchWord
from home.search import find_hits, find_tag, searched_pages
from tests import factories

pytestmark = pytest.mark.usefixtures("standing_tree")


def found(query):
    pages = searched_pages("de")
    titles = dict(pages.values_list("pk", "title"))
    return [titles[pk] for pk in find_hits(query, pages)]


@pytest.mark.parametrize("query", ["Dezernat IV", "dezernat iv", "Soziales", "Sommer Dezernat IV"])
def test_a_page_is_found_by_its_department(tree, query):
    four = factories.DepartmentFactory(short_name="Dezernat IV", name="Soziales", slug="dezernat-4")
    three = factories.DepartmentFactory(short_name="Dezernat III", name="Wahlen")
    make = factories.ImpulsePageFactory
    make(parent=tree.impulses, title="Sommer", department=four)
    make(parent=tree.impulses, title="Winter", department=three)
    assert found(query) == ["Sommer"]


@pytest.mark.parametrize("query", ["Meinungsfreiheit", "Wissenschaftsfreiheit", "Artikel 5"])
def test_a_page_is_found_by_the_article_that_it_quotes_or_names(tree, article, query):
    five = article("5")
    factories.PostcardPageFactory(parent=tree.postcards, title="Karte", article=five)
    factories.PostcardPageFactory(parent=tree.postcards, title="Fern", article=article("1"))
    impulse = factories.ImpulsePageFactory(parent=tree.impulses, title="Impuls")
    impulse.article_links = [PageArticle(article=five)]
    impulse.save_revision().publish()
    assert set(found(query)) == {"Karte", "Impuls"}


@pytest.mark.parametrize("slug", ["100-jahre", "mut", "gesprächskultur", "a_b"])
def test_any_tag_of_a_public_page_is_found_by_its_slug(tree, slug):
    tag = Tag.objects.create(name=slug, slug=slug)
    assert find_tag(slug, "de") is None
    page = factories.ImpulsePageFactory(parent=tree.impulses, tags=[slug])
    assert find_tag(slug, "de") == tag
    page.unpublish()
    assert find_tag(slug, "de") is None


def test_a_page_is_not_found_by_a_tag_that_is_gone(tree, django_capture_on_commit_callbacks):
    factories.ImpulsePageFactory(parent=tree.impulses, title="Fest", tags=["Zwarbelthema"])
    assert found("Zwarbelthema") == ["Fest"]
    with django_capture_on_commit_callbacks(execute=True):
        Tag.objects.get().delete()
    assert found("Zwarbelthema") == []


@pytest.mark.parametrize(
    "query", ["Art. 5 GG", "Artikel 5 GG", "Artikel 5 Grundgesetz", "Grundgesetz Art. 5"]
)
def test_an_article_is_found_as_it_is_cited(tree, article, query):
    factories.PostcardPageFactory(parent=tree.postcards, title="Karte", article=article("5"))
    factories.PostcardPageFactory(parent=tree.postcards, title="Fern", article=article("1"))
    assert found(query) == ["Karte"]


def test_a_postcards_sentence_is_found_like_a_title(tree, article):
    sentence = "Alle Menschen sind vor dem Gesetz gleich."
    factories.PostcardPageFactory(
        parent=tree.postcards, title="Artikel 3", article=article("3"), headline=sentence
    )
    factories.ImpulsePageFactory(
        parent=tree.impulses,
        title="Mittagspause",
        search_description="Menschen vor dem Gesetz: alle sind gleich.",
    )
    assert found(sentence) == ["Artikel 3", "Mittagspause"]


def test_many_unknown_words_cost_no_more_queries_than_one(tree, django_assert_num_queries):
    Site.get_site_root_paths()  # cached for all requests
    for words in ("quastenflosserblau", "quastenflosserblau regenbogenschirm kartoffelkeller"):
        with django_assert_num_queries(3):
            assert find_hits(words, searched_pages("de")) == []


@pytest.mark.parametrize("slug", ["", "\0", "a b", "x" * 101, "fehlt"])
def test_what_is_no_tag_is_none(db, slug):
    assert find_tag(slug, "de") is None


def of_department(tree):
    department = factories.DepartmentFactory(name="Freundlich")
    factories.ImpulsePageFactory(parent=tree.impulses, title="Sommer", department=department)
    return department


def by_author(tree):
    author = factories.AuthorFactory(name="Freundlich")
    page = factories.GuestPostPageFactory(parent=tree.blog, title="Sommer", authors=[author])
    page.refresh_from_db()
    page.save_revision().publish()
    return author


def tagged(tree):
    page = factories.ImpulsePageFactory(parent=tree.impulses, title="Sommer")
    page.tags.add("Freundlich")
    page.save_revision().publish()
    return Tag.objects.get()


@pytest.mark.parametrize("named", [of_department, by_author, tagged])
def test_a_page_is_found_by_the_new_name_of_what_it_names(
    tree, named, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):  # Wagtail notes then what names what
        thing = named(tree)
    assert found("Freundlich") == ["Sommer"]
    thing.name = "Zusammenhalt"
    thing.save()
    assert found("Zusammenhalt") == ["Sommer"]
    assert found("Freundlich") == []


def test_a_renewed_index_finds_what_is_there_and_forgets_what_is_gone(tree, capsys):
    factories.ImpulsePageFactory(parent=tree.impulses, title="Sommer")
    hidden = factories.ImpulsePageFactory(parent=tree.impulses, title="Winter")
    hidden.unpublish()
    SearchPosting.objects.filter(page__live=True).delete()
    assert found("Sommer") == []
    call_command("index_search")
    assert found("Sommer") == ["Sommer"]
    assert not SearchPosting.objects.filter(page=hidden.pk).exists()
    assert SearchWord.objects.filter(stem=stem("sommer")).exists()
    assert not SearchWord.objects.filter(stem=stem("winter")).exists()
    assert "6 pages are indexed." in capsys.readouterr().out
