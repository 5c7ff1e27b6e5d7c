# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The twin of `mmfast.hot.permissions`: sets of permissions as bits."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.dict cimport PyDict_GetItem
from cpython.ref cimport PyObject
from libc.stdint cimport uint8_t, uint64_t
from libc.string cimport memcpy, memset

cdef enum:
    WORD_COUNT = 5
    BYTES = 40

WORDS = WORD_COUNT
SIZE = BYTES


def make_mask(bits):
    """See the twin."""
    cdef uint8_t mask[BYTES]
    cdef long bit
    memset(mask, 0, BYTES)
    for bit in bits:
        if not 0 <= bit < BYTES * 8:
            raise ValueError(f"there is no permission number {bit}")
        mask[bit >> 3] |= 1 << (bit & 7)
    return PyBytes_FromStringAndSize(<char *>mask, BYTES)


cdef const char *_mask_of(str name, dict roles) except? NULL:
    cdef PyObject *found = PyDict_GetItem(roles, name)
    if found == NULL:
        return NULL
    if PyBytes_GET_SIZE(<bytes?><object>found) != BYTES:
        raise ValueError("a mask has 40 bytes")
    return PyBytes_AS_STRING(<object>found)


def resolve_mask(str names, dict roles):
    """See the twin."""
    cdef uint64_t words[WORD_COUNT]
    cdef uint64_t word
    cdef const char *mask
    cdef int i
    memset(words, 0, BYTES)
    for name in names.split():
        mask = _mask_of(name, roles)
        if mask == NULL:
            continue
        for i in range(WORD_COUNT):
            memcpy(&word, mask + 8 * i, 8)
            words[i] |= word
    return PyBytes_FromStringAndSize(<char *>words, BYTES)


cdef bint _allows(str names, dict roles, int bit) except -1:
    cdef const char *mask
    cdef int byte = bit >> 3, shift = bit & 7
    # Most people have one role, whose name needs no splitting.
    mask = _mask_of(names, roles)
    if mask != NULL:
        return (<uint8_t>mask[byte] >> shift) & 1
    for name in names.split():
        mask = _mask_of(name, roles)
        if mask != NULL and (<uint8_t>mask[byte] >> shift) & 1:
            return True
    return False


cdef int _check(int bit) except -1:
    if not 0 <= bit < BYTES * 8:
        raise IndexError("there is no such permission")
    return 0


def any_allows(str names, dict roles, int bit):
    """See the twin."""
    _check(bit)
    return bool(_allows(names, roles, bit))


def holders(members, dict roles, int bit):
    """See the twin. Members share few combinations of roles: each is worked out once."""
    cdef Py_ssize_t at = 0
    cdef dict known = {}
    cdef list result = []
    cdef str names
    cdef PyObject *answer
    _check(bit)
    for names in members:
        answer = PyDict_GetItem(known, names)
        if answer == NULL:
            known[names] = bool(_allows(names, roles, bit))
            answer = PyDict_GetItem(known, names)
        if <object>answer is True:
            result.append(at)
        at += 1
    return result
