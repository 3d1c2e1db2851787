"""The content API: the library's ground floor; it knows content through its registry alone."""
