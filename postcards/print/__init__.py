"""Cards on paper and as pictures, without Django: data in, bytes out.

`render.render` sets a card, `preflight.check_press` and `check_readable` judge what came out,
`fingerprint.fingerprint` stands for a file before it is made. The other modules are their parts:
`card` (what a card says), `formats` (what can be made of it), `errors`, `colors`, `fonts`,
`photos`, `qr`, `imposition` (where cards lie on a sheet), `typesetting` (Typst), `finisher`
(PDF/X), `content` (what a PDF's page draws) and `worker` (all of it in a process of its own).
"""
