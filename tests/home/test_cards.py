"""Cards show all that their editors wrote, and only what the law says."""

import re

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Site

from home.models import CampaignSettings
from postcards.models import PostcardPage
from tests import factories


@pytest.mark.parametrize("back_text", ["", "<p>Ruhig sagen, nicht rufen.</p>"])
def test_the_team_that_made_a_courage_card_is_named(tree, client, back_text):
    card = factories.CourageCardPageFactory(
        parent=tree.courage, team="Auszubildende im Bürgerbüro", back_text=back_text
    )
    page = client.get(card.url).content.decode()
    assert page.count("Auszubildende im Bürgerbüro") == 1
    # Without a back there is nothing to turn.
    assert ("turn-card__button" in page) == bool(back_text)


# --- What a postcard quotes ---------------------------------------------------------------------


def refused(article, headline, paragraphs):
    """Return what is wrong with a postcard's sentence, and the field that says so."""
    card = PostcardPage(title="Karte", slug="karte", article=article, headline=headline)
    card.paragraphs = paragraphs
    with pytest.raises(ValidationError) as caught:
        card.clean()
    ((field, (message,)),) = caught.value.message_dict.items()
    return field, message


def test_a_postcards_sentence_stands_in_the_paragraphs_that_it_shows(article):
    field, message = refused(article("5"), "Eine Zensur findet nicht statt.", "2, 3")
    assert field == "headline"
    assert "Absatz 1 von Artikel 5" in message
    assert "nur Absatz 2, 3" in message
    card = PostcardPage(article=article("5"), paragraphs="1", headline="Eine Zensur findet nicht")
    card.clean()


def test_the_nearest_sentence_says_where_it_stands_when_the_card_does_not_show_it(article):
    _field, message = refused(article("5"), "Zensur findet nie statt", "2")
    assert "„Eine Zensur findet nicht statt.“ (Absatz 1," in message
    _field, message = refused(article("5"), "Zensur findet nie statt", "1")
    assert message.endswith("„Eine Zensur findet nicht statt.“")


def test_a_single_word_is_no_postcard(article):
    field, message = refused(article("1"), "unantastbar", "")
    assert (field, "zwei Wörter" in message) == ("headline", True)


@pytest.mark.parametrize("open_range", ["1–", "1-", "1 – ", "–3", "1–,3"])
def test_a_range_of_paragraphs_has_both_ends(article, open_range):
    field, _message = refused(article("1"), "Die Würde des Menschen", open_range)
    assert field == "paragraphs"


# --- Who made it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("card", "picture", "shown"),
    [
        ("Grafikamt", "Grafikamt", ["Bild: Grafikamt"]),
        ("Grafikamt", "M. Beispiel", ["Bild: M. Beispiel", "Karte: Grafikamt"]),
        ("Gestaltung: Grafikamt", "Gestaltung: Grafikamt", ["Gestaltung: Grafikamt"]),
        ("", "Foto: M. Beispiel", ["Foto: M. Beispiel"]),
    ],
)
def test_credits_have_one_label_and_the_same_one_stands_once(tree, client, card, picture, shown):
    page = factories.PostcardPageFactory(
        parent=tree.postcards,
        design="picture",
        picture=factories.ImageFactory(credit=picture),
        credit=card,
    )
    html = client.get(page.get_url()).content.decode()
    found = re.findall(r'<(?:small class="credit"|p class="card-credit")>(.*?)</', html, re.DOTALL)
    assert [" ".join(words.split()) for words in found] == shown


def test_the_header_names_the_city_by_its_logo_and_the_campaign_in_words(tree, client):
    settings = CampaignSettings.for_site(Site.objects.get())
    settings.name, settings.municipality = "Haltung im Rathaus", "Musterstadt"
    settings.logo = factories.ImageFactory()
    settings.save()
    html = client.get("/").content.decode()
    mark = html[html.index('<a class="wordmark"') :].split("</a>")[0]
    assert 'alt="Musterstadt"' in mark
    assert ">Haltung im Rathaus<" in mark
