"""What administrators set up beside the configuration: brand image, first set-up, notices, tests of connections."""

import io

from PIL import Image

from mmfast.features.admin.connection_tests import service as connection_tests
from mmfast.platform.config.secrets import MASK
from mmfast.platform.mail import MailError
from mmfast.platform.outgoing import Answer, OutgoingError


def form(name: str, content: bytes) -> dict:
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="f"\r\n\r\n'.encode()
    return {"data": head + content + b"\r\n--b--\r\n", "headers": {"content-type": "multipart/form-data; boundary=b"}}


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "JPEG")
    return out.getvalue()


async def test_the_brand_image_is_kept_as_png_and_shown_to_everybody(app, admin, nobody):
    assert (await nobody.get("/brand/image")).status == 404
    assert (await admin.post("/brand/image", **form("image", picture()))).status == 201
    shown = await nobody.get("/brand/image")
    assert shown.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(shown.body)).size == (4, 4)
    assert (await admin.post("/brand/image", **form("image", b"<svg>"))).status == 400
    assert (await admin.post("/brand/image", **form("other", picture()))).status == 400
    assert (await admin.delete("/brand/image")).status == 200
    assert (await nobody.get("/brand/image")).status == 404
    assert (await admin.delete("/brand/image")).status == 404


async def test_a_picture_with_too_many_pixels_is_refused(app, admin):
    await app.config_store.patch({"FileSettings": {"MaxImageResolution": 15}})
    answer = await admin.post("/brand/image", **form("image", picture()))
    assert answer.error == "brand.save_brand_image.check_image_limits.app_error"


async def test_the_first_setup_is_noted(admin):
    path = "/system/onboarding/complete"
    assert (await admin.get(path)).json()["value"] == "false"
    assert (await admin.post(path, {})).status == 400
    assert (await admin.post(path, {"organization": "Acme"})).status == 200
    assert (await admin.get(path)).json() == {"name": "FirstAdminSetupComplete", "value": "true"}


async def test_the_visit_of_the_marketplace_is_noted(admin, nobody):
    path = "/plugins/marketplace/first_admin_visit"
    assert (await nobody.post(path)).status == 403
    assert (await admin.get(path)).json()["value"] == "false"
    assert (await admin.post(path)).status == 200
    assert (await admin.get(path)).json()["value"] == "true"


async def test_notices(app, admin):
    assert (await admin.get(f"/system/notices/{'z' * 26}?client=web")).json() == []
    assert (await admin.get(f"/system/notices/{'z' * 26}?client=toaster")).status == 400
    for _ in range(2):
        assert (await admin.put("/system/notices/view", ["one", "one", "x" * 27])).status == 200
    rows = await app.db.fetch("SELECT noticeid, viewed FROM productnoticeviewstate")
    assert [tuple(row) for row in rows] == [("one", 2)]


async def test_a_certificate_for_the_audit_log(app, admin):
    assert (await admin.post("/audit_logs/certificate", **form("certificate", b"PEM"))).status == 200
    name = app.config.ExperimentalAuditSettings.Certificate
    assert await app.files.read("certificates/" + name) == b"PEM"
    assert (await admin.delete("/audit_logs/certificate")).status == 200
    assert app.config.ExperimentalAuditSettings.Certificate == ""
    assert not await app.files.exists("certificates/" + name)


async def test_a_test_mail_goes_to_the_caller_by_the_settings_in_force(app, admin, monkeypatch):
    sent = []

    async def send(settings, mail):
        sent.append((settings, mail))

    monkeypatch.setattr(connection_tests, "send", send)
    await app.config_store.patch({"EmailSettings": {"SMTPServer": "mail.example.com"}})
    given = (await admin.get("/config")).json()
    assert (await admin.post("/email/test", given)).status == 200
    assert (await admin.post("/email/test")).status == 200
    assert [settings for settings, _ in sent] == [app.config.EmailSettings] * 2
    assert sent[0][1].to == "sysadmin@example.com"

    given["EmailSettings"] |= {"SMTPServer": "elsewhere", "SMTPPassword": MASK}
    assert (await admin.post("/email/test", given)).error == "api.admin.test_email.reenter_password"
    given["EmailSettings"]["SMTPServer"] = ""
    assert (await admin.post("/email/test", given)).error == "api.admin.test_email.missing_server"
    assert (await admin.post("/email/test", {"EmailSettings": {"SMTPServer": "x"}})).status == 400

    async def fail(settings, mail):
        raise MailError("no")

    monkeypatch.setattr(connection_tests, "send", fail)
    assert (await admin.post("/email/test")).error == "app.admin.test_email.failure"


async def test_the_site_s_address_is_asked(app, admin, monkeypatch):
    asked = []

    async def request(method, url, **options):
        asked.append(url)
        if "nowhere" in url:
            raise OutgoingError("no")
        return Answer(200 if "good" in url else 404, {}, b"", url)

    monkeypatch.setattr(app.outgoing, "request", request)
    assert (await admin.post("/site_url/test", {"site_url": "http://good/"})).status == 200
    assert asked == ["http://good/api/v4/system/ping"]
    for address in ("http://bad", "http://nowhere"):
        assert (await admin.post("/site_url/test", {"site_url": address})).status == 400
    assert (await admin.post("/site_url/test", {})).status == 400


async def test_the_file_store_s_settings_are_read(admin):
    settings = (await admin.get("/config")).json()["FileSettings"]
    assert (await admin.post("/file/s3_test", {"FileSettings": settings})).error == (
        "api.admin.test_s3.missing_s3_bucket"
    )
    assert (await admin.post("/file/s3_test", {"FileSettings": {"AmazonS3Bucket": "b"}})).error == (
        "api.file.test_connection_s3_settings_nil.app_error"
    )


async def test_time_zones(admin, nobody):
    zones = (await admin.get("/system/timezones")).json()
    assert {"Europe/Berlin", "UTC"} < set(zones)
    assert not {"localtime", "Factory"} & set(zones)
    assert (await nobody.get("/system/timezones")).status == 401
