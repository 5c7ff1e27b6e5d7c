"""What a role is."""

import msgspec


class Role(msgspec.Struct):
    """A named set of permissions, as the API shows it."""

    id: str
    name: str
    display_name: str
    description: str
    create_at: int
    update_at: int
    delete_at: int
    permissions: list[str]
    scheme_managed: bool
    built_in: bool
    scheme_id: str | None


class RolePatch(msgspec.Struct):
    """What may be changed in a role; absent changes nothing."""

    permissions: list[str] | None = None


class RolesLoaded(msgspec.Struct):
    """News: these roles have just been read; whoever knows that others limit them may change their permissions."""

    roles: list[Role]
