"""The routes of reported posts."""

from typing import Final

from mmfast.api.guards import SIGNED_IN
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.messages.flagged_content.errors import UNAVAILABLE

_PATH: Final = "/content_flagging"
_POST: Final = _PATH + "/post/{post_id}"
_TEAM: Final = _PATH + "/team/{team_id}"

declare_unavailable(
    UNAVAILABLE,
    ("GetCFConfig", f"GET {_PATH}/config", SIGNED_IN),
    ("UpdateCFConfig", f"PUT {_PATH}/config", SIGNED_IN),
    ("GetCFFields", f"GET {_PATH}/fields", SIGNED_IN),
    ("GetCFFlagConfig", f"GET {_PATH}/flag/config", SIGNED_IN),
    ("GetCFPost", f"GET {_POST}", SIGNED_IN),
    ("GetCFPostFieldValues", f"GET {_POST}/field_values", SIGNED_IN),
    ("PostCFPostFlag", f"POST {_POST}/flag", SIGNED_IN),
    ("PostCFPostReviewer", f"POST {_POST}/assign/{{content_reviewer_id}}", SIGNED_IN),
    ("KeepCFPost", f"PUT {_POST}/keep", SIGNED_IN),
    ("RemoveCFPost", f"PUT {_POST}/remove", SIGNED_IN),
    ("SearchCFTeamReviewers", f"GET {_TEAM}/reviewers/search", SIGNED_IN),
    ("GetCFTeamStatus", f"GET {_TEAM}/status", SIGNED_IN),
)
