"""While a card is written: what could not be printed is said at its field; previews show it."""

import pytest
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.models import Article
from postcards.fitting import problems
from postcards.models import CourageCardPage, PostcardPage

pytestmark = pytest.mark.usefixtures("standing_tree")
WHOLE = {"7", "12a", "13", "16a"}


def found(page):
    return dict(problems(page))


def test_a_card_that_fits_has_no_problem(card, courage_card):
    assert found(card) == {}
    assert found(courage_card) == {}


def test_every_article_fits_whole_or_is_refused_at_its_paragraphs(card):
    for article in Article.objects.all():
        card.article, card.paragraphs = article, ""
        card.__dict__.pop("chosen_paragraphs", None)
        card.headline = article.paragraphs[0]["text"][:60]
        expected = {"paragraphs"} if article.number in WHOLE else set()
        assert set(found(card)) == expected, article.number


@pytest.mark.parametrize(("number", "paragraphs"), [("7", "1, 2"), ("12a", "1"), ("13", "1, 2")])
def test_chosen_paragraphs_of_a_long_article_fit(card, article, number, paragraphs):
    card.article, card.paragraphs = article(number), paragraphs
    assert found(card) == {}


@pytest.mark.parametrize(
    ("size", "portrait", "fits"),
    [
        ((1819, 780), False, True),
        ((1818, 900), False, False),
        ((1900, 700), False, False),
        ((1312, 1085), True, True),
        ((1300, 1400), True, False),
    ],
)
def test_a_picture_below_300_dpi_is_refused_with_its_size(card, picture, size, portrait, fits):
    card.design, card.picture = "picture", picture(*size)
    card.orientation = "portrait" if portrait else "landscape"
    problem = found(card)
    assert set(problem) == (set() if fits else {"picture"})
    if not fits:
        assert "300" in problem["picture"]
        assert f"{size[0]} × {size[1]}" in problem["picture"]


def test_a_picture_that_the_design_does_not_show_may_be_small(card, picture):
    card.picture = picture(300, 200)
    assert found(card) == {}


@pytest.mark.parametrize("field", ["sentence", "back_text", "team"])
def test_letters_that_the_font_lacks_are_named_at_their_field(courage_card, field):
    setattr(courage_card, field, "Trau dich 😀")
    problem = found(courage_card)
    assert set(problem) == {field}
    assert "😀" in problem[field]


def test_too_long_texts_are_refused_where_they_stand(courage_card):
    courage_card.back_text = f"<p>{'Viele Worte machen keinen Mut. ' * 60}</p>"
    assert set(found(courage_card)) == {"back_text"}


def test_the_same_card_is_set_for_a_try_only_once(card, set_here):
    found(card)
    found(card)
    assert len(set_here) == 1


# --- The form -----------------------------------------------------------------------------------


def form_for(page, **changes):
    """Return the data of a page's form as the browser sends it."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "orientation": page.orientation,
        "card_color": "",
        "picture": "",
        "print_note": "",
        "article_links": _empty(),
        "comments": _empty(),
        "licence": page.licence,
        "ai_use": page.ai_use,
        "tags": "",
        "search_description": page.search_description,
        "body": streamfield([]),
    }
    return nested_form_data(data | changes)


def _empty():
    from wagtail.test.utils.form_data import inline_formset

    return inline_formset([])


def test_the_form_refuses_what_cannot_be_printed(card, editor, article):
    edit = f"/admin/pages/{card.pk}/edit/"
    data = form_for(
        card,
        article=article("7").pk,
        headline="Das gesamte Schulwesen steht unter der Aufsicht des Staates.",
        design="type",
        paragraphs="",
        credit="",
    )
    answer = editor.post(edit, data)
    form = answer.context["form"]
    assert list(form.errors) == ["paragraphs"]
    assert "weniger Absätze" in str(form.errors["paragraphs"])
    assert answer.status_code == 200
    assert editor.post(edit, data | {"paragraphs": "1, 2"}).status_code == 302


def test_the_form_of_a_courage_card_refuses_too_much(courage_card, editor):
    text = "Viele Worte machen keinen Mut. " * 25
    data = form_for(
        courage_card,
        sentence="W" * 140,
        back_text=rich_text(f"<p>{text}</p>"),
        occasions="",
        team="",
    )
    answer = editor.post(f"/admin/pages/{courage_card.pk}/edit/", data)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) & {"sentence", "back_text"}


# --- Previews -----------------------------------------------------------------------------------


def test_a_card_can_be_previewed_as_it_is_printed_and_shared(card):
    modes = [mode for mode, _label in card.preview_modes]
    assert modes[0] == ""
    assert modes[-3:] == ["front", "back", "share"]


@pytest.mark.parametrize(("mode", "count"), [("front", 1), ("back", 1), ("share", 3)])
def test_a_preview_shows_the_draft(card, mode, count):
    card.headline = "Die Würde des Menschen"
    answer = card.make_preview_request(preview_mode=mode)
    assert answer.status_code == 200
    assert answer.text.count("data:image/") == count


def test_a_preview_says_what_does_not_fit(card, article):
    card.article = article("13")
    del card.chosen_paragraphs
    answer = card.make_preview_request(preview_mode="back")
    assert "weniger Absätze" in answer.text


@pytest.mark.parametrize("model", [PostcardPage, CourageCardPage])
@pytest.mark.parametrize("mode", ["front", "back", "share"])
def test_a_card_that_was_never_saved_has_a_preview(tree, model, mode):
    page = model(title="Entwurf", slug="entwurf", locale=tree.postcards.locale)
    page.set_url_path(tree.postcards)
    assert page.make_preview_request(preview_mode=mode).status_code == 200
