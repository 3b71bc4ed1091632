"""How servers are reached: past a proxy or through one, and never without a certificate that can be trusted."""

import datetime
import http.server
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import Endpoint
from blueprint_app.assistant.endpoints.errors import Trouble
from tests.assistant.endpoints.questions import question, trouble
from tests.fakes.model_server import ModelServer

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


class Proxy(http.server.BaseHTTPRequestHandler):
    """A proxy that lets nothing through and keeps what it was asked for."""

    asked: list[str]

    def do_POST(self) -> None:
        self.asked.append(self.path)
        self.send_response(407)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The addresses that the proxy was asked for; it is set in the environment."""
    asked: list[str] = []
    handler = type("Handler", (Proxy,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        for name in PROXIES:
            monkeypatch.setenv(name, f"http://127.0.0.1:{server.server_address[1]}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        yield asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_server_on_this_machine_is_reached_past_the_proxy(
    model_server: ModelServer, model_client: ModelClient, proxy: list[str], host: str
) -> None:
    endpoint = Endpoint("Local", model_server.url.replace("127.0.0.1", host), retries=0)
    assert model_client.complete(question(endpoint)).text == "Hello."
    assert model_client.models(endpoint) == ("alpha", "beta")
    assert proxy == []


def test_a_dead_proxy_is_no_matter_for_it(
    model_server: ModelServer, model_client: ModelClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PROXIES:
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert model_client.complete(question(model_server.endpoint())).text == "Hello."


def test_other_servers_are_reached_through_the_proxy(model_client: ModelClient, proxy: list[str]) -> None:
    error = trouble(model_client, Endpoint("Far", "http://models.invalid/v1", retries=0))
    assert proxy == ["http://models.invalid/v1/chat/completions"]
    assert error.trouble is Trouble.LOGIN_PAGE
    assert "proxy" in error.what_happened


def test_a_proxy_that_is_not_there_is_named(model_client: ModelClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for url in ("http://models.invalid/v1", "https://models.invalid/v1"):
        error = trouble(model_client, Endpoint("Far", url, retries=0))
        assert error.trouble is Trouble.NOT_RUNNING
        assert "HTTPS_PROXY" in error.what_to_do


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[str]:
    """The address of a server whose certificate nobody has signed."""
    pytest.importorskip("cryptography")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))
    handler = type("Handler", (Proxy,), {"asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"https://127.0.0.1:{server.server_address[1]}/v1"
        server.shutdown()
        thread.join()
    assert handler.asked == [], "nothing was sent"


def test_a_certificate_that_nobody_signed(model_client: ModelClient, encrypted: str) -> None:
    error = trouble(model_client, Endpoint("Institute", encrypted, retries=0))
    assert error.trouble is Trouble.OTHER
    assert "certificate that this machine does not trust" in error.what_happened
    assert "SSL_CERT_FILE" in error.what_to_do


def _certificate(folder: Path) -> Path:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    pem = serialization.Encoding.PEM
    path = folder / "server.pem"
    path.write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()) + certificate.public_bytes(pem))
    return path
