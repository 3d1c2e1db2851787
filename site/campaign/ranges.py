"""Parts of files (RFC 9110, section 14): a browser that seeks in a video asks for them."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

#: One part; who asks for several at once gets the whole, as the standard allows.
_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))", re.IGNORECASE | re.ASCII)
CHUNK = 64 * 1024


def in_range(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return the part of a file that was asked for: the whole, 206, or 416 for what is not there.

    Takes what `django.views.static.serve` answers; a 304 stays as it is.
    """
    if not isinstance(response, FileResponse):
        return response
    response["Accept-Ranges"] = "bytes"
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    unchanged = request.headers.get("If-Range") in {None, response.get("Last-Modified")}
    if not asked or not unchanged or request.method != "GET":
        return response
    size = int(response["Content-Length"])
    first, last, suffix = asked.groups()
    start = max(0, size - int(suffix)) if suffix else int(first)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < int(first):
        return response  # no valid range is none
    if start >= size:
        response.close()
        headers = {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    file: Any = response.file_to_stream
    response.streaming_content = _part(file, start, end - start + 1)
    response.status_code = HTTPStatus.PARTIAL_CONTENT
    response["Content-Length"] = str(end - start + 1)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def _part(file: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    file.seek(start)
    while length > 0 and (chunk := file.read(min(CHUNK, length))):
        length -= len(chunk)
        yield chunk
