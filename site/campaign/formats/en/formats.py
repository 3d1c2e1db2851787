"""How dates are written in English here: "4 March 2025", as Europe does."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
#: The first day of "4 – 6 March 2025".
DAY_FORMAT = "j"
