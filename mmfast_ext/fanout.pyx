# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The twin of `mmfast.hot.fanout`: one event to many sockets.

The GIL is released over the whole recipient list: the arrays are only touched by the thread that calls.
"""

from cpython cimport array
from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from libc.errno cimport EAGAIN, EINTR, errno
from libc.stdint cimport int64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy

import array as _array

from mmfast.hot.fanout import Lines  # noqa: F401  the rows are plain data and have one form

cdef extern from "<sys/socket.h>" nogil:
    ssize_t c_send "send"(int fd, const void *data, size_t size, int flags)
    int MSG_DONTWAIT
    int MSG_NOSIGNAL

cdef enum:
    F_DIRECT = 1
    F_BLOCKED = 2
    F_PARKED = 3
    RING_SIZE = 128
    ID_SIZE = 26
    HEAD = 10       # the longest header of a frame that is not masked
    TAIL = 24       # the longest number and the closing brace

cdef int _write_number(char *at, int64_t number) noexcept nogil:
    cdef char digits[24]
    cdef int size = 0, i
    if number == 0:
        at[0] = c"0"
        size = 1
    else:
        while number:
            digits[size] = c"0" + <char>(number % 10)
            number = number // 10
            size += 1
        for i in range(size):
            at[i] = digits[size - 1 - i]
    at[size] = c"}"
    return size + 1


cdef int _write_head(char *room, Py_ssize_t size) noexcept nogil:
    """Writes the header so that it ends where the body begins, HEAD bytes into the room; gives its length."""
    cdef int i
    if size < 126:
        room[8] = <char>0x81
        room[9] = <char>size
        return 2
    if size < 65536:
        room[6] = <char>0x81
        room[7] = 126
        room[8] = <char>(size >> 8)
        room[9] = <char>(size & 0xFF)
        return 4
    room[0] = <char>0x81
    room[1] = 127
    for i in range(8):
        room[9 - i] = <char>((size >> (8 * i)) & 0xFF)
    return 10


cdef Py_ssize_t _send(int fd, const char *data, Py_ssize_t size) noexcept nogil:
    cdef ssize_t sent
    while True:
        sent = c_send(fd, data, <size_t>size, MSG_DONTWAIT | MSG_NOSIGNAL)
        if sent >= 0:
            return sent
        if errno == EINTR:
            continue
        if errno == EAGAIN:
            return 0
        return -2


def deliver(lines, array.array receivers, bytes text, tuple marks, int64_t event):
    """See the twin."""
    cdef array.array fds = lines.fds
    cdef array.array numbers = lines.numbers
    cdef array.array rings = lines.rings
    cdef const char *flags = PyByteArray_AS_STRING(lines.flags)
    cdef const char *ids = PyByteArray_AS_STRING(lines.ids)
    cdef int *fd_of = fds.data.as_ints
    cdef int64_t *number_of = <int64_t *>numbers.data.as_longlongs
    cdef int *ring_of = rings.data.as_ints
    cdef int *receiver = receivers.data.as_ints
    cdef Py_ssize_t count = len(receivers), size = PyBytes_GET_SIZE(text), rows = len(fds)
    cdef Py_ssize_t i, sent, whole, lefts = 0
    cdef int line, head, tail, m, marked = len(marks)
    cdef int64_t number
    cdef char flag
    cdef Py_ssize_t mark_at[4]
    cdef char *room
    cdef char *body
    cdef Py_ssize_t *left = NULL
    if marked > 4:
        raise ValueError("too many marks")
    for m in range(marked):
        mark_at[m] = marks[m]
        if mark_at[m] < 0 or mark_at[m] + ID_SIZE > size:
            raise ValueError("a mark outside the text")
    for i in range(count):
        if receiver[i] < 0 or receiver[i] >= rows:
            raise IndexError("no such line")
    room = <char *>malloc(HEAD + size + TAIL)
    left = <Py_ssize_t *>malloc((2 * count + 1) * sizeof(Py_ssize_t))
    if room == NULL or left == NULL:
        free(room)
        free(left)
        raise MemoryError
    body = room + HEAD
    memcpy(body, PyBytes_AS_STRING(text), size)
    with nogil:
        for i in range(count):
            line = receiver[i]
            flag = flags[line]
            if flag == F_BLOCKED:
                left[2 * lefts] = line
                left[2 * lefts + 1] = -1
                lefts += 1
            if flag != F_DIRECT and flag != F_PARKED:
                continue
            number = number_of[line]
            number_of[line] = number + 1
            ring_of[line * RING_SIZE + number % RING_SIZE] = <int>event
            if flag == F_PARKED:
                continue
            for m in range(marked):
                memcpy(body + mark_at[m], ids + line * ID_SIZE, ID_SIZE)
            tail = _write_number(body + size, number)
            head = _write_head(room, size + tail)
            whole = head + size + tail
            sent = _send(fd_of[line], body - head, whole)
            if sent != whole:
                left[2 * lefts] = line
                left[2 * lefts + 1] = sent
                lefts += 1
    try:
        return [(left[2 * i], left[2 * i + 1]) for i in range(lefts)]
    finally:
        free(room)
        free(left)


def send_frame(int fd, bytes frame):
    """See the twin."""
    cdef const char *data = PyBytes_AS_STRING(frame)
    cdef Py_ssize_t size = PyBytes_GET_SIZE(frame), sent
    with nogil:
        sent = _send(fd, data, size)
    return sent


def without(array.array receivers, omitted):
    """See the twin."""
    cdef Py_ssize_t i, kept = 0, count = len(receivers)
    cdef int *source = receivers.data.as_ints
    cdef int one
    cdef array.array result = array.clone(receivers, count, zero=False)
    cdef int *target = result.data.as_ints
    gone = list(omitted)
    if len(gone) == 1:
        one = gone[0]
        for i in range(count):
            if source[i] != one:
                target[kept] = source[i]
                kept += 1
    else:
        many = frozenset(gone)
        for i in range(count):
            if source[i] not in many:
                target[kept] = source[i]
                kept += 1
    array.resize(result, kept)
    return result


def of_admins(lines, array.array receivers, bint wanted):
    """See the twin."""
    cdef const char *admins = PyByteArray_AS_STRING(lines.admins)
    cdef Py_ssize_t i, kept = 0, count = len(receivers), rows = len(lines.admins)
    cdef int *source = receivers.data.as_ints
    cdef array.array result = array.clone(receivers, count, zero=False)
    cdef int *target = result.data.as_ints
    for i in range(count):
        if source[i] < 0 or source[i] >= rows:
            raise IndexError("no such line")
        if admins[source[i]] == wanted:
            target[kept] = source[i]
            kept += 1
    array.resize(result, kept)
    return result


def in_view(lines, array.array receivers, int channel):
    """See the twin."""
    cdef array.array places = lines.places
    cdef int *place = places.data.as_ints
    cdef Py_ssize_t i, kept = 0, count = len(receivers)
    cdef int *source = receivers.data.as_ints
    cdef array.array result = array.clone(receivers, count, zero=False)
    cdef int *target = result.data.as_ints
    cdef int *three
    for i in range(count):
        three = place + 3 * source[i]
        if three[0] == -1 or three[1] == -1 or three[2] == -1 or (
            three[0] == channel or three[1] == channel or three[2] == channel
        ):
            target[kept] = source[i]
            kept += 1
    array.resize(result, kept)
    return result
