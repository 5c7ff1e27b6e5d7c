"""What a request may rely on."""

from pathlib import Path

from mmfast.platform.config.store import ConfigStore


async def test_a_request_sees_the_configuration_that_another_worker_has_set(app, nobody, tmp_path: Path):
    other = await ConfigStore.open(None, tmp_path)
    await other.patch({"TeamSettings": {"SiteName": "By another"}})
    app.config_store.expect_change()
    assert (await nobody.get("/config/client?format=old")).json()["SiteName"] == "By another"
