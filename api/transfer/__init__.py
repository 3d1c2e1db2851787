"""A site's whole public content as a folder of files, and the way back into an empty instance.

`export` writes what `GET /pages/{id}` and its like answer, with all pictures and documents;
`loading` reads it. Apps add files of their own with `registry.part`, and say beside their schemas
(`restore`) where JSON and database differ.
"""

#: Another one whenever an import of today could not read what an export writes.
FORMAT = {"format": "haltung-export", "version": 1}
#: Written first: the folder is an export's, and may be tidied.
MARKER = "format.json"
#: Written last: the export is complete.
MANIFEST = "manifest.json"


class TransferError(Exception):
    """An export or an import cannot go on; the message says why, and what to do."""
