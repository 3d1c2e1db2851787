"""Makes PDF/X of what Typst has set, and tells home printers how to print."""

import datetime as dt
import io
import uuid
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from .formats import STANDARDS, Preset

PRODUCER = "Haltung (Typst, pikepdf)"
REGISTRY = "http://www.color.org"
#: What PDF 1.3 does not know, or a press does not want.
UNWANTED = ("/MarkInfo", "/StructTreeRoot", "/Lang", "/Outlines", "/PageMode", "/ViewerPreferences")

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<pdf:Producer>{producer}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdfxid:GTS_PDFXVersion>{standard}</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def to_press(pdf: bytes, preset: Preset, *, title: str, author: str, created: dt.datetime) -> bytes:
    """Return a CMYK PDF as PDF/X: boxes, metadata, output intent; same input, same bytes.

    Raises `OSError` where the preset's profile cannot be read.
    """
    with Pdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            trim = page.obj.get(Name.TrimBox, page.MediaBox)
            page.obj.TrimBox = Array(list(trim))
            page.obj.BleedBox = Array(list(page.MediaBox))
            _drop(page.obj, "/Group", "/Tabs", "/StructParents")
        _drop(file.Root, *UNWANTED)
        _describe(file, preset, title, author, created)
        _intend(file, preset)
        return _saved(
            file,
            force_version=STANDARDS[preset.standard].version,
            object_stream_mode=(
                pikepdf.ObjectStreamMode.disable
                if preset.standard == "x3"
                else pikepdf.ObjectStreamMode.generate
            ),
        )


def for_reading(pdf: bytes, *, home: bool = False) -> bytes:
    """Return a tagged PDF in a form that every reader and validator takes.

    One for printing at `home` opens the printer's dialogue in full size, for both sides.
    """
    with Pdf.open(io.BytesIO(pdf)) as file:
        if home:
            preferences = file.Root.get(Name.ViewerPreferences, Dictionary())
            preferences.PrintScaling = Name("/None")
            preferences.Duplex = Name.DuplexFlipLongEdge
            preferences.PickTrayByPDFSize = True
            file.Root.ViewerPreferences = preferences
        for thing in file.objects:
            if isinstance(thing, pikepdf.Stream):
                _end_clearly(thing)
        return _saved(file, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def _end_clearly(stream: pikepdf.Stream) -> None:
    """Let compressed data not end with what some readers take for the end of its last line."""
    data = stream.read_raw_bytes()
    if data.endswith(b"\r") and stream.get(Name.Filter) == Name.FlateDecode:
        parameters: Any = stream.get("/DecodeParms")
        stream.write(data + b" ", filter=Name.FlateDecode, decode_parms=parameters)


def _describe(file: Pdf, preset: Preset, title: str, author: str, created: dt.datetime) -> None:
    """Write who, what and when, twice: PDF/X asks for both places to say the same."""
    standard = STANDARDS[preset.standard].name
    moment = created.astimezone(dt.UTC).replace(microsecond=0)
    pdf_date = moment.strftime("D:%Y%m%d%H%M%S+00'00'")
    info = file.docinfo
    for key in list(info.keys()):
        del info[key]
    info.Title, info.Author = String(title), String(author)
    info.Creator = info.Producer = String(PRODUCER)
    info.CreationDate = info.ModDate = String(pdf_date)
    # A name, as the standard has it; a string would be no answer.
    info.Trapped = Name("/False")
    if preset.standard == "x3":
        info.GTS_PDFXVersion = String(standard)
        _drop(file.Root, "/Metadata")
        return
    xmp = XMP.format(
        title=escape(title),
        author=escape(author),
        producer=escape(PRODUCER),
        date=moment.isoformat(),
        document=uuid.uuid5(uuid.NAMESPACE_URL, f"{title}|{author}|{pdf_date}"),
        standard=standard,
    )
    metadata = file.make_stream(xmp.encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    file.Root.Metadata = metadata


def _intend(file: Pdf, preset: Preset) -> None:
    """Embed the profile for which the colours are meant."""
    profile = file.make_stream(_packed(preset.profile.data))
    profile.Filter = Name.FlateDecode
    profile.N = 4
    file.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFX,
                OutputConditionIdentifier=String(preset.profile.identifier),
                OutputCondition=String(preset.profile.identifier),
                Info=String(preset.profile.identifier),
                RegistryName=String(REGISTRY),
                DestOutputProfile=profile,
            )
        ]
    )


@lru_cache(maxsize=4)
def _packed(profile: bytes) -> bytes:
    """Return a profile compressed, once for all cards: it is larger than all the rest."""
    return zlib.compress(profile)


def _drop(dictionary: Any, *keys: str) -> None:
    for key in keys:
        if key in dictionary:
            del dictionary[key]


def _saved(file: Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    save: Callable[..., None] = file.save
    save(out, deterministic_id=True, **options)
    return out.getvalue()
