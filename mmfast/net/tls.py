"""The server's TLS context, whose certificate can be renewed without a restart. ACME is not here."""

import ssl
from pathlib import Path

PROTOCOLS_ON_TCP = Path("/proc/sys/net/ipv4/tcp_available_ulp")
"""Where Linux names what can be put on top of TCP in the kernel."""


def describe_encryption(available: Path = PROTOCOLS_ON_TCP) -> str:
    """Who encrypts, for the log: always this process; and whether the kernel could."""
    try:
        kernel_can = "tls" in available.read_text().split()
    except OSError:  # an older kernel, or none of Linux
        kernel_can = False
    kernel = "could, but is not asked to" if kernel_can else "has no TLS of its own"
    return f"TLS is encrypted by {ssl.OPENSSL_VERSION} in this process; the kernel {kernel}"


class TlsCertificates:
    """A certificate and its key on disk; `context` serves the ones read last."""

    def __init__(self, cert_file: str | Path, key_file: str | Path, *, min_version: str = "1.2") -> None:
        """Raises OSError or ssl.SSLError if they cannot be read or do not belong together."""
        self._files = (cert_file, key_file)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3 if min_version == "1.3" else ssl.TLSVersion.TLSv1_2
        self.context.set_alpn_protocols(["http/1.1"])
        self.reload()

    def reload(self) -> None:
        """Reads the files again; connections made from now on see the new certificate. Keeps the old on an error."""
        trial = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trial.load_cert_chain(*self._files)  # a broken pair must not spoil the live context
        self.context.load_cert_chain(*self._files)
