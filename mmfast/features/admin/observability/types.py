"""Which of the reference's metrics are not here, and why: a measurement that means nothing would be an invented one."""

from typing import Final

_NOT_BUILT = "the server has no such part"
_NO_CLUSTER = "the workers of one machine are no cluster"
_NO_REPLICA = "reads go to the one database"
_NO_INDEX = "posts, files, users and channels are searched in the database, which indexes them itself"

LEFT_OUT: Final[dict[str, str]] = {
    "mattermost_access_control_cache_invalidation_total": _NOT_BUILT,
    "mattermost_autotranslation_normhash_total": _NOT_BUILT,
    "mattermost_autotranslation_queue_depth_total": _NOT_BUILT,
    "mattermost_autotranslation_recovery_stuck_found_total": _NOT_BUILT,
    "mattermost_cluster_cluster_event_type_totals": _NO_CLUSTER,
    "mattermost_cluster_cluster_health_score": _NO_CLUSTER,
    "mattermost_cluster_cluster_requests_total": _NO_CLUSTER,
    "mattermost_db_read_replica_connections_total": _NO_REPLICA,
    "mattermost_db_replica_lag_abs": _NO_REPLICA,
    "mattermost_db_replica_lag_time": _NO_REPLICA,
    "mattermost_db_search_replica_connections_total": _NO_REPLICA,
    "mattermost_notifications_error": "mails are counted by result in mmfast_mails_total",
    "mattermost_notifications_not_sent": "mails are counted by result in mmfast_mails_total",
    "mattermost_notifications_success": "mails are counted by result in mmfast_mails_total",
    "mattermost_notifications_total": "mails are counted by result in mmfast_mails_total",
    "mattermost_notifications_unsupported": "mails are counted by result in mmfast_mails_total",
    "mattermost_post_pushes_sent_total": "pushes are not sent yet",
    "mattermost_remote_cluster_conn_state_change_total": _NOT_BUILT,
    "mattermost_remote_cluster_msg_errors_total": _NOT_BUILT,
    "mattermost_remote_cluster_msg_received_total": _NOT_BUILT,
    "mattermost_remote_cluster_msg_sent_total": _NOT_BUILT,
    "mattermost_search_channel_index_total": _NO_INDEX,
    "mattermost_search_file_index_total": _NO_INDEX,
    "mattermost_search_post_index_total": _NO_INDEX,
    "mattermost_search_user_index_total": _NO_INDEX,
    "mattermost_shared_channels_sync_count": _NOT_BUILT,
    "mattermost_shared_channels_task_queue_size": _NOT_BUILT,
}
"""Names of the reference that are not served."""
