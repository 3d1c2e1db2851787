"""Titles with the slugs that browser and server must both make of them."""

SLUGS = {
    "Grundgesetz für alle: Würde & Größe": "grundgesetz-fuer-alle-wuerde-und-groesse",
    "Über uns": "ueber-uns",
    "ÄRGER IM ÄMTERHAUS": "aerger-im-aemterhaus",
    "Öffentlich, öffentlicher": "oeffentlich-oeffentlicher",
    "Straße der Freiheit": "strasse-der-freiheit",
    "STRAẞE": "strasse",
    "Art. 16a GG": "art-16a-gg",
    "Kolleg:innen fragen nach": "kolleginnen-fragen-nach",
    "Bürger*innen und Bürger_innen": "buergerinnen-und-buerger_innen",
    "Grund·gesetz in Leichter Sprache": "grundgesetz-in-leichter-sprache",
    "Demo\u00adkratie\u00adförderung": "demokratiefoerderung",
    "Haltung – was heißt das?": "haltung-was-heisst-das",
    "Mut-Mach-Karte": "mut-mach-karte",
    "„Nie wieder“ ist jetzt": "nie-wieder-ist-jetzt",
    "Café Olé": "cafe-ole",
    "u\u0308ber Umwege": "ueber-umwege",
    "Rat & Tat & Tee": "rat-und-tat-und-tee",
    "24/7 für Sie da": "24-7-fuer-sie-da",
    "  Leerzeichen  am   Rand ": "leerzeichen-am-rand",
    "§ 5: Impressum (neu)": "5-impressum-neu",
}
