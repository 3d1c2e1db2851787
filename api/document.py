"""The contract: the API's description of itself as an OpenAPI document."""

from typing import Any

from ninja import NinjaAPI, Swagger

from .problems import MEDIA_TYPE

DESCRIPTION = """\
All public content of the campaign as typed JSON, for anyone to read. Drafts, expired and private
pages are never in it. Every page, card and block has a `type`; errors are
`application/problem+json`; answers carry an `ETag` and a `Cache-Tag`.
"""


class ContentAPI(NinjaAPI):
    """The content API."""

    def __init__(self) -> None:
        self._documents: dict[str, Any] = {}
        super().__init__(
            title="Haltung: content API",
            version="1",
            description=DESCRIPTION,
            urls_namespace="api",
            docs=Swagger(settings={"tryItOutEnabled": True, "docExpansion": "list"}),
        )

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> Any:
        """Return the document, made once; errors have a media type of their own."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if prefix not in self._documents:
            self._documents[prefix] = self._made(prefix)
        return self._documents[prefix]

    def _made(self, prefix: str) -> Any:
        document = super().get_openapi_schema(path_prefix=prefix)
        for path in document["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "content" in response:
                        response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
        return document

    def query_parameters(self, operation_id: str) -> frozenset[str]:
        """Return the names of what an operation takes in its query."""
        for path in self.get_openapi_schema(path_prefix="")["paths"].values():
            for operation in path.values():
                if operation["operationId"] == operation_id:
                    return frozenset(
                        one["name"] for one in operation["parameters"] if one["in"] == "query"
                    )
        return frozenset()
