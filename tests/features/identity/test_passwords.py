"""Hashing, comparing and judging passwords."""

import bcrypt
import pytest

from mmfast.core.errors import AppError
from mmfast.features.identity.passwords import service as passwords
from mmfast.platform.config.people_sections import PasswordSettings


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr(passwords, "ROUNDS", 1000)


def test_a_hash_has_the_reference_s_form_and_a_salt_of_its_own():
    first, second = passwords.hash_password("Passwd-1"), passwords.hash_password("Passwd-1")
    assert first.startswith("$pbkdf2$f=SHA256,w=1000,l=32$")
    assert first != second


def test_only_the_password_itself_matches():
    stored = passwords.hash_password("Passwd-1")
    assert passwords.verify_password("Passwd-1", stored)
    assert not passwords.verify_password("passwd-1", stored)
    assert not passwords.verify_password("", stored)


@pytest.mark.parametrize(
    "stored", ["", "x", "$pbkdf2$", "$pbkdf2$f=MD5,w=1,l=32$YQ$YQ", "$2a$broken", "$pbkdf2$f=SHA256,w=9,l=1$*$*"]
)
def test_a_broken_hash_matches_nothing(stored):
    assert not passwords.verify_password("Passwd-1", stored)


def test_bcrypt_is_read_and_wants_renewal():
    stored = bcrypt.hashpw(b"Passwd-1", bcrypt.gensalt(4)).decode()
    assert passwords.verify_password("Passwd-1", stored)
    assert passwords.needs_rehash(stored)
    assert not passwords.needs_rehash(passwords.hash_password("Passwd-1"))


def test_weaker_rounds_want_renewal(monkeypatch):
    stored = passwords.hash_password("Passwd-1")
    monkeypatch.setattr(passwords, "ROUNDS", 2000)
    assert passwords.verify_password("Passwd-1", stored)
    assert passwords.needs_rehash(stored)


@pytest.mark.parametrize(
    ("settings", "password", "error"),
    [
        ({}, "short", "model.user.is_valid.pwd_min_length.app_error"),
        ({}, "p" * 73, "model.user.is_valid.pwd_max_length.app_error"),
        ({}, "ü" * 37, "model.user.is_valid.pwd_max_length.app_error"),
        ({"Number": True}, "password", "model.user.is_valid.pwd_number.app_error"),
        ({"Lowercase": True, "Symbol": True}, "PASSWORD!", "model.user.is_valid.pwd_lowercase.app_error"),
        (
            {"Lowercase": True, "Uppercase": True, "Number": True, "Symbol": True},
            "········",
            "model.user.is_valid.pwd_lowercase_uppercase_number_symbol.app_error",
        ),
    ],
)
def test_the_policy_tells_what_is_missing(settings, password, error):
    with pytest.raises(AppError) as refused:
        passwords.require_strength(PasswordSettings(**settings), password)
    assert refused.value.id == error


def test_the_policy_lets_good_passwords_pass():
    passwords.require_strength(PasswordSettings(Lowercase=True, Uppercase=True, Number=True, Symbol=True), "Passwd-1")
