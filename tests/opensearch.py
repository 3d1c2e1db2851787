"""As much of an OpenSearch as the site asks: documents in memory, queries answered over HTTP."""

import gzip
import json
import threading
from collections import defaultdict
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: OpenSearch counts scores as floats; 0 stands for "matches, but is worth nothing".
NO_MATCH = None


def score(query, document):
    """Return what a document scores for a query, or None where it does not match."""
    ((kind, body),) = query.items()
    if kind == "terms":
        ((field, values),) = body.items()
        return 1.0 if set(values) & set(document[field]) else NO_MATCH
    if kind == "constant_score":
        found = score(body["filter"], document)
        return NO_MATCH if found is NO_MATCH else float(body["boost"])
    if kind == "dis_max":
        found = [value for each in body["queries"] if (value := score(each, document)) is not None]
        return max(found, default=NO_MATCH)
    assert kind == "bool", kind
    assert body.keys() <= {"filter", "should", "minimum_should_match"}
    filters = [score(each, document) for each in body.get("filter", [])]
    should = [value for each in body.get("should", []) if (value := score(each, document))]
    needed = body.get("minimum_should_match", 0 if filters else 1)
    if NO_MATCH in filters or len(should) < needed:
        return NO_MATCH
    return sum(should)


class Handler(BaseHTTPRequestHandler):
    """Answers for the indices of its server."""

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        if self.headers.get("Content-Encoding") == "gzip":
            raw = gzip.decompress(raw)
        body = json.loads(raw) if raw else None
        status, said = self.server.handle(self.command, self.path.partition("?")[0], body)
        answer = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 -- the names of the library

    def log_message(self, *_arguments):
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server on a free port of this machine."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.indices = defaultdict(dict)
        self.asked = 0
        self.is_broken = False

    def handle(self, method, path, body):
        self.asked += 1
        if self.is_broken:
            return 503, {"error": "no shard is available"}
        match [method, *path.strip("/").split("/")]:
            case ["PUT", index, "_doc", key]:
                assert body.keys() == self.fields(index), body.keys()
                self.indices[index][key] = body
                return 201, {"result": "created"}
            case ["DELETE", index]:
                self.indices.pop(index, None)
                return 200, {"acknowledged": True}
            case ["PUT", index]:
                self.indices[index] = {}
                self.mapping = body["mappings"]
                return 200, {"acknowledged": True}
            case ["POST" | "GET", index, "_search"]:
                return 200, {"hits": {"hits": self.hits(index, body)}}
        return 404, {"error": f"{method} {path}"}

    def fields(self, index):
        assert self.mapping["dynamic"] == "strict"
        return self.mapping["properties"].keys()

    def hits(self, index, body):
        assert body["sort"] == [{"_score": "desc"}, {"page": "asc"}]
        found = sorted(
            (-value, document["page"])
            for document in self.indices[index].values()
            if (value := score(body["query"], document)) is not NO_MATCH
        )
        if after := body.get("search_after"):
            found = [hit for hit in found if hit > (-after[0], after[1])]
        return [
            {"_id": str(page), "_score": -value, "sort": [-value, page]}
            for value, page in found[: body["size"]]
        ]


@contextmanager
def running():
    """Run a server for the time of the block."""
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
