"""What a server without a licence answers. The first id is the reference's own, odd as it is."""

from mmfast.core.errors import ErrorKind

SAVE_NEEDS_LICENSE = ErrorKind("<untranslated>", 501, "Acknowledging posts needs a licence.")
