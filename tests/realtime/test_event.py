"""Events as types: what a field becomes, what a wrong class is told."""

import msgspec
import pytest

from mmfast.realtime.event import CATALOGUE, UNSET, Document, Event, UnsetType, data_fields


class Sample(Event, name="test_sample", droppable=True):
    user_id: str
    post: Document
    extra: str | UnsetType = UNSET
    more: Document | UnsetType = UNSET


class Person(msgspec.Struct):
    name: str


def test_class_is_catalogued():
    assert CATALOGUE["test_sample"] is Sample
    assert Sample.droppable
    assert not Sample.in_view


def test_names_are_unique():
    with pytest.raises(TypeError, match="test_sample"):

        class Again(Event, name="test_sample"):
            pass


def test_undeclared_field_is_refused():
    with pytest.raises(TypeError):
        Sample(user_id="u", post={}, other=1)


def test_fields_in_order_and_unset_left_out():
    event = Sample(user_id="u", post=Person("Åsa"), more=b'{"a":1}')
    assert data_fields(event) == [
        ("user_id", b'"u"', False),
        ("post", '{"name":"Åsa"}'.encode(), True),
        ("more", b'{"a":1}', True),
    ]


def test_broadcast_shows_only_what_clients_know():
    said = Sample(user_id="u", post={}).to(channel_id="c", omit_users=["u"]).only_for({"x"}).sanitized()
    assert said.broadcast() == {
        "omit_users": {"u": True},
        "user_id": "",
        "channel_id": "c",
        "team_id": "",
        "connection_id": "",
        "omit_connection_id": "",
        "contains_sanitized_data": True,
    }
