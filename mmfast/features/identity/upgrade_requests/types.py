"""A request for a feature."""

import msgspec

MAX_PLAN = 100
MAX_FEATURE = 255


class UpgradeRequest(msgspec.Struct):
    """Which feature is wanted, and the plan that has it; or a trial of it."""

    required_plan: str = ""
    required_feature: str = ""
    trial_notification: bool = False
