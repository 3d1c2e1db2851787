"""One address of every page type and of the pages that have none."""

ADDRESSES = {
    "home page": "/",
    "standard page": "/ueber/",
    "legal page": "/impressum/",
    "sign language": "/gebaerdensprache/",
    "overview of impulses": "/impulse/",
    "impulse": "/impulse/siebdruck-im-schulamt/",
    "start of sharing": "/impulse/teilen/",
    "overview of postcards": "/postkarten/",
    "postcard": "/postkarten/artikel-16a/",
    "sheet of postcards": "/postkarten/bogen/",
    "overview of courage cards": "/mut-mach-karten/",
    "courage card": "/mut-mach-karten/kein-witz/",
    "overview of guest posts": "/blog/",
    "guest post": "/blog/karton-113/",
    "search": "/suche/?q=Freiheit",
    "search with a filter": "/suche/?q=Freiheit&type=postcard",
    "search with a typo": "/suche/?q=Demokartie",
    "search without result": "/suche/?q=Quastenflosser",
    "filtered to nothing": "/impulse/?kind=tour&year=1949&department=dezernat-1",
    "not found": "/gibt-es-nicht/",
}
