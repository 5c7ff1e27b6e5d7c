"""TLS: a handshake, requests and WebSockets over it, a renewed certificate, and clients that speak no TLS."""

import datetime
import ssl

import pytest
import trio
import trio_websocket
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mmfast.net.tls import TlsCertificates, describe_encryption
from mmfast.wire.response import Response

from .conftest import ask, read_all
from .test_websocket import echo, upgrade_to


def write_certificate(folder, name: str) -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(cert_file), str(key_file)


def client_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def connect_tls(listener) -> trio.SSLStream:
    stream = await trio.open_ssl_over_tcp_stream(
        "127.0.0.1", listener.port, ssl_context=client_context(), https_compatible=True
    )
    await stream.do_handshake()
    return stream


def common_name(stream: trio.SSLStream) -> str:
    certificate = x509.load_der_x509_certificate(stream.getpeercert(binary_form=True))
    return certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value


async def test_requests_over_tls(serve, tmp_path):
    tls = TlsCertificates(*write_certificate(tmp_path, "first"))

    async def app(request):
        response = await big(request)
        response.headers.append(("X-TLS", str(request.is_tls)))
        return response

    async with serve(app, tls=tls) as listener, await connect_tls(listener) as stream:
        assert listener.address.startswith("https://")
        await stream.send_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = await read_all(stream)
    assert b"X-TLS: True" in answer
    assert len(answer.partition(b"\r\n\r\n")[2]) == 3_000_000


async def big(request):
    return Response(200, [], b"x" * 3_000_000)


async def test_a_renewed_certificate_is_served_to_new_connections(serve, tmp_path):
    files = write_certificate(tmp_path, "first")
    tls = TlsCertificates(*files)
    async with serve(tls=tls) as listener:
        async with await connect_tls(listener) as stream:
            assert common_name(stream) == "first"
        write_certificate(tmp_path, "second")
        tls.reload()
        async with await connect_tls(listener) as stream:
            assert common_name(stream) == "second"
        (tmp_path / "cert.pem").write_text("broken")
        with pytest.raises(ssl.SSLError):
            tls.reload()
        async with await connect_tls(listener) as stream:
            assert common_name(stream) == "second"


async def test_a_client_without_tls_is_turned_away(serve, tmp_path):
    tls = TlsCertificates(*write_certificate(tmp_path, "x"))
    async with serve(tls=tls) as listener:
        assert b"200" not in await ask(listener, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")


async def test_websockets_over_tls_have_no_descriptor(serve, tmp_path):
    tls = TlsCertificates(*write_certificate(tmp_path, "x"))
    seen = []

    async def handler(channel):
        seen.append(channel.fd)
        await echo(channel)

    async with (
        serve(upgrade_to(handler), tls=tls) as listener,
        trio_websocket.open_websocket("127.0.0.1", listener.port, "/", use_ssl=client_context()) as client,
    ):
        await client.send_message("over tls")
        assert await client.get_message() == "over tls"
    assert seen == [-1]


def test_the_log_tells_who_encrypts(tmp_path):
    available = tmp_path / "tcp_available_ulp"
    available.write_text("mptcp tls\n")
    assert "the kernel could, but is not asked to" in describe_encryption(available)
    available.write_text("mptcp\n")
    assert "the kernel has no TLS of its own" in describe_encryption(available)
    assert "the kernel has no TLS of its own" in describe_encryption(tmp_path / "absent")
