"""Cards on paper and as pictures, without Django: data in, bytes out.

`render.render` sets a card, `preflight.check` judges what came out. The other modules are their
parts: `card` (what a card says), `formats` (what can be made of it), `colors`, `photos`, `qr`,
`imposition` (where cards lie on a sheet), `typesetting` (Typst), `finisher` (PDF/X) and `worker`
(all of it in a process of its own).
"""
