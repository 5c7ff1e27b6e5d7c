# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The twin of `mmfast.hot.jsonenc`: JSON put together from JSON, in one growing buffer."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from libc.stdint cimport uint8_t
from libc.stdlib cimport free, realloc
from libc.string cimport memcpy

cdef const char *HEX = "0123456789abcdef"

# What stands after the backslash for each byte; 0: the byte is written as it is; u: as four digits.
cdef uint8_t[256] ESCAPE
cdef int _i
for _i in range(256):
    ESCAPE[_i] = c"u" if _i < 0x20 else 0
ESCAPE[8] = c"b"
ESCAPE[9] = c"t"
ESCAPE[10] = c"n"
ESCAPE[12] = c"f"
ESCAPE[13] = c"r"
ESCAPE[34] = c'"'
ESCAPE[92] = c"\\"


cdef struct Buffer:
    char *data
    Py_ssize_t size
    Py_ssize_t room


cdef int _need(Buffer *out, Py_ssize_t more) except -1:
    cdef Py_ssize_t room
    cdef char *data
    if out.size + more <= out.room:
        return 0
    room = max(out.room * 2, out.size + more, 1024)
    data = <char *>realloc(out.data, room)
    if data == NULL:
        raise MemoryError
    out.data = data
    out.room = room
    return 0


cdef int _put(Buffer *out, const char *data, Py_ssize_t size) except -1:
    _need(out, size)
    memcpy(out.data + out.size, data, size)
    out.size += size
    return 0


cdef int _quote(Buffer *out, const char *data, Py_ssize_t size) except -1:
    cdef Py_ssize_t i = 0, run
    cdef char *to
    cdef uint8_t byte, escape
    _need(out, 6 * size + 2 if size < 4096 else 2 * size + 2)
    out.data[out.size] = c'"'
    out.size += 1
    while i < size:
        run = i
        while i < size and ESCAPE[<uint8_t>data[i]] == 0:
            i += 1
        if i > run:
            _put(out, data + run, i - run)
        if i == size:
            break
        byte = <uint8_t>data[i]
        escape = ESCAPE[byte]
        _need(out, 7)
        to = out.data + out.size
        to[0] = c"\\"
        to[1] = <char>escape
        if escape == c"u":
            to[2] = c"0"
            to[3] = c"0"
            to[4] = HEX[byte >> 4]
            to[5] = HEX[byte & 15]
            out.size += 6
        else:
            out.size += 2
        i += 1
    _need(out, 1)
    out.data[out.size] = c'"'
    out.size += 1
    return 0


def quote_json(bytes document):
    """See the twin."""
    cdef Buffer out = Buffer(NULL, 0, 0)
    try:
        _quote(&out, PyBytes_AS_STRING(document), PyBytes_GET_SIZE(document))
        return PyBytes_FromStringAndSize(out.data, out.size)
    finally:
        free(out.data)


def envelope(str name, data, bytes broadcast):
    """See the twin."""
    cdef Buffer out = Buffer(NULL, 0, 0)
    cdef Py_ssize_t size
    cdef const char *text
    cdef str key
    cdef bytes value
    cdef bint first = True
    try:
        _put(&out, '{"event":"', 10)
        text = PyUnicode_AsUTF8AndSize(name, &size)
        _put(&out, text, size)
        _put(&out, '","data":{', 10)
        for key, value, wrap in data:
            _put(&out, '"' if first else ',"', 1 if first else 2)
            first = False
            text = PyUnicode_AsUTF8AndSize(key, &size)
            _put(&out, text, size)
            _put(&out, '":', 2)
            if wrap:
                _quote(&out, PyBytes_AS_STRING(value), PyBytes_GET_SIZE(value))
            else:
                _put(&out, PyBytes_AS_STRING(value), PyBytes_GET_SIZE(value))
        _put(&out, '},"broadcast":', 14)
        _put(&out, PyBytes_AS_STRING(broadcast), PyBytes_GET_SIZE(broadcast))
        _put(&out, ',"seq":', 7)
        return PyBytes_FromStringAndSize(out.data, out.size)
    finally:
        free(out.data)
