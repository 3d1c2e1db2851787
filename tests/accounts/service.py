"""A little OpenID Connect service that signs in whomever a test says."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Service:
    """The service: its address, what it says of the person, and what it was asked."""

    def __init__(self):
        self.person = {"sub": "42", "email": "erika@stadt.example", "email_verified": True}
        self.tokens_asked = []
        self.is_broken = False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        """End the server and wait for it."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, path, body):
        """Return what the service answers, as JSON."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/token":
            self.tokens_asked.append({name: values[0] for name, values in parse_qs(body).items()})
            return {"access_token": "token", "token_type": "Bearer"}
        return self.person if path == "/userinfo" else None

    def _handler(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                answer = service.answer(urlsplit(self.path).path, body)
                status = 500 if service.is_broken else 200 if answer else 404
                sent = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *args):
                """Say nothing."""

        return Handler
