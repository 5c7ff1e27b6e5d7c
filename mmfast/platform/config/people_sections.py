"""Settings about people: teams, passwords, sign-in services, directories, guests, privacy.

One Struct a section; the fields are the keys of `config.json` with their defaults. Facts only: what a value
may be is in validation.py, who may read or write it in access.py.
"""

from __future__ import annotations

from msgspec import Struct


class TeamSettings(Struct, kw_only=True):
    """The site's name, team limits, custom status and how people are shown."""

    SiteName: str = "Mattermost"
    MaxUsersPerTeam: int = 50
    EnableJoinLeaveMessageByDefault: bool = True
    EnableUserCreation: bool = True
    EnableOpenServer: bool = False
    EnableUserDeactivation: bool = False
    RestrictCreationToDomains: str = ""
    EnableCustomUserStatuses: bool = True
    EnableCustomBrand: bool = False
    CustomBrandText: str = ""
    CustomDescriptionText: str = ""
    RestrictDirectMessage: str = "any"
    EnableLastActiveTime: bool = True
    UserStatusAwayTimeout: int = 300
    MaxChannelsPerTeam: int = 2000
    MaxNotificationsPerChannel: int = 1000
    EnableConfirmNotificationsToChannel: bool = True
    TeammateNameDisplay: str = "username"
    ExperimentalViewArchivedChannels: bool = True
    ExperimentalEnableAutomaticReplies: bool = False
    LockTeammateNameDisplay: bool = False
    ExperimentalPrimaryTeam: str = ""
    ExperimentalDefaultChannels: list[str] = []


class PasswordSettings(Struct, kw_only=True):
    """What a password must hold."""

    MinimumLength: int = 8
    Lowercase: bool = False
    Number: bool = False
    Uppercase: bool = False
    Symbol: bool = False
    EnableForgotLink: bool = True


class PrivacySettings(Struct, kw_only=True):
    """Which personal details others see."""

    ShowEmailAddress: bool = True
    ShowFullName: bool = True
    UseAnonymousURLs: bool = False


class GitLabSettings(Struct, kw_only=True):
    """Sign-in with GitLab."""

    Enable: bool = False
    Secret: str = ""
    Id: str = ""
    Scope: str = ""
    AuthEndpoint: str = ""
    TokenEndpoint: str = ""
    UserAPIEndpoint: str = ""
    DiscoveryEndpoint: str = ""
    ButtonText: str = ""
    ButtonColor: str = ""
    UsePreferredUsername: bool = False


class GoogleSettings(Struct, kw_only=True):
    """Sign-in with Google."""

    Enable: bool = False
    Secret: str = ""
    Id: str = ""
    Scope: str = "profile email"
    AuthEndpoint: str = "https://accounts.google.com/o/oauth2/v2/auth"
    TokenEndpoint: str = "https://www.googleapis.com/oauth2/v4/token"
    UserAPIEndpoint: str = (
        "https://people.googleapis.com/v1/people/me?personFields=names,emailAddresses,nicknames,metadata"
    )
    DiscoveryEndpoint: str = ""
    ButtonText: str = ""
    ButtonColor: str = ""
    UsePreferredUsername: bool = False


class Office365Settings(Struct, kw_only=True):
    """Sign-in with Entra ID."""

    Enable: bool = False
    Secret: str = ""
    Id: str = ""
    Scope: str = "User.Read"
    AuthEndpoint: str = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize"
    TokenEndpoint: str = "https://login.microsoftonline.com/common/oauth2/v2.0/token"
    UserAPIEndpoint: str = "https://graph.microsoft.com/v1.0/me"
    DiscoveryEndpoint: str = ""
    DirectoryId: str = ""
    UsePreferredUsername: bool = False


class OpenIdSettings(Struct, kw_only=True):
    """Sign-in with any OpenID Connect provider."""

    Enable: bool = False
    Secret: str = ""
    Id: str = ""
    Scope: str = "profile openid email"
    AuthEndpoint: str = ""
    TokenEndpoint: str = ""
    UserAPIEndpoint: str = ""
    DiscoveryEndpoint: str = ""
    ButtonText: str = ""
    ButtonColor: str = "#145DBF"
    UsePreferredUsername: bool = False


class LdapSettings(Struct, kw_only=True):
    """Sign-in and synchronisation with a directory."""

    Enable: bool = False
    EnableSync: bool = False
    LdapServer: str = ""
    LdapPort: int = 389
    ConnectionSecurity: str = ""
    BaseDN: str = ""
    BindUsername: str = ""
    BindPassword: str = ""
    MaximumLoginAttempts: int = 10
    UserFilter: str = ""
    GroupFilter: str = ""
    GuestFilter: str = ""
    EnableAdminFilter: bool = False
    AdminFilter: str = ""
    GroupDisplayNameAttribute: str = ""
    GroupIdAttribute: str = ""
    FirstNameAttribute: str = ""
    LastNameAttribute: str = ""
    EmailAttribute: str = ""
    UsernameAttribute: str = ""
    NicknameAttribute: str = ""
    IdAttribute: str = ""
    PositionAttribute: str = ""
    LoginIdAttribute: str = ""
    PictureAttribute: str = ""
    SyncIntervalMinutes: int = 60
    ReAddRemovedMembers: bool = False
    SkipCertificateVerification: bool = False
    PublicCertificateFile: str = ""
    PrivateKeyFile: str = ""
    QueryTimeout: int = 60
    MaxPageSize: int = 0
    LoginFieldName: str = ""
    LoginButtonColor: str = "#0000"
    LoginButtonBorderColor: str = "#2389D7"
    LoginButtonTextColor: str = "#2389D7"


class SamlSettings(Struct, kw_only=True):
    """Sign-in with a SAML 2.0 identity provider."""

    Enable: bool = False
    EnableSyncWithLdap: bool = False
    EnableSyncWithLdapIncludeAuth: bool = False
    IgnoreGuestsLdapSync: bool = False
    Verify: bool = True
    Encrypt: bool = True
    SignRequest: bool = False
    IdpURL: str = ""
    IdpDescriptorURL: str = ""
    IdpMetadataURL: str = ""
    ServiceProviderIdentifier: str = ""
    AssertionConsumerServiceURL: str = ""
    SignatureAlgorithm: str = "RSAwithSHA256"
    CanonicalAlgorithm: str = "Canonical1.0"
    ScopingIDPProviderId: str = ""
    ScopingIDPName: str = ""
    IdpCertificateFile: str = ""
    PublicCertificateFile: str = ""
    PrivateKeyFile: str = ""
    IdAttribute: str = ""
    GuestAttribute: str = ""
    EnableAdminAttribute: bool = False
    AdminAttribute: str = ""
    FirstNameAttribute: str = ""
    LastNameAttribute: str = ""
    EmailAttribute: str = ""
    UsernameAttribute: str = ""
    NicknameAttribute: str = ""
    LocaleAttribute: str = ""
    PositionAttribute: str = ""
    LoginButtonText: str = "SAML"
    LoginButtonColor: str = "#34a28b"
    LoginButtonBorderColor: str = "#2389D7"
    LoginButtonTextColor: str = "#ffffff"


class IntuneSettings(Struct, kw_only=True):
    """Managed mobile devices."""

    Enable: bool = False
    TenantId: str = ""
    ClientId: str = ""
    AuthService: str = ""


class GuestAccountsSettings(Struct, kw_only=True):
    """Guests and how they sign in."""

    Enable: bool = False
    HideTags: bool = False
    AllowEmailAccounts: bool = True
    EnforceMultifactorAuthentication: bool = False
    RestrictCreationToDomains: str = ""
    EnableGuestMagicLink: bool = False


class AccessControlSettings(Struct, kw_only=True):
    """Attribute-based access control."""

    EnableAttributeBasedAccessControl: bool = False
    EnableUserManagedAttributes: bool = False
