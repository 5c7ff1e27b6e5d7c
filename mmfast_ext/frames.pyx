# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The twin of `mmfast.hot.frames`: the bytes of a WebSocket frame."""

from cpython.bytearray cimport PyByteArray_AS_STRING, PyByteArray_Check, PyByteArray_GET_SIZE
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.string cimport memcpy

NO_MASK = -1


cdef const uint8_t *_bytes(object buffer, Py_ssize_t *size) except NULL:
    if PyByteArray_Check(buffer):
        size[0] = PyByteArray_GET_SIZE(buffer)
        return <const uint8_t *>PyByteArray_AS_STRING(buffer)
    size[0] = PyBytes_GET_SIZE(<bytes?>buffer)
    return <const uint8_t *>PyBytes_AS_STRING(buffer)


def parse_header(buffer, Py_ssize_t start):
    """See the twin."""
    cdef Py_ssize_t total
    cdef const uint8_t *data = _bytes(buffer, &total)
    cdef Py_ssize_t have = total - start, at = start + 2
    cdef uint64_t size
    cdef int i
    cdef int64_t key = 0
    if have < 2 or start < 0:
        return None
    size = data[start + 1] & 0x7F
    if size == 126:
        if have < 4:
            return None
        size = (<uint64_t>data[at] << 8) | data[at + 1]
        at += 2
        if size < 126:
            raise ValueError("a frame's length is not in its shortest form")
    elif size == 127:
        if have < 10:
            return None
        size = 0
        for i in range(8):
            size = (size << 8) | data[at + i]
        at += 8
        if size < 65536 or size >> 63:
            raise ValueError("a frame's length is not in its shortest form")
    if not data[start + 1] & 0x80:
        return data[start], size, at, -1
    if total < at + 4:
        return None
    for i in range(4):
        key = (key << 8) | data[at + i]
    return data[start], size, at + 4, key


def unmask(buffer, Py_ssize_t start, Py_ssize_t end, int64_t key):
    """See the twin."""
    cdef Py_ssize_t total
    cdef const uint8_t *data = _bytes(buffer, &total)
    cdef Py_ssize_t size, i
    cdef uint8_t pattern[8]
    cdef uint64_t wide, word
    cdef uint8_t *target
    start = min(max(start, 0), total)
    end = min(max(end, start), total)
    size = end - start
    if key == -1 or size == 0:
        return PyBytes_FromStringAndSize(<const char *>data + start, size)
    # Made empty and then filled: bytes objects of length one that are made from data are shared.
    result = PyBytes_FromStringAndSize(NULL, size)
    target = <uint8_t *>PyBytes_AS_STRING(result)
    memcpy(target, data + start, size)
    for i in range(8):
        pattern[i] = <uint8_t>((key >> (8 * (3 - (i & 3)))) & 0xFF)
    memcpy(&wide, pattern, 8)
    i = 0
    while i + 8 <= size:
        memcpy(&word, target + i, 8)
        word ^= wide
        memcpy(target + i, &word, 8)
        i += 8
    while i < size:
        target[i] ^= pattern[i & 7]
        i += 1
    return result


def build_frame(int first, bytes payload):
    """See the twin."""
    cdef Py_ssize_t size = PyBytes_GET_SIZE(payload)
    cdef int head = 2 if size < 126 else 4 if size < 65536 else 10
    cdef int i
    cdef bytes result = PyBytes_FromStringAndSize(NULL, head + size)
    cdef uint8_t *target = <uint8_t *>PyBytes_AS_STRING(result)
    target[0] = <uint8_t>first
    if head == 2:
        target[1] = <uint8_t>size
    elif head == 4:
        target[1] = 126
        target[2] = <uint8_t>(size >> 8)
        target[3] = <uint8_t>(size & 0xFF)
    else:
        target[1] = 127
        for i in range(8):
            target[9 - i] = <uint8_t>((size >> (8 * i)) & 0xFF)
    memcpy(target + head, PyBytes_AS_STRING(payload), size)
    return result
