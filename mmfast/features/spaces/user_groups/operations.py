"""The routes of groups, all behind a guard that refuses."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.spaces.user_groups.guards import groups_available

_SYNCABLE: Final = "/groups/{group_id}/{syncable_type}/{syncable_id}"

_ROUTES: Final = {
    "GetGroups": "GET /groups",
    "CreateGroup": "POST /groups",
    "GetGroupsByNames": "POST /groups/names",
    "GetGroup": "GET /groups/{group_id}",
    "DeleteGroup": "DELETE /groups/{group_id}",
    "PatchGroup": "PUT /groups/{group_id}/patch",
    "RestoreGroup": "POST /groups/{group_id}/restore",
    "GetGroupStats": "GET /groups/{group_id}/stats",
    "GetGroupUsers": "GET /groups/{group_id}/members",
    "AddGroupMembers": "POST /groups/{group_id}/members",
    "DeleteGroupMembers": "DELETE /groups/{group_id}/members",
    "GetGroupSyncables": "GET /groups/{group_id}/{syncable_type}",
    "GetGroupSyncable": f"GET {_SYNCABLE}",
    "LinkGroupSyncable": f"POST {_SYNCABLE}/link",
    "UnlinkGroupSyncable": f"DELETE {_SYNCABLE}/link",
    "PatchGroupSyncable": f"PUT {_SYNCABLE}/patch",
    "GetGroupsByChannel": "GET /channels/{channel_id}/groups",
    "GetGroupsByTeam": "GET /teams/{team_id}/groups",
    "GetGroupsAssociatedToChannelsByTeam": "GET /teams/{team_id}/groups_by_channels",
    "GetGroupsByUserId": "GET /users/{user_id}/groups",
}


async def answer_nothing(ctx: Context) -> None:
    """Never reached: the guard refuses."""


for _name, _route in _ROUTES.items():
    operation(_name, _route, guard=groups_available)(answer_nothing)
