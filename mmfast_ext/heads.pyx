# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The twin of `mmfast.hot.heads`: one pass over the bytes of a head, and no object but those it gives."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.dict cimport PyDict_Contains, PyDict_SetItem
from cpython.unicode cimport PyUnicode_AsUTF8AndSize, PyUnicode_DecodeASCII
from libc.stdint cimport uint8_t
from libc.string cimport memchr, memcmp, memcpy

cdef tuple METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")

# What a byte may be: part of a target, part of a field's name, and as what a name's letter is kept.
cdef bint[256] IN_TARGET
cdef uint8_t[256] IN_NAME
cdef int _i
for _i in range(256):
    IN_TARGET[_i] = False
    IN_NAME[_i] = 0
for _i in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789":
    IN_TARGET[_i] = True
    IN_NAME[_i] = _i | 0x20 if 65 <= _i <= 90 else _i
for _i in b"._~!$&'()*+,;=:@/?-":
    IN_TARGET[_i] = True
for _i in b"!#$%&'*+.^_`|~-":
    IN_NAME[_i] = _i

cdef enum:
    LONGEST_NAME = 256
    MAX_DIGITS = 15


cdef inline bint _is_hex(uint8_t byte) noexcept:
    return (c"0" <= byte <= c"9") or (c"a" <= (byte | 0x20) <= c"f")


cdef inline bint _is(const char *name, Py_ssize_t size, const char *wanted, Py_ssize_t length) noexcept:
    return size == length and memcmp(name, wanted, length) == 0


cdef str _method(const char *data, Py_ssize_t size):
    cdef str method
    cdef const char *text
    cdef Py_ssize_t length
    for method in METHODS:
        text = PyUnicode_AsUTF8AndSize(method, &length)
        if length == size and memcmp(text, data, size) == 0:
            return method
    return None


cdef long long _number(const char *data, Py_ssize_t size) noexcept:
    """The value of digits, -1 if there is anything else."""
    cdef long long value = 0
    cdef Py_ssize_t i
    if size > MAX_DIGITS:
        return -1
    for i in range(size):
        if not c"0" <= data[i] <= c"9":
            return -1
        value = value * 10 + (data[i] - c"0")
    return value


def read_head(bytes data, Py_ssize_t limit):
    """See the twin."""
    cdef const uint8_t *d = <const uint8_t *>PyBytes_AS_STRING(data)
    cdef Py_ssize_t size = PyBytes_GET_SIZE(data)
    cdef Py_ssize_t at, begin, i, last
    cdef const uint8_t *found
    cdef char[LONGEST_NAME] name
    cdef long long length = 0
    cdef bint has_host = False
    cdef str method, target
    cdef bytes key, value
    cdef dict fields
    if size > limit:
        size = limit
    found = <const uint8_t *>memchr(d, c" ", min(size, 8))
    if found == NULL:
        return None
    at = found - d
    method = _method(<const char *>d, at)
    if method is None:
        return None
    at += 1
    begin = at
    if at == size or d[at] != c"/":
        return None
    while at < size:
        if IN_TARGET[d[at]]:
            at += 1
        elif d[at] == c"%" and at + 2 < size and _is_hex(d[at + 1]) and _is_hex(d[at + 2]):
            at += 3
        else:
            break
    if at + 11 > size or memcmp(d + at, " HTTP/1.1\r\n", 11) != 0:
        return None
    target = PyUnicode_DecodeASCII(<const char *>(d + begin), at - begin, NULL)
    at += 11
    fields = {}
    while True:
        if at + 2 > size:
            return None
        if d[at] == 13 and d[at + 1] == 10:
            break
        i = 0
        while at < size and i < LONGEST_NAME and IN_NAME[d[at]]:
            name[i] = <char>IN_NAME[d[at]]
            i += 1
            at += 1
        if i == 0 or at == size or d[at] != c":":
            return None
        at += 1
        while at < size and d[at] == c" ":
            at += 1
        begin = at
        last = at
        while at < size and 32 <= d[at] <= 126:
            at += 1
            if d[at - 1] != 32:
                last = at
        if at == begin or last != at or at + 2 > size or d[at] != 13 or d[at + 1] != 10:
            return None
        key = PyBytes_FromStringAndSize(name, i)
        value = PyBytes_FromStringAndSize(<const char *>(d + begin), at - begin)
        if PyDict_Contains(fields, key):
            return None
        if _is(name, i, "host", 4):
            has_host = True
        elif _is(name, i, "content-length", 14):
            length = _number(<const char *>(d + begin), at - begin)
            if length < 0:
                return None
        elif _is(name, i, "connection", 10):
            if not _is(<const char *>(d + begin), at - begin, "keep-alive", 10):
                return None
        elif _is(name, i, "transfer-encoding", 17) or _is(name, i, "upgrade", 7) or _is(name, i, "expect", 6):
            return None
        PyDict_SetItem(fields, key, value)
        at += 2
    if not has_host:
        return None
    return method, target, fields, length, at + 2


cdef Py_ssize_t _length(object text, bint field) except -1:
    cdef Py_ssize_t size
    cdef const char *data = PyUnicode_AsUTF8AndSize(text, &size)
    if field and (memchr(data, 10, size) != NULL or memchr(data, 13, size) != NULL):
        raise ValueError("a header field contains a line break")
    return size


cdef inline char *_put(char *to, object text) except NULL:
    cdef Py_ssize_t size
    cdef const char *data = PyUnicode_AsUTF8AndSize(text, &size)
    memcpy(to, data, size)
    return to + size


def write_head(str start, fields, str framing):
    """See the twin."""
    cdef str name, value
    cdef bytes out
    cdef char *to
    cdef Py_ssize_t size = _length(start, False) + _length(framing, False) + 2
    for name, value in fields:
        size += _length(name, True) + _length(value, True) + 4
    out = PyBytes_FromStringAndSize(NULL, size)
    to = _put(PyBytes_AS_STRING(out), start)
    for name, value in fields:
        to = _put(to, name)
        memcpy(to, ": ", 2)
        to = _put(to + 2, value)
        memcpy(to, "\r\n", 2)
        to += 2
    to = _put(to, framing)
    memcpy(to, "\r\n", 2)
    return out
