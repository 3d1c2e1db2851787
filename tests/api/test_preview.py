"""A draft at the headless client: who has the admin's token sees it for an hour, nobody else."""

import datetime as dt
import json
import time

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.signing import TimestampSigner
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail_headless_preview.models import HeadlessPreviewMixin, PagePreview

from blog.models import GuestPostPage
from home.models import Article, ContentVersion, HomePage, PageArticle, StandardPage
from impulses.models import ImpulseIndexPage, ImpulsePage
from postcards.models import CourageCardPage, PostcardPage
from tests import factories

pytestmark = pytest.mark.usefixtures("standing_tree")

TEXT = [{"type": "text", "value": "<p>Ein <b>Wort</b>.</p>"}]
PREVIEW = "/api/v1/preview"
CLIENT = "https://front.example"
NEW = {
    GuestPostPage: ("blog", {}),
    ImpulsePage: ("impulses", {"kind": "talk", "start_date": dt.date(2026, 3, 14)}),
    PostcardPage: ("postcards", {"headline": "Die Würde"}),
    CourageCardPage: ("courage", {"sentence": "Frag nach."}),
    StandardPage: ("home", {"body": TEXT}),
    ImpulseIndexPage: ("home", {}),
}


def never_saved(tree, model, **fields):
    """Return a page as Wagtail places it for the preview while it is made."""
    name, given = NEW[model]
    parent = getattr(tree, name)
    page = model(
        title="Ein Entwurf", slug="ein-entwurf", locale=parent.locale, **{**given, **fields}
    )
    page.set_url_path(parent)
    page.depth = parent.depth + 1
    page.path = Page._get_children_path_interval(parent.path)[1]
    return page


def token_of(page):
    return page.create_page_preview().token


def preview(client, token):
    return client.get(PREVIEW, {"token": token})


def problem(response):
    assert response["Content-Type"] == "application/problem+json"
    assert "no-store" in response["Cache-Control"]
    return response.json()


def test_a_draft_has_the_shape_of_the_public_page(client, tree):
    page = factories.StandardPageFactory(parent=tree.home, slug="ueber", body=TEXT)
    public = client.get(f"/api/v1/pages/{page.pk}").json()
    page.title = "Nur im Entwurf"
    answer = preview(client, token_of(page))
    assert answer.status_code == 200
    found = answer.json()
    for name in ("published_at", "changed_at"):  # the same moment, written in another zone
        moments = [dt.datetime.fromisoformat(one.pop(name)) for one in (found, public)]
        assert abs(moments[0] - moments[1]) < dt.timedelta(seconds=1)
    assert found == {
        **public,
        "title": "Nur im Entwurf",
        "seo": {**public["seo"], "title": "Nur im Entwurf"},
    }
    assert client.get(f"/api/v1/pages/{page.pk}").json()["title"] == public["title"]


def test_nobody_keeps_a_draft(client, tree):
    answer = preview(client, token_of(tree.home))
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer


@pytest.mark.parametrize("model", NEW, ids=lambda model: model.__name__)
def test_a_page_that_was_never_saved_has_a_preview(client, tree, model):
    fields = {"article": Article.objects.get(number="1")} if model is PostcardPage else {}
    answer = preview(client, token_of(never_saved(tree, model, **fields)))
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["id"], found["title"]) == (0, "Ein Entwurf")
    assert found["path"].endswith("/ein-entwurf/")


def test_a_home_page_that_was_never_saved_has_a_preview(client, tree):
    page = HomePage(title="Zwei", slug="zwei", claim="Neu", locale=tree.home.locale)
    page.depth, page.path, page.url_path = 2, "00010009", "/zwei/"
    found = preview(client, token_of(page)).json()
    assert (found["claim"], found["url"], found["path"]) == ("Neu", "", "")


def test_what_a_draft_names_is_in_it(client, tree):
    author = factories.AuthorFactory()
    page = factories.GuestPostPageFactory(
        parent=tree.blog, tags=["Mut"], articles=[Article.objects.get(number="5")]
    )
    page.author_links = [GuestPostPage.author_links.rel.related_model(author=author)]
    page.teaser_image = factories.ImageFactory()
    found = preview(client, token_of(page)).json()
    assert [one["name"] for one in found["authors"]] == [author.name]
    assert [one["name"] for one in found["tags"]] == ["Mut"]
    assert [one["number"] for one in found["articles"]] == ["5"]
    assert found["teaser_image"]["sources"]


@pytest.mark.parametrize(
    ("model", "fields", "missing"),
    [
        (PostcardPage, {}, "article"),
        (ImpulsePage, {"start_date": None}, "start_date"),
        (ImpulsePage, {"kind": ""}, "kind"),
        (StandardPage, {"locale": None}, "locale"),
    ],
)
def test_an_unfinished_draft_says_what_it_lacks(client, tree, model, fields, missing):
    page = never_saved(tree, model)
    for name, value in fields.items():
        setattr(page, name, value)
    answer = preview(client, token_of(page))
    assert answer.status_code == 422
    assert missing in problem(answer)["detail"]


def test_a_private_draft_needs_no_login(client, tree):
    page = factories.StandardPageFactory(parent=tree.home, title="Geheim", live=False)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert preview(client, token_of(page)).json()["title"] == "Geheim"


def test_a_link_of_a_draft_to_what_is_not_public_has_no_address(client, tree):
    other = factories.StandardPageFactory(parent=tree.home, live=False)
    text = f'<p><a linktype="page" id="{other.pk}">dort</a></p>'
    page = never_saved(tree, StandardPage, body=[{"type": "text", "value": text}])
    (block,) = preview(client, token_of(page)).json()["body"]
    assert block["text"]["html"] == "<p><a>dort</a></p>"


# --- Tokens -------------------------------------------------------------------------------------


def test_a_token_expires_after_an_hour(client, tree, monkeypatch):
    token = token_of(tree.home)
    made = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: made + 3590)
    assert preview(client, token).status_code == 200
    monkeypatch.setattr("django.core.signing.time.time", lambda: made + 3602)
    answer = preview(client, token)
    assert answer.status_code == 422
    assert "expired" in problem(answer)["detail"]


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token.replace("id=", "id=1", 1),
        lambda token: token.partition(":")[0],
        lambda token: TimestampSigner(salt="another").sign(token.partition(":")[0]),
        lambda token: "x",
        lambda token: "ä🤷:::",
    ],
)
def test_a_forged_token_opens_nothing(client, tree, forge):
    answer = preview(client, forge(token_of(tree.home)))
    assert answer.status_code == 422
    assert problem(answer)["errors"][0]["parameter"] == "token"


@pytest.mark.parametrize("query", ["", "?token=", f"?token={'x' * 300}", "?token=x&other=1"])
def test_a_token_is_asked_for(client, db, query):
    assert client.get(f"{PREVIEW}{query}").status_code == 422


def test_a_token_without_a_draft_opens_nothing(client, tree):
    token = token_of(tree.home)
    PagePreview.objects.all().delete()
    assert preview(client, token).status_code == 404


def test_a_token_of_another_type_opens_nothing(client, tree):
    for model in (Page, Article):
        token = HeadlessPreviewMixin.get_preview_signer().sign(f"id={model.__name__}")
        PagePreview.objects.create(
            token=token,
            content_type=ContentType.objects.get_for_model(model),
            content_json=tree.home.to_json(),
        )
        assert preview(client, token).status_code == 404


def test_a_draft_of_something_deleted_opens_nothing(client, tree):
    page = factories.PostcardPageFactory(parent=tree.postcards)
    token = token_of(page)
    row = PagePreview.objects.get(token=token)
    row.content_json = json.dumps({**json.loads(row.content_json), "article": 99999})
    row.save()
    answer = preview(client, token)
    assert answer.status_code == 422
    assert "article" in problem(answer)["detail"]


def test_a_draft_about_an_article_that_is_gone_opens_nothing(client, tree):
    page = factories.StandardPageFactory(parent=tree.home)
    article = Article.objects.create(number="99", title="Weg", paragraphs=[])
    page.article_links = [PageArticle(article=article)]
    token = token_of(page)
    article.delete()
    answer = preview(client, token)
    assert answer.status_code == 404
    assert "gone" in problem(answer)["detail"]


# --- The admin ----------------------------------------------------------------------------------


@pytest.fixture
def headless(settings):
    settings.WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": {"default": CLIENT}}


def test_the_admins_preview_shows_the_client(admin_client, tree, headless):
    for page in (tree.home, tree.impulses):
        answer = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        token = PagePreview.objects.latest("pk").token
        kind = f"{page._meta.app_label}.{page._meta.model_name}"
        assert f"{CLIENT}/?content_type={kind}&amp;token=id%3D{page.pk}" in answer.text
        assert preview(admin_client, token).json()["id"] == page.pk


def test_a_client_may_belong_to_one_host(tree, settings):
    urls = {"default": "https://other.example", "localhost": CLIENT}
    settings.WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": urls}
    request = RequestFactory().get("/", SERVER_NAME="elsewhere.example")
    assert tree.home.get_client_root_url(request) == f"{CLIENT}/"
    assert never_saved(tree, StandardPage).get_client_root_url(None) == f"{CLIENT}/"


def test_without_a_client_the_site_shows_its_own_preview(admin_client, tree):
    answer = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[tree.impulses.pk]))
    assert "<main" in answer.text
    assert not PagePreview.objects.exists()


def test_a_preview_changes_nothing_that_visitors_see(tree):
    before = ContentVersion.current()
    token_of(tree.home)
    assert ContentVersion.current() == before
