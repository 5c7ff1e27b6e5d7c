"""Every rule is a known one, the defaults break none, and a sample of wrong values breaks the right one."""

import pytest

from mmfast.platform.config.model import Config
from mmfast.platform.config.validation import RULES, find_violation, normalize

KEY = "k" * 32


def sound(**sections: dict) -> Config:
    config = Config.from_dict(sections)
    config.SqlSettings.AtRestEncryptKey = config.SqlSettings.AtRestEncryptKey or KEY
    config.FileSettings.PublicLinkSalt = config.FileSettings.PublicLinkSalt or KEY
    return config


def test_the_defaults_are_sound():
    assert find_violation(sound()) is None


def test_rules_have_ids_of_their_own():
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("section", "values", "rule"),
    [
        ("ServiceSettings", {"SiteURL": "nowhere"}, "site_url"),
        ("ServiceSettings", {"ListenAddress": "nope"}, "listen_address"),
        ("ServiceSettings", {"ListenAddress": ":70000"}, "listen_address"),
        ("ServiceSettings", {"ConnectionSecurity": "TLS"}, "tls_cert_file_missing"),
        ("SqlSettings", {"AtRestEncryptKey": "short"}, "encrypt_sql"),
        ("PasswordSettings", {"MinimumLength": 73}, "password_length"),
        ("SamlSettings", {"Enable": True}, "saml_idp_url"),
        ("CacheSettings", {"CacheType": "redis"}, "empty_redis_address"),
        ("DataRetentionSettings", {"FileRetentionHours": 3}, "data_retention.file_retention_misconfiguration"),
        (
            "ElasticsearchSettings",
            {"PostsAggregatorJobStartTime": "25:00"},
            "elastic_search.posts_aggregator_job_start_time",
        ),
        ("MetricsSettings", {"ClientSideUserIds": ["x"]}, "metrics_client_side_user_id"),
        ("ImageProxySettings", {"Enable": True, "ImageProxyType": "atmos/camo"}, "atmos_camo_image_proxy_url"),
    ],
)
def test_wrong_values_break_their_rule(section, values, rule):
    broken = find_violation(sound(**{section: values}))
    assert broken is not None
    assert broken.id == f"model.config.is_valid.{rule}.app_error"


def test_values_are_put_into_their_kept_form():
    config = sound(
        ServiceSettings={"SiteURL": "http://chat.example.com/"},
        LocalizationSettings={"DefaultServerLocale": "xx", "AvailableLocales": "en,xx"},
    )
    normalize(config)
    assert config.ServiceSettings.SiteURL == "http://chat.example.com"
    assert config.LocalizationSettings.DefaultServerLocale == "en"
    assert config.LocalizationSettings.AvailableLocales == ""
