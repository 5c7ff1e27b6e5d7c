"""A request for a feature."""

import msgspec

MAX_PLAN = 100
MAX_FEATURE = 255


class UpgradeRequest(msgspec.Struct):
    """Which feature is wanted, and the plan that has it; or a trial of it."""

    required_plan: str = ""
    required_feature: str = ""
    trial_notification: bool = False


class StoredRequest(msgspec.Struct):
    """A request that the administrators have not heard of."""

    user_id: str
    create_at: int
    required_plan: str
    required_feature: str
    trial: bool


class RequestsDue(msgspec.Struct):
    """News: the administrators are to hear of these requests. Who tells them sets `told`."""

    requests: list[StoredRequest]
    told: bool = False
