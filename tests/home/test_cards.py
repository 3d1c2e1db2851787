"""Cards show all that their editors wrote, and only what the law says."""

import pytest

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
