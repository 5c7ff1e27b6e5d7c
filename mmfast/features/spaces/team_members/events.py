"""What clients hear of team memberships."""

from mmfast.realtime.event import Document, Event


class LeaveTeam(Event, name="leave_team"):
    team_id: str
    user_id: str


class MemberRoleUpdated(Event, name="memberrole_updated"):
    member: Document
