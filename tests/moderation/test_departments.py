"""What one department writes stays with it until it is public: nothing in the admin names it."""

import json

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page

from home import roles
from home.moderation.permissions import known_pages, pages_in_hand
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_team")]

SECRET = "Geheimplan"
PUBLIC = "Offenbart"


@pytest.fixture
def draft(team):
    """Return a draft of the other department, with words that stand nowhere else."""
    return _draft(team, owner=team.anderes_dezernat)


def _draft(team, **more):
    page = factories.ImpulsePageFactory(
        parent=team.tree.impulses,
        department=team.departments["other"],
        live=False,
        title=SECRET,
        slug="geheimplan",
        search_description=f"Worum es im {SECRET} geht",
        **more,
    )
    page.save_revision(user=team.anderes_dezernat)
    return page


@pytest.fixture
def story(team):
    """Return what the other department has published."""
    return factories.ImpulsePageFactory(
        parent=team.tree.impulses, department=team.departments["other"], title=PUBLIC
    )


#: Ways to lists and to single pages; what is public is found by those that list.
LISTS = {
    "the explorer": "/admin/pages/{index}/",
    "the explorer's search": "/admin/pages/{index}/?q={word}",
    "the explorer's search everywhere": "/admin/pages/{index}/?q={word}&search_all=1",
    "the explorer's filter": "/admin/pages/{index}/?content_type={type}",
    "the search": "/admin/pages/search/?q={word}",
    "the search's results": "/admin/pages/search/results/?q={word}",
    "the pages of a type": "/admin/pages/usage/impulses/impulsepage/",
    "the chooser": "/admin/choose-page/{index}/",
    "the chooser for a type": "/admin/choose-page/?page_type=impulses.impulsepage",
    "the chooser's search": "/admin/choose-page/search/?q={word}",
    "what was chosen": "/admin/choose-page/chosen-multiple/?id={draft}&id={story}",
    "the API": "/admin/api/main/pages/?child_of={index}",
    "the API for the explorer": "/admin/api/main/pages/?child_of={index}&for_explorer=1",
    "the API's search": "/admin/api/main/pages/?search={whole}",
}
OTHERS = {
    "the page's explorer": "/admin/pages/{draft}/",
    "the page's explorer, results": "/admin/pages/{draft}/results/",
    "the page's form": "/admin/pages/{draft}/edit/",
    "the page's draft": "/admin/pages/{draft}/view_draft/",
    "the page's history": "/admin/pages/{draft}/history/",
    "the page's usage": "/admin/pages/{draft}/usage/",
    "copying": "/admin/pages/{draft}/copy/",
    "deleting": "/admin/pages/{draft}/delete/",
    "moving": "/admin/pages/{draft}/move/",
    "the page in the chooser": "/admin/choose-page/{draft}/",
    "the API's page": "/admin/api/main/pages/{draft}/?fields=*",
    "deleting several": "/admin/bulk/wagtailcore/page/delete/?id={draft}",
    "moving several": "/admin/bulk/wagtailcore/page/move/?id={draft}",
    "publishing several": "/admin/bulk/wagtailcore/page/publish/?id={draft}",
    "withdrawing several": "/admin/bulk/wagtailcore/page/unpublish/?id={draft}",
    "the site's history": "/admin/reports/site-history/",
    "the audit log": "/admin/reports/audit/",
    "locked pages": "/admin/reports/locked/",
    "the workflows": "/admin/reports/workflow/",
    "the workflows' tasks": "/admin/reports/workflow_tasks/",
    "ageing pages": "/admin/reports/aging-pages/",
    "page types": "/admin/reports/page-types-usage/",
    "translations": "/admin/localize/reports/translations/",
    "readability": "/admin/reports/readability/",
    "the dashboard": "/admin/",
    "an article's usage": "/admin/snippets/home/article/usage/{article}/",
}
SEES_NOTHING = ("dezernat", "leitung", "technik")
#: They oversee the house: the log names all pages.
OVERSEES = {"leitung": {"the audit log"}}


def text_of(answer):
    """Return all that an answer says."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


@pytest.fixture
def ask(client, team, draft, story):
    """Return a function with which somebody asks for an address."""
    article = draft.article_links.first()
    names = {
        "index": team.tree.impulses.pk,
        "draft": draft.pk,
        "story": story.pk,
        "type": draft.content_type_id,
        "article": article.article_id if article else 1,
    }

    def answer(who, address, word=SECRET):
        client.force_login(getattr(team, who))
        return text_of(client.get(address.format(word=word[:6], whole=word, **names)))

    return answer


@pytest.mark.parametrize("who", SEES_NOTHING)
def test_no_way_in_the_admin_names_a_draft_of_another_department(ask, draft, who):
    Page.objects.filter(pk=draft.pk).update(locked=True)
    ways = LISTS | OTHERS
    assert {way for way in ways if SECRET in ask(who, ways[way])} == OVERSEES.get(who, set())


def test_everybody_finds_what_is_public(ask):
    assert [way for way in LISTS if PUBLIC not in ask("dezernat", LISTS[way], word=PUBLIC)] == []


@pytest.mark.parametrize("who", ["anderes_dezernat", "redaktion", "admin"])
def test_who_works_with_a_draft_finds_it(ask, who):
    ways = LISTS | {way: OTHERS[way] for way in ("the page's explorer", "the API's page")}
    assert [way for way in ways if SECRET not in ask(who, ways[way])] == []


def test_a_draft_in_moderation_is_found_by_its_department_alone(ask, draft, team):
    draft.get_workflow().start(draft, team.beitragende)
    assert SECRET not in ask("dezernat", "/admin/")
    assert SECRET in ask("anderes_dezernat", "/admin/")


def test_one_s_own_draft_is_found_whatever_its_department(team, client):
    _draft(team, owner=team.dezernat)
    client.force_login(team.dezernat)
    assert SECRET in text_of(client.get(f"/admin/pages/{team.tree.impulses.pk}/"))


def test_the_section_is_found_before_it_is_public(ask, team):
    Page.objects.filter(pk=team.tree.impulses.pk).update(live=False)
    said = ask("dezernat", LISTS["the explorer"])
    assert PUBLIC in said
    assert SECRET not in said
    assert PUBLIC in ask("dezernat", LISTS["the API"])


def test_the_api_names_no_translation_that_is_a_draft_elsewhere(ask, draft, story):
    Page.objects.filter(pk=draft.pk).update(
        translation_key=story.translation_key,
        locale=Locale.objects.get_or_create(language_code="en")[0],
    )
    address = "/admin/api/main/pages/{story}/"
    assert SECRET not in ask("dezernat", address)
    assert SECRET in ask("redaktion", address)


def test_the_chooser_does_not_begin_at_a_hidden_draft(client, team):
    factories.PostcardPageFactory(parent=team.tree.postcards, title=SECRET, live=False)
    client.force_login(team.dezernat)
    answer = client.get("/admin/choose-page/?page_type=postcards.postcardpage")
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("action", ["copy", "create_alias", "convert_alias", "delete"])
def test_the_api_does_nothing_with_such_a_draft(client, team, draft, action):
    client.force_login(team.dezernat)
    before = set(Page.objects.values_list("pk", flat=True))
    answer = client.post(
        f"/admin/api/main/pages/{draft.pk}/action/{action}/",
        json.dumps({"keep_live": False}),
        content_type="application/json",
    )
    assert answer.status_code == 404
    assert set(Page.objects.values_list("pk", flat=True)) == before


def test_what_a_role_of_the_house_s_own_may_explore_stays(client, team, draft):
    """An editor of one section is bound to no department."""
    group = Group.objects.create(name="Impulse")
    group.permissions.set(Group.objects.get(name=roles.DEPARTMENT_EDITORS).permissions.all())
    GroupPagePermission.objects.create(
        group=group, page=team.tree.impulses, permission_id=_permission("change_page")
    )
    team.ohne_rolle.groups.add(group)
    client.force_login(team.ohne_rolle)
    assert SECRET in text_of(client.get(f"/admin/choose-page/{team.tree.impulses.pk}/"))


def _permission(codename):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename=codename, content_type__app_label="wagtailcore").pk


def test_reports_that_name_all_pages_are_not_offered(client, team):
    menus = {}
    for who in ("dezernat", "redaktion"):
        client.force_login(getattr(team, who))
        menus[who] = client.get("/admin/").content.decode()
    for name in ("wagtailadmin_reports:page_types_usage", "wagtail_localize:translations_report"):
        assert reverse(name) in menus["redaktion"]
        assert reverse(name) not in menus["dezernat"]


def test_the_rule_takes_the_same_queries_for_any_number_of_pages(
    team, draft, django_assert_max_num_queries
):
    for number in range(5):
        factories.ImpulsePageFactory(
            parent=team.tree.impulses, department=team.departments["own"], title=f"Nr. {number}"
        )
    with django_assert_max_num_queries(8):
        found = list(known_pages(team.dezernat, Page.objects.all()))
    assert draft.page_ptr not in found
    assert len(found) > 5


def test_a_page_is_out_of_hand_while_it_is_public_scheduled_locked_or_on_another_desk(team):
    pages = {
        name: factories.ImpulsePageFactory(
            parent=team.tree.impulses, department=team.departments["own"], live=False
        )
        for name in ("open", "public", "locked", "at editors", "at us")
    }
    for page in pages.values():
        page.save_revision(user=team.beitragende)
    foreign = factories.ImpulsePageFactory(
        parent=team.tree.impulses, department=team.departments["other"], live=False
    )
    pages["public"].latest_revision.publish()
    Page.objects.filter(pk=pages["locked"].pk).update(locked=True, locked_by=team.redaktion)
    for name in ("at editors", "at us"):
        pages[name].get_workflow().start(pages[name], team.beitragende)
    page = type(foreign).objects.get(pk=pages["at editors"].pk)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, team.dezernat, "approve")
    ids = [page.pk for page in (*pages.values(), foreign)]
    assert pages_in_hand(team.dezernat, ids) == {pages["open"].pk, pages["at us"].pk}
