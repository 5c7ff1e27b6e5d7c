"""The sample files in config/ stay true."""

import json
from pathlib import Path

from mmfast.platform.config.model import Config

SAMPLES = Path(__file__).resolve().parents[3] / "config"


def test_the_default_configuration_is_the_one_that_is_shown():
    assert json.loads((SAMPLES / "default.json").read_text()) == Config().to_dict()
