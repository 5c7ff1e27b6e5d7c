"""Certificates for sign-in: who sets them, and that the configuration follows."""

import pytest

FORM = {
    "data": (
        b'--limit\r\nContent-Disposition: form-data; name="certificate"; filename="c.pem"\r\n\r\n'
        b"-----BEGIN CERTIFICATE-----\r\n--limit--\r\n"
    ),
    "headers": {"content-type": "multipart/form-data; boundary=limit"},
}


@pytest.mark.parametrize("path", ["/saml/certificate/idp", "/saml/certificate/private", "/ldap/certificate/public"])
async def test_a_certificate_is_set_once_and_removed_once(nobody, admin, path):
    user = await admin.sign_up("user")
    assert (await nobody.post(path, **FORM)).status == 401
    assert (await user.post(path, **FORM)).status == 403
    assert (await admin.post(path, data=b"x", headers={"content-type": "text/plain"})).status == 400
    assert (await admin.delete(path)).status == 400
    assert (await admin.post(path, **FORM)).status == 200
    assert (await user.delete(path)).status == 403
    assert (await admin.delete(path)).status == 200


async def test_the_status_tells_which_are_there(admin):
    await admin.post("/saml/certificate/idp", data=b"pem", headers={"content-type": "application/x-pem-file"})
    status = (await admin.get("/saml/certificate/status")).json()
    assert status == {"idp_certificate_file": True, "private_key_file": False, "public_certificate_file": False}
