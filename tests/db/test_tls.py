"""TLS to the database, as each `sslmode` of the connection string demands, and a session over TCP."""

from __future__ import annotations

import datetime
import ipaddress
import socket
from pathlib import Path

import pytest
import trio
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mmfast.db import Database, DatabaseUnavailable, embedded
from tests import postgres


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_certificate(folder: Path) -> None:
    """A key and a certificate for 127.0.0.1 that signs itself, where PostgreSQL looks for them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "database")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    for file_name, content in (("server.crt", certificate.public_bytes(pem)), ("server.key", private)):
        file = folder / file_name
        file.touch(mode=0o600)
        file.write_bytes(content)
        postgres.give_like(file, folder)


@pytest.fixture
async def server(monkeypatch):
    """Host, port and certificate file of a server that listens on TCP with TLS."""
    port = free_port()
    with postgres.open_folder() as folder:
        async with embedded.running(folder, fleeting=True):
            pass
        write_certificate(folder / "postgres/cluster")
        settings = {"listen_addresses": "127.0.0.1", "port": str(port), "ssl": "on"}
        for name, value in settings.items():
            monkeypatch.setitem(embedded._SETTINGS, name, value)
        monkeypatch.setattr(embedded, "_SOCKET_NAME", f".s.PGSQL.{port}")
        async with embedded.running(folder, fleeting=True):
            yield f"postgres://mmfast@127.0.0.1:{port}/mmfast", folder / "postgres/cluster/server.crt"


async def uses_tls(dsn: str) -> bool:
    async with Database.open(dsn) as db:
        return await db.fetchval("select ssl from pg_stat_ssl where pid = pg_backend_pid()")


async def test_each_mode_of_tls(server):
    dsn, certificate = server
    with trio.fail_after(30):
        assert not await uses_tls(f"{dsn}?sslmode=disable")
        assert await uses_tls(f"{dsn}?sslmode=prefer")
        assert await uses_tls(f"{dsn}?sslmode=require")
        assert await uses_tls(f"{dsn}?sslmode=verify-full&sslrootcert={certificate}")


async def test_a_certificate_that_nobody_vouches_for_is_refused(server, tmp_path):
    write_certificate(tmp_path)
    with trio.fail_after(30), pytest.raises(DatabaseUnavailable):
        await uses_tls(f"{server[0]}?sslmode=verify-ca&sslrootcert={tmp_path}/server.crt")


async def test_statements_over_tls(server):
    async with Database.open(f"{server[0]}?sslmode=require") as db:
        with trio.fail_after(30):
            text = "x" * 5_000_000
            assert await db.fetchval("select $1::text", text) == text
            with trio.move_on_after(0.2) as scope:
                await db.fetch("select pg_sleep(60)")
            assert scope.cancelled_caught
            assert await db.fetchval("select 1") == 1
            assert db.open_connections == 1
