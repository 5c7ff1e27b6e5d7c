"""The hub's side of the bus: what its messages mean.

A message is a parcel or a signal. Of themselves workers tell only which users have a client connected to them, so that
a user counts as connected wherever that is.
"""

import logging

import msgspec

from mmfast.platform.bus import Bus
from mmfast.realtime.hub import Hub
from mmfast.realtime.parcel import Parcel
from mmfast.realtime.signals import AnySignal, Signal, UserConnected, UserDisconnected

log = logging.getLogger(__name__)

_PARCEL, _SIGNAL = b"P", b"S"
_encode = msgspec.msgpack.Encoder().encode
_parcel = msgspec.msgpack.Decoder(Parcel).decode
_signal = msgspec.msgpack.Decoder(AnySignal).decode


def encode_item(item: Parcel | Signal) -> bytes:
    """An item as a message."""
    return (_PARCEL if isinstance(item, Parcel) else _SIGNAL) + _encode(item)


def decode_item(message: bytes) -> Parcel | Signal:
    """The item of a message."""
    view = memoryview(message)[1:]
    return _parcel(view) if message[:1] == _PARCEL else _signal(view)


class Exchange:
    """Joins a hub to a bus: a `BusListener`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def attach(self, bus: Bus) -> None:
        """From now on the hub's news go out over the bus."""
        self._hub.worker = bus.worker
        self._hub.send_to_others = lambda item: bus.send(encode_item(item))

    def greeting(self) -> list[bytes]:
        return [encode_item(UserConnected(user_id)) for user_id in self._hub.connected_users()]

    def heard(self, sender: int, message: bytes) -> None:
        try:
            item = decode_item(message)
        except msgspec.DecodeError:
            log.exception("worker %d speaks differently: is it of another version?", sender)
            self._hub.start_anew()
            return
        if isinstance(item, UserConnected):
            self._hub.elsewhere.setdefault(sender, set()).add(item.user_id)
        elif isinstance(item, UserDisconnected):
            self._hub.elsewhere.get(sender, set()).discard(item.user_id)
        else:
            self._hub.receive(item)

    def lost(self, sender: int) -> None:
        self._hub.elsewhere.pop(sender, None)

    def missed(self) -> None:
        log.error("news of another worker were lost: all clients start anew")
        self._hub.start_anew()
