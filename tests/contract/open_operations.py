"""Operations that ask for little: by name, so that none becomes one of them unnoticed. These lists only shrink."""

PUBLIC_OPERATIONS = (
    "AuthorizeOAuthPage", "CheckCWSConnection", "CompleteOAuth", "CompleteOAuthLogin", "CompleteOAuthSignup",
    "CompleteSaml", "ConnectWebSocket", "CreateUser", "GetAuthorizationServerMetadata", "GetBrandImage",
    "GetClientConfig", "GetClientLicense", "GetFilePublic", "GetLoginType", "GetOAuthAccessToken", "GetPing",
    "GetTeamInviteInfo", "HeadFilePublic", "Login", "LoginByCwsToken", "LoginIntune", "LoginSSOCodeExchange",
    "LoginWithDesktopToken", "LoginWithOAuth", "LoginWithSaml", "Logout", "ManualTest", "MobileLoginWithOAuth",
    "PostToIncomingWebhook", "RegisterOAuthClient", "ResetPassword", "SendPasswordResetEmail",
    "SendVerificationEmail", "SignupWithOAuth", "SwitchAccountType", "VerifyUserEmail",
)
"""Open to everybody: they sign people in, tell what a client must know before, or carry a proof of their own."""

OPEN_TO_EVERY_SESSION = (
    "AcknowledgeNotification", "AddTeamMemberFromInvite", "ApplyIPFilters", "AttachDeviceExtraProps", "CreateRecap",
    "CreateScheme", "DeleteAcknowledgementForPost", "DeleteRecap", "DeleteScheme", "GetAncillaryPermissionsPost",
    "GetRolesByNames", "GetUsersByGroupChannelIds", "GetUsersByIds", "GetUsersByUsernames", "GetUsersStatusesByIds",
    "KeepCFPost", "MarkNoticesViewed", "MarkRecapAsRead", "MoveThread", "NotifyAdmin", "PatchChannelModerations",
    "PatchScheme", "PostCFPostFlag", "PostCFPostReviewer", "RegenerateRecap", "RegisterTermsOfServiceAction",
    "RemoveCFPost", "RewriteMessage", "SaveAcknowledgementForPost", "SearchFiles", "SubmitPerformanceReport",
    "SyncLdap", "TestLdap", "TestLdapConnection", "TestLdapDiagnostics", "TestNotification",
    "UpdateAccessControlPoliciesActive", "UpdateCFConfig", "UpdateChannelMemberAutotranslation",
    "UpdateChannelScheme", "UpdateCloudCustomer", "UpdateCloudCustomerAddress", "UpdateTeamScheme",
    "ValidateBusinessEmail", "ValidateWorkspaceBusinessEmail", "getPostsByIds",
)
"""Change or ask something, and any session may: they concern the caller alone, judge each thing named in the body
themselves, or only say that a feature is not here."""
