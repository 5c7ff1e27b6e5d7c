"""The errors of pressing buttons and choosing from menus."""

from mmfast.core.errors import ErrorKind

NO_ACTION = ErrorKind("api.post.do_action.action_id.app_error", 404, "The message has no such button or menu.")
