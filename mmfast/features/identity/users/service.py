"""Makes, finds and changes accounts, and decides what is shown of them.

Every other feature reads users through `get_user`, `find_user` and `get_users`, which answer from the worker's cache.
Whoever writes a user's row by another way calls `forget_user`, and `announce_updated` if others are to see the change.
"""

import re
from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.core import languages
from mmfast.core.clock import now_ms
from mmfast.core.hooks import Hook
from mmfast.core.ids import new_id
from mmfast.features.identity.passwords import service as passwords
from mmfast.features.identity.roles.service import may
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.identity.users import errors, store
from mmfast.features.identity.users.events import NewUser, UserRoleUpdated, UserUpdated
from mmfast.features.identity.users.types import (
    DEFAULT_NOTIFY_PROPS,
    DEFAULT_TIMEZONE,
    OTHERS_VIEWS,
    SYSTEM_ADMIN,
    SYSTEM_GUEST,
    SYSTEM_USER,
    EmailChange,
    Invitation,
    Profile,
    Secret,
    SignupRequested,
    User,
    UserChange,
    UserCreated,
    UserDraft,
    UserPatch,
    View,
)
from mmfast.platform.cache import CacheKind
from mmfast.realtime.signals import UserChanged

USERS: Final[CacheKind[str, User]] = CacheKind("users", size=50_000)

SIGNUP_REQUESTED: Final[Hook[SignupRequested]] = Hook("signup_requested")
"""Run before an invited stranger's account is made: whoever knows the invitation honours or refuses it."""
USER_CREATED: Final[Hook[UserCreated]] = Hook("user_created")
"""Run after an account is made, in the same transaction."""
EMAIL_CHANGING: Final[Hook[EmailChange]] = Hook("email_changing")
"""Run before an account gets another address, in the same transaction: it can wait until the new one is verified."""
USER_CHANGED: Final[Hook[UserChange]] = Hook("user_changed")
"""Run after an account's own fields were changed, in the same transaction."""

RESERVED_USERNAMES: Final = frozenset({"all", "channel", "matterbot", "system"})
"""Words that mean many people in a mention, and the names under which the server itself speaks."""

_USERNAME: Final = re.compile(r"[a-z0-9._-]{1,64}")
_EMAIL: Final = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[^\s@<>()\[\]\\,;:\"]+")
_MAX_EMAIL: Final = 128
_MAX_NAME: Final = 64
_MAX_POSITION: Final = 128
_MAX_ROLES: Final = 256
_MAX_AUTH_DATA: Final = 128


# Finding -------------------------------------------------------------------------


async def find_user(ctx: Context, user_id: str) -> User | None:
    """The user of an id, switched off or not."""
    found = ctx.caches.find(USERS, user_id)
    if found is not None:
        return found
    return await ctx.cached(USERS, user_id, lambda: store.find_user(ctx.db, user_id))  # type: ignore[arg-type]  # None is not kept


async def get_user(ctx: Context, user_id: str) -> User:
    """The user of an id, switched off or not."""
    user = await find_user(ctx, user_id)
    if user is None:
        raise errors.NO_SUCH_USER()
    return user


async def get_users(ctx: Context, user_ids: list[str]) -> list[User]:
    """The users of these ids, each once, in the order given; unknown ids are left out."""
    if (kept := ctx.caches.find_all(USERS, user_ids)) is not None:
        return kept

    async def load(missing: list[str]) -> dict[str, User]:
        return {user.id: user for user in await store.list_users_by_ids(ctx.db, missing)}

    return list((await ctx.cached_many(USERS, user_ids, load)).values())


async def find_user_by_username(ctx: Context, username: str) -> User | None:
    """The user of exactly this username."""
    return await store.find_user_by_username(ctx.db, username)


async def find_user_by_email(ctx: Context, email: str) -> User | None:
    """The user of this address, in capitals or not."""
    return await store.find_user_by_email(ctx.db, email.lower())


async def find_user_by_login(ctx: Context, login: str) -> User | None:
    """Whom a login name means, by the ways of signing in that are switched on; a username wins over an address."""
    settings = ctx.config.EmailSettings
    by_username, by_email = settings.EnableSignInWithUsername, settings.EnableSignInWithEmail
    login = login.lower()
    found = await store.find_users_by_login(ctx.db, login, by_username, by_email)
    return next((u for u in found if u.username == login), found[0] if found else None)


def forget_user(ctx: Context, user_id: str) -> None:
    """Makes every worker read the user's row again; call it after writing one."""
    ctx.invalidate(USERS, user_id)


# Showing -------------------------------------------------------------------------


def others_view(ctx: Context) -> View:
    """What ordinary users see of others, as the privacy settings have it."""
    settings = ctx.config.PrivacySettings
    return OTHERS_VIEWS[settings.ShowEmailAddress, settings.ShowFullName]


async def list_view(ctx: Context) -> View:
    """What the caller sees of users in lists: there, oneself is one of the others."""
    return View.ADMIN if await may(ctx, "manage_system") else others_view(ctx)


async def view_of(ctx: Context, user_id: str) -> View:
    """What the caller sees of one user."""
    return View.SELF if user_id == ctx.user_id else await list_view(ctx)


def profile(user: User, view: View) -> Profile:
    """The user as this view shows it. Secrets are in none."""
    own, full = bool(view & View.SELF), bool(view & (View.SELF | View.ADMIN))
    named, reachable = full or bool(view & View.WITH_NAME), full or bool(view & View.WITH_EMAIL)
    unset = msgspec.UNSET
    return Profile(
        id=user.id,
        create_at=user.create_at,
        update_at=user.update_at,
        delete_at=user.delete_at,
        username=user.username,
        auth_data=(user.auth_data or unset) if full else "",
        auth_service=user.auth_service if full else "",
        email=user.email if reachable else "",
        email_verified=own and user.email_verified,
        nickname=user.nickname,
        first_name=user.first_name if named else "",
        last_name=user.last_name if named else "",
        position=user.position,
        roles=user.roles,
        allow_marketing=own and user.allow_marketing,
        props=user.props,
        notify_props=user.notify_props if full else {},
        last_password_update=user.last_password_update if own else 0,
        last_picture_update=user.last_picture_update,
        failed_attempts=user.failed_attempts if full else 0,
        locale=user.locale,
        mfa_active=full and user.mfa_active,
        timezone=user.timezone,
        remote_id=unset if user.remote_id is None else user.remote_id,
        is_bot=user.is_bot,
        bot_description=user.bot_description,
        bot_last_icon_update=user.bot_last_icon_update,
        terms_of_service_id=user.terms_of_service_id if own else "",
        terms_of_service_create_at=user.terms_of_service_create_at if own else 0,
        disable_welcome_email=False,
    )


def profile_json(user: User, view: View) -> msgspec.Raw:
    """The profile as JSON. It is kept on the cached user: most reads are of users that did not change."""
    raw = user.encoded.get(view)
    if raw is None:
        raw = user.encoded[view] = msgspec.Raw(msgspec.json.encode(profile(user, view)))
    return raw


async def public_profiles(ctx: Context, users: list[User]) -> list[msgspec.Raw]:
    """These users as the caller sees them in a list."""
    view = await list_view(ctx)
    # `profile_json` for those not yet encoded only: the call itself would cost more than all else of a long list
    return [user.encoded.get(view) or profile_json(user, view) for user in users]


def etag(ctx: Context, user: User, view: View) -> str:
    """Changes when the user or the view of it does. Failed attempts and terms change without `update_at`."""
    return (
        f"{ctx.app.version_id}.{user.id}.{user.update_at}.{view}.{user.failed_attempts}."
        f"{user.terms_of_service_id}.{user.bot_last_icon_update}"
    )


def announce_updated(ctx: Context, user: User) -> None:
    """Tells everybody how the user looks now: the user, administrators, and all others, each as they may see it."""
    others = {user.id}
    ctx.announce(UserUpdated(user=profile_json(user, View.ADMIN)).to(omit_users=others).sensitive())
    shown = profile_json(user, others_view(ctx))
    ctx.announce(UserUpdated(user=shown).to(omit_users=others).sanitized().about(user.id))
    if user.delete_at == 0:
        ctx.announce(UserUpdated(user=profile_json(user, View.SELF)).to(user_id=user.id))


# Making -------------------------------------------------------------------------


def require_valid(user: User) -> None:
    """Refuses an account whose fields are malformed."""
    if not is_username(user.username):
        raise errors.BAD_USERNAME(name=user.username)
    if not is_email(user.email):
        raise errors.BAD_EMAIL()
    checks = (
        (len(user.nickname) <= _MAX_NAME, errors.BAD_NICKNAME),
        (len(user.position) <= _MAX_POSITION, errors.BAD_POSITION),
        (len(user.first_name) <= _MAX_NAME, errors.BAD_FIRST_NAME),
        (len(user.last_name) <= _MAX_NAME, errors.BAD_LAST_NAME),
        (len(user.auth_data or "") <= _MAX_AUTH_DATA, errors.AUTH_DATA_TOO_LONG),
        (not user.auth_data or bool(user.auth_service), errors.AUTH_DATA_WITHOUT_SERVICE),
        (not (user.password and user.auth_data), errors.AUTH_DATA_AND_PASSWORD),
        (languages.is_language(user.locale), errors.BAD_LOCALE),
        (len(user.roles) <= _MAX_ROLES, errors.BAD_ROLES),
    )
    for valid, kind in checks:
        if not valid:
            raise kind()


def is_username(text: str) -> bool:
    """Whether an account may have this name."""
    return _USERNAME.fullmatch(text) is not None and text not in RESERVED_USERNAMES


def is_email(text: str) -> bool:
    """Whether the text has the form of an address."""
    return len(text) <= _MAX_EMAIL and _EMAIL.fullmatch(text) is not None


def listed_domains(text: str) -> list[str]:
    """The domains of a list as people type it: with commas or spaces, with or without @."""
    return [domain.lower().lstrip("@") for domain in text.replace(",", " ").split()]


def is_domain_accepted(email: str, domains: str) -> bool:
    """Whether the address is of one of the listed domains; an empty list accepts all."""
    wanted = listed_domains(domains)
    return not wanted or email.rpartition("@")[2].lower() in wanted


def account_of(ctx: Context, draft: UserDraft) -> User:
    """The account that a draft asks for, with the defaults; neither checked nor saved."""
    now = now_ms()
    default_locale = ctx.config.LocalizationSettings.DefaultClientLocale
    return User(
        id=new_id(),
        create_at=now,
        update_at=now,
        delete_at=0,
        username=draft.username.lower(),
        password=Secret(draft.password),
        auth_data=draft.auth_data or None,
        auth_service=draft.auth_service,
        email=draft.email.strip().lower(),
        email_verified=draft.email_verified,
        nickname=draft.nickname,
        first_name=draft.first_name,
        last_name=draft.last_name,
        roles=SYSTEM_USER,
        allow_marketing=draft.allow_marketing,
        props=draft.props,
        notify_props=draft.notify_props or dict(DEFAULT_NOTIFY_PROPS),
        last_password_update=now,
        last_picture_update=0,
        failed_attempts=0,
        locale=draft.locale if languages.is_supported(draft.locale) else default_locale,
        mfa_active=False,
        mfa_secret=Secret(""),
        position=draft.position,
        timezone=draft.timezone or dict(DEFAULT_TIMEZONE),
        remote_id="",
        last_login=0,
        mfa_used_timestamps=[],
    )


async def sign_up(ctx: Context, draft: UserDraft, invitation: Invitation | None) -> User:
    """Makes an account for a stranger, where strangers may have one. The first one ever needs no open server."""
    draft.auth_service, draft.auth_data, draft.email_verified = "", None, False
    if not (ctx.config.TeamSettings.EnableUserCreation and ctx.config.EmailSettings.EnableSignUpWithEmail):
        raise errors.SIGNUP_OFF()
    if invitation is None:
        if not ctx.config.TeamSettings.EnableOpenServer and await store.has_people(ctx.db):
            raise errors.NOT_OPEN()
        return await create_user(ctx, draft)
    async with ctx.transaction():
        await SIGNUP_REQUESTED.run(ctx, SignupRequested(draft, invitation))
        if not invitation.honoured:
            raise errors.INVITATION_UNKNOWN()
        return await create_user(ctx, draft, invitation=invitation)


async def create_user(
    ctx: Context, draft: UserDraft, *, by_admin: bool = False, invitation: Invitation | None = None
) -> User:
    """Makes an account. The first one of the installation administers the system."""
    user = account_of(ctx, draft)
    if not user.auth_service or draft.password:
        passwords.require_strength(ctx.config.PasswordSettings, draft.password)
    if draft.id:
        raise errors.ID_GIVEN()
    require_valid(user)
    guest = invitation is not None and invitation.guest
    if not guest and not is_domain_accepted(user.email, ctx.config.TeamSettings.RestrictCreationToDomains):
        raise errors.EMAIL_DOMAIN()
    if guest:
        user.roles = SYSTEM_GUEST
    if draft.password:  # before the transaction: hashing takes a tenth of a second
        user.password = Secret(await passwords.hash_in_thread(draft.password))
    async with ctx.transaction() as tx:
        if not await store.has_people(tx):
            await store.lock_first_account(tx)
            if not await store.has_people(tx):
                user.roles = f"{SYSTEM_ADMIN} {SYSTEM_USER}"
        await store.insert_user(tx, user)
        if user.email_verified and by_admin:
            announce_updated(ctx, user)
        ctx.announce(NewUser(user_id=user.id).to().about(user.id))
        wants_welcome = not draft.disable_welcome_email
        await USER_CREATED.run(ctx, UserCreated(user, invitation, by_admin, wants_welcome))
    return user


# Changing -------------------------------------------------------------------------


async def replace_user(ctx: Context, user: User, draft: UserDraft) -> User:
    """Sets all of the user's own fields; those left out are emptied."""
    return await save_profile(
        ctx,
        user,
        _changed(
            user,
            username=draft.username.lower(),
            email=draft.email.strip().lower(),
            nickname=draft.nickname,
            first_name=draft.first_name,
            last_name=draft.last_name,
            position=draft.position,
            props=draft.props,
            notify_props=draft.notify_props or dict(DEFAULT_NOTIFY_PROPS),
            locale=draft.locale,
            timezone=draft.timezone,
            remote_id=user.remote_id or (None if draft.remote_id is None else ""),
        ),
    )


async def patch_user(ctx: Context, user: User, patch: UserPatch) -> User:
    """Sets the fields that the patch names."""
    fields = {
        name: value
        for name in patch.__struct_fields__
        if name != "password" and (value := getattr(patch, name)) is not msgspec.UNSET
    }
    if "username" in fields:
        fields["username"] = fields["username"].lower()
    if "email" in fields:
        fields["email"] = fields["email"].strip().lower()
    if "notify_props" in fields and not fields["notify_props"]:
        fields["notify_props"] = dict(DEFAULT_NOTIFY_PROPS)
    return await save_profile(ctx, user, _changed(user, **fields))


async def save_profile(ctx: Context, before: User, after: User) -> User:
    """Checks and writes changed fields of an account and tells everybody."""
    after.update_at = max(now_ms(), before.update_at + 1)
    after.notify_props = _without_blank_keys(after.notify_props)
    if after.username != before.username:
        after.notify_props = _without_username(after.notify_props, before.username)
        if after.last_picture_update <= 0:  # the drawn image shows the name's first letter
            after.last_picture_update = -after.update_at
    require_valid(after)
    if after.email != before.email:
        if not is_domain_accepted(after.email, ctx.config.TeamSettings.RestrictCreationToDomains):
            raise errors.EMAIL_DOMAIN_OF_CHANGE()
        after.email_verified = False
    async with ctx.transaction() as tx:
        if after.email != before.email:
            change = EmailChange(before, after.email)
            await EMAIL_CHANGING.run(ctx, change)
            if change.deferred:
                after.email, after.email_verified = before.email, before.email_verified
        await store.update_profile(tx, after)
        forget_user(ctx, after.id)
        announce_updated(ctx, after)
        await USER_CHANGED.run(ctx, UserChange(before, after))
    return after


async def update_roles(ctx: Context, user: User, roles: str) -> User:
    """Gives the user these system roles, in all sessions at once. That they exist is the caller's to check."""
    if user.is_system_admin and SYSTEM_ADMIN not in roles.split() and await store.count_active_admins(ctx.db) == 1:
        raise errors.LAST_ADMIN()
    after = _changed(user, roles=roles, update_at=now_ms())
    async with ctx.transaction() as tx:
        await store.update_roles(tx, user.id, roles, after.update_at)
        await sessions.update_roles_of_user(ctx, user.id, roles)
        if after.is_guest != user.is_guest:
            await sessions.update_guest_of_user(ctx, user.id, after.is_guest)
        forget_user(ctx, user.id)
        ctx.announce(UserChanged(user.id, is_admin=after.is_system_admin, is_guest=after.is_guest))
        ctx.announce(UserRoleUpdated(user_id=user.id, roles=roles).to(user_id=user.id))
    return after


async def promote(ctx: Context, user: User) -> User:
    """Makes the user an administrator of the system."""
    if user.is_system_admin:
        return user
    return await update_roles(ctx, user, f"{user.roles} {SYSTEM_ADMIN}".strip())


async def set_password(ctx: Context, user: User, text: str) -> None:
    """Gives the user a new password, whatever the old one was. Sessions are the caller's to end."""
    passwords.require_strength(ctx.config.PasswordSettings, text)
    hashed = await passwords.hash_in_thread(text)
    async with ctx.transaction() as tx:
        await store.update_password(tx, user.id, hashed, now_ms())
        forget_user(ctx, user.id)


async def renew_hash(ctx: Context, user: User, text: str) -> None:
    """After a successful login: writes the password's hash anew if the stored one is of an older form."""
    if passwords.needs_rehash(user.password.value):
        await store.replace_hash(ctx.db, user.id, await passwords.hash_in_thread(text))
        forget_user(ctx, user.id)


async def set_auth(ctx: Context, user_id: str, service: str, data: str) -> None:
    """Lets the account sign in by another service, and not by password any more."""
    async with ctx.transaction() as tx:
        await store.update_auth(tx, user_id, service, data, now_ms())
        forget_user(ctx, user_id)


async def verify_email(ctx: Context, user: User, email: str) -> User:
    """Takes `email` as the user's address, now known to be theirs."""
    after = _changed(user, email=email, email_verified=True, update_at=now_ms())
    async with ctx.transaction() as tx:
        await store.update_email_verified(tx, user.id, email, True, after.update_at)
        forget_user(ctx, user.id)
        announce_updated(ctx, after)
        if after.email != user.email:
            await USER_CHANGED.run(ctx, UserChange(user, after))
    return after


def _changed(user: User, **fields: object) -> User:
    """A copy with other values, and without the encodings of the old ones."""
    return msgspec.structs.replace(user, encoded={}, **fields)


def _without_blank_keys(notify_props: dict[str, str]) -> dict[str, str]:
    keys = notify_props.get("mention_keys")
    if not keys:
        return notify_props
    return {**notify_props, "mention_keys": ",".join(k.strip() for k in keys.split(",") if k.strip())}


def _without_username(notify_props: dict[str, str], username: str) -> dict[str, str]:
    """Takes an old username out of the words that mention the user. Clients expect the comma in front of the rest."""
    keys = notify_props.get("mention_keys")
    if not keys:
        return notify_props
    rest = [k for k in keys.split(",") if k not in (username, "@" + username)]
    return {**notify_props, "mention_keys": "".join("," + k for k in rest)}
