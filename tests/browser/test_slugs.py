"""The admin's form makes the slug of a title while it is typed: the same as the server's."""

from playwright.sync_api import Page, expect

from tests.browser.test_editing import editor, faults, session  # noqa: F401 -- fixtures
from tests.slugs import NAMELESS, SLUGS


def test_the_browser_makes_the_servers_slugs(editor: Page, campaign):  # noqa: F811
    editor.on("dialog", lambda dialog: dialog.accept())  # unsaved changes may go
    address = campaign.address("/admin/pages/add/home/standardpage/3/")
    editor.goto(address)
    # One form makes all slugs: it may not save itself and keep one of them.
    editor.route(
        address,
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    title, slug = editor.locator("#id_title"), editor.locator("#id_slug")
    expect(slug).to_have_attribute("data-controller", "w-slug")
    editor.wait_for_load_state("networkidle")
    wanted = SLUGS | dict.fromkeys(NAMELESS, "seite")
    made = {}
    for text in wanted:
        title.fill("")
        slug.evaluate("field => { field.value = '' }")  # it stands on another tab
        title.fill(text)
        title.blur()
        expect(slug).not_to_have_value("")
        made[text] = slug.input_value()
    assert made == wanted
