"""Which certificates there are."""

import msgspec


class Slot(msgspec.Struct, frozen=True):
    """A place for one certificate or key: the setting that names it, and its file's name."""

    section: str
    setting: str
    file_name: str


SAML_IDP = Slot("SamlSettings", "IdpCertificateFile", "saml-idp.crt")
SAML_PUBLIC = Slot("SamlSettings", "PublicCertificateFile", "saml-public.crt")
SAML_PRIVATE = Slot("SamlSettings", "PrivateKeyFile", "saml-private.key")
LDAP_PUBLIC = Slot("LdapSettings", "PublicCertificateFile", "ldap-public.crt")
LDAP_PRIVATE = Slot("LdapSettings", "PrivateKeyFile", "ldap-private.key")


class CertificateStatus(msgspec.Struct):
    """Which of the SAML certificates are there."""

    idp_certificate_file: bool
    private_key_file: bool
    public_certificate_file: bool
