"""The catalogue of permissions: every id, by the scope in which it is asked for.

Pure data. The place of a permission in `PERMISSIONS` is its bit in a mask, in one process only: masks are never stored.
"""

from typing import Final

_BY_SCOPE: Final = {
    "system": """
        assign_system_admin_role manage_roles manage_system create_direct_channel create_group_channel
        list_public_teams join_public_teams list_private_teams join_private_teams edit_other_users
        permanent_delete_user get_public_link manage_oauth manage_system_wide_oauth manage_shared_channels
        manage_secure_connections create_data_retention_job manage_data_retention_job read_data_retention_job
        create_compliance_export_job manage_compliance_export_job read_compliance_export_job read_audits
        purge_bleve_indexes create_post_bleve_indexes_job manage_post_bleve_indexes_job create_ldap_sync_job
        manage_ldap_sync_job read_ldap_sync_job test_ldap invalidate_email_invite get_saml_metadata_from_idp
        add_saml_public_cert add_saml_private_cert add_saml_idp_cert remove_saml_public_cert
        remove_saml_private_cert remove_saml_idp_cert get_saml_cert_status add_ldap_public_cert
        add_ldap_private_cert remove_ldap_public_cert remove_ldap_private_cert get_logs read_license_information
        get_analytics manage_license_information download_compliance_export_result test_site_url test_elasticsearch
        test_s3 reload_config invalidate_caches recycle_database_connections purge_elasticsearch_indexes test_email
        create_elasticsearch_post_indexing_job manage_elasticsearch_post_indexing_job
        create_elasticsearch_post_aggregation_job manage_elasticsearch_post_aggregation_job
        read_elasticsearch_post_indexing_job read_elasticsearch_post_aggregation_job create_team
        list_users_without_team create_user_access_token read_user_access_token revoke_user_access_token create_bot
        assign_bot read_bots read_others_bots manage_bots manage_others_bots read_jobs manage_jobs promote_guest
        demote_to_guest read_other_users_teams edit_brand sysconsole_read_about sysconsole_write_about
        sysconsole_read_about_edition_and_license sysconsole_write_about_edition_and_license sysconsole_read_billing
        sysconsole_write_billing sysconsole_read_reporting sysconsole_write_reporting
        sysconsole_read_reporting_site_statistics sysconsole_write_reporting_site_statistics
        sysconsole_read_reporting_team_statistics sysconsole_write_reporting_team_statistics
        sysconsole_read_reporting_server_logs sysconsole_write_reporting_server_logs
        sysconsole_read_user_management_users sysconsole_write_user_management_users
        sysconsole_read_user_management_groups sysconsole_write_user_management_groups
        sysconsole_read_user_management_teams sysconsole_write_user_management_teams
        sysconsole_read_user_management_channels sysconsole_write_user_management_channels
        sysconsole_read_user_management_permissions sysconsole_write_user_management_permissions
        sysconsole_read_user_management_system_roles sysconsole_write_user_management_system_roles
        sysconsole_read_environment sysconsole_write_environment sysconsole_read_environment_web_server
        sysconsole_write_environment_web_server sysconsole_read_environment_database
        sysconsole_write_environment_database sysconsole_read_environment_elasticsearch
        sysconsole_write_environment_elasticsearch sysconsole_read_environment_file_storage
        sysconsole_write_environment_file_storage sysconsole_read_environment_image_proxy
        sysconsole_write_environment_image_proxy sysconsole_read_environment_smtp sysconsole_write_environment_smtp
        sysconsole_read_environment_push_notification_server sysconsole_write_environment_push_notification_server
        sysconsole_read_environment_high_availability sysconsole_write_environment_high_availability
        sysconsole_read_environment_rate_limiting sysconsole_write_environment_rate_limiting
        sysconsole_read_environment_logging sysconsole_write_environment_logging
        sysconsole_read_environment_session_lengths sysconsole_write_environment_session_lengths
        sysconsole_read_environment_performance_monitoring sysconsole_write_environment_performance_monitoring
        sysconsole_read_environment_developer sysconsole_write_environment_developer
        sysconsole_read_environment_mobile_security sysconsole_write_environment_mobile_security
        sysconsole_read_site sysconsole_write_site sysconsole_read_site_customization
        sysconsole_write_site_customization sysconsole_read_site_localization sysconsole_write_site_localization
        sysconsole_read_site_users_and_teams sysconsole_write_site_users_and_teams
        sysconsole_read_site_notifications sysconsole_write_site_notifications
        sysconsole_read_site_announcement_banner sysconsole_write_site_announcement_banner
        sysconsole_read_site_emoji sysconsole_write_site_emoji sysconsole_read_site_posts
        sysconsole_write_site_posts sysconsole_read_site_file_sharing_and_downloads
        sysconsole_write_site_file_sharing_and_downloads sysconsole_read_site_public_links
        sysconsole_write_site_public_links sysconsole_read_site_notices sysconsole_write_site_notices
        sysconsole_read_site_ip_filters sysconsole_write_site_ip_filters sysconsole_read_authentication
        sysconsole_write_authentication sysconsole_read_authentication_signup sysconsole_write_authentication_signup
        sysconsole_read_authentication_email sysconsole_write_authentication_email
        sysconsole_read_authentication_password sysconsole_write_authentication_password
        sysconsole_read_authentication_mfa sysconsole_write_authentication_mfa sysconsole_read_authentication_ldap
        sysconsole_write_authentication_ldap sysconsole_read_authentication_saml
        sysconsole_write_authentication_saml sysconsole_read_authentication_openid
        sysconsole_write_authentication_openid sysconsole_read_authentication_guest_access
        sysconsole_write_authentication_guest_access sysconsole_read_plugins sysconsole_write_plugins
        sysconsole_read_integrations sysconsole_write_integrations
        sysconsole_read_integrations_integration_management sysconsole_write_integrations_integration_management
        sysconsole_read_integrations_bot_accounts sysconsole_write_integrations_bot_accounts
        sysconsole_read_integrations_gif sysconsole_write_integrations_gif sysconsole_read_integrations_cors
        sysconsole_write_integrations_cors sysconsole_read_compliance sysconsole_write_compliance
        sysconsole_read_compliance_data_retention_policy sysconsole_write_compliance_data_retention_policy
        sysconsole_read_compliance_compliance_export sysconsole_write_compliance_compliance_export
        sysconsole_read_compliance_compliance_monitoring sysconsole_write_compliance_compliance_monitoring
        sysconsole_read_compliance_custom_terms_of_service sysconsole_write_compliance_custom_terms_of_service
        sysconsole_read_experimental sysconsole_write_experimental sysconsole_read_experimental_features
        sysconsole_write_experimental_features sysconsole_read_experimental_feature_flags
        sysconsole_write_experimental_feature_flags sysconsole_read_experimental_bleve
        sysconsole_write_experimental_bleve create_custom_group sysconsole_read_products_boards
        sysconsole_write_products_boards manage_outgoing_oauth_connections
    """,
    "team": """
        invite_user add_user_to_team manage_slash_commands manage_own_slash_commands manage_others_slash_commands
        create_public_channel create_private_channel manage_team_roles list_team_channels join_public_channels
        read_public_channel manage_webhooks manage_others_webhooks manage_incoming_webhooks
        manage_own_incoming_webhooks manage_outgoing_webhooks manage_own_outgoing_webhooks
        manage_others_incoming_webhooks manage_others_outgoing_webhooks bypass_incoming_webhook_channel_lock
        manage_emojis manage_others_emojis create_emojis delete_emojis delete_others_emojis remove_user_from_team
        manage_team import_team view_team view_members invite_guest playbook_public_create playbook_private_create
    """,
    "channel": """
        use_slash_commands manage_public_channel_members manage_private_channel_members
        convert_public_channel_to_private convert_private_channel_to_public manage_channel_roles
        manage_public_channel_properties manage_private_channel_properties manage_public_channel_auto_translation
        manage_private_channel_auto_translation delete_public_channel delete_private_channel read_channel
        read_channel_content read_public_channel_groups read_private_channel_groups add_reaction remove_reaction
        remove_others_reactions upload_file create_post create_post_public create_post_ephemeral read_deleted_posts
        edit_post edit_others_posts delete_post delete_others_posts use_channel_mentions use_group_mentions
        add_bookmark_public_channel edit_bookmark_public_channel delete_bookmark_public_channel
        order_bookmark_public_channel add_bookmark_private_channel edit_bookmark_private_channel
        delete_bookmark_private_channel order_bookmark_private_channel manage_public_channel_banner
        manage_private_channel_banner manage_channel_access_rules
    """,
    "group": """
        manage_custom_group_members edit_custom_group delete_custom_group restore_custom_group
    """,
    "playbook": """
        playbook_public_manage_properties playbook_public_manage_members playbook_public_manage_roles
        playbook_public_view playbook_public_make_private playbook_private_manage_properties
        playbook_private_manage_members playbook_private_manage_roles playbook_private_view
        playbook_private_make_public run_create
    """,
    "run": """
        run_manage_properties run_manage_members run_view
    """,
}

SCOPES: Final[dict[str, str]] = {
    permission: scope for scope, permissions in _BY_SCOPE.items() for permission in permissions.split()
}
"""The scope of every permission: where it is asked for at the widest."""

PERMISSIONS: Final = tuple(SCOPES)

BITS: Final[dict[str, int]] = {permission: 1 << n for n, permission in enumerate(PERMISSIONS)}
"""The mask with only that permission, by permission."""

ANCILLARY: Final[dict[str, str]] = {
    "sysconsole_read_about_edition_and_license": "read_license_information",
    "sysconsole_write_about_edition_and_license": "manage_license_information",
    "sysconsole_read_reporting_site_statistics": "get_analytics",
    "sysconsole_read_reporting_team_statistics": "view_team",
    "sysconsole_read_reporting_server_logs": "get_logs",
    "sysconsole_read_user_management_users": "read_other_users_teams get_analytics",
    "sysconsole_read_user_management_teams": "list_private_teams list_public_teams view_team",
    "sysconsole_write_user_management_teams": (
        "manage_team manage_team_roles remove_user_from_team join_private_teams join_public_teams add_user_to_team"
    ),
    "sysconsole_read_user_management_channels": (
        "read_public_channel read_channel read_public_channel_groups read_private_channel_groups"
    ),
    "sysconsole_write_user_management_channels": (
        "manage_public_channel_properties manage_private_channel_properties manage_public_channel_auto_translation"
        " manage_private_channel_auto_translation manage_private_channel_members manage_public_channel_members"
        " delete_private_channel delete_public_channel manage_channel_roles convert_public_channel_to_private"
        " convert_private_channel_to_public"
    ),
    "sysconsole_write_user_management_groups": "manage_private_channel_members manage_public_channel_members",
    "sysconsole_write_environment_web_server": "test_site_url reload_config invalidate_caches",
    "sysconsole_write_environment_database": "recycle_database_connections",
    "sysconsole_read_environment_elasticsearch": (
        "read_elasticsearch_post_indexing_job read_elasticsearch_post_aggregation_job"
    ),
    "sysconsole_write_environment_elasticsearch": (
        "test_elasticsearch create_elasticsearch_post_indexing_job manage_elasticsearch_post_indexing_job"
        " create_elasticsearch_post_aggregation_job manage_elasticsearch_post_aggregation_job"
        " purge_elasticsearch_indexes"
    ),
    "sysconsole_write_environment_file_storage": "test_s3",
    "sysconsole_write_environment_smtp": "test_email",
    "sysconsole_write_site_customization": "edit_brand",
    "sysconsole_write_authentication_email": "invalidate_email_invite",
    "sysconsole_read_authentication_ldap": "test_ldap read_ldap_sync_job",
    "sysconsole_write_authentication_ldap": (
        "create_ldap_sync_job manage_ldap_sync_job test_ldap add_ldap_public_cert add_ldap_private_cert"
        " remove_ldap_public_cert remove_ldap_private_cert"
    ),
    "sysconsole_read_authentication_saml": "get_saml_cert_status",
    "sysconsole_write_authentication_saml": (
        "get_saml_metadata_from_idp add_saml_public_cert add_saml_private_cert add_saml_idp_cert"
        " remove_saml_public_cert remove_saml_private_cert remove_saml_idp_cert"
    ),
    "sysconsole_write_integrations_integration_management": "manage_outgoing_oauth_connections",
    "sysconsole_read_compliance_data_retention_policy": "read_data_retention_job",
    "sysconsole_write_compliance_data_retention_policy": "create_data_retention_job manage_data_retention_job",
    "sysconsole_read_compliance_compliance_export": "read_compliance_export_job download_compliance_export_result",
    "sysconsole_write_compliance_compliance_export": "create_compliance_export_job manage_compliance_export_job",
    "sysconsole_read_compliance_compliance_monitoring": "read_audits",
    "sysconsole_write_experimental_bleve": (
        "create_post_bleve_indexes_job manage_post_bleve_indexes_job purge_bleve_indexes"
    ),
}
"""What a section of the System Console needs beside its own permission, to be given together with it."""
