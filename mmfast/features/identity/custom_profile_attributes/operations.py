"""The routes of custom profile attributes, all behind guards that refuse."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.identity.custom_profile_attributes.guards import attributes_available, may_define_attributes

_USING: Final = {
    "ListAllCPAFields": "GET /custom_profile_attributes/fields",
    "PatchCPAValues": "PATCH /custom_profile_attributes/values",
    "GetCPAGroup": "GET /custom_profile_attributes/group",
    "ListCPAValues": "GET /users/{user_id}/custom_profile_attributes",
    "PatchCPAValuesForUser": "PATCH /users/{user_id}/custom_profile_attributes",
}
_DEFINING: Final = {
    "CreateCPAField": "POST /custom_profile_attributes/fields",
    "PatchCPAField": "PATCH /custom_profile_attributes/fields/{field_id}",
    "DeleteCPAField": "DELETE /custom_profile_attributes/fields/{field_id}",
}


async def answer_nothing(ctx: Context) -> None:
    """Never reached: the guards refuse."""


for _name, _route in _USING.items():
    operation(_name, _route, guard=attributes_available)(answer_nothing)
for _name, _route in _DEFINING.items():
    operation(_name, _route, guard=may_define_attributes)(answer_nothing)
