"""How dates are written in German, beyond what Django knows."""

#: The first day of "4. – 6. März 2025".
DAY_FORMAT = "j."
