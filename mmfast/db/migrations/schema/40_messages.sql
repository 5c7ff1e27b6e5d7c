-- Posts, threads, and everything that hangs on a post.

create table posts (
    id varchar(26) primary key,
    createat bigint,
    updateat bigint,
    deleteat bigint,
    userid varchar(26),
    channelid varchar(26),
    rootid varchar(26),
    originalid varchar(26),
    message varchar(65535),
    type varchar(26),
    props jsonb,
    hashtags varchar(1000),
    filenames varchar(4000),
    fileids varchar(300),
    hasreactions boolean,
    editat bigint,
    ispinned boolean,
    remoteid varchar(26)
) with (autovacuum_vacuum_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);
create index idx_posts_channel_id_delete_at_create_at on posts (channelid, deleteat, createat);
create index idx_posts_channel_id_update_at on posts (channelid, updateat);
create index idx_posts_create_at on posts (createat);
create index idx_posts_create_at_id on posts (createat, id);
create index idx_posts_delete_at on posts (deleteat);
create index idx_posts_hashtags_txt on posts using gin (to_tsvector('english', hashtags));
create index idx_posts_is_pinned on posts (ispinned);
create index idx_posts_message_txt on posts using gin (to_tsvector('english', message));
create index idx_posts_original_id on posts (originalid);
create index idx_posts_root_id_delete_at on posts (rootid, deleteat);
create index idx_posts_update_at on posts (updateat);
create index idx_posts_user_id on posts (userid);

create table postspriority (
    postid varchar(26) primary key,
    channelid varchar(26) not null,
    priority varchar(32) not null,
    requestedack boolean,
    persistentnotifications boolean
);

create table postacknowledgements (
    postid varchar(26),
    userid varchar(26),
    acknowledgedat bigint,
    remoteid varchar(26) default '',
    channelid varchar(26) default '',
    primary key (postid, userid)
);

create table postreminders (
    postid varchar(26),
    userid varchar(26),
    targettime bigint,
    primary key (postid, userid)
);
create index idx_postreminders_targettime on postreminders (targettime);

create table persistentnotifications (
    postid varchar(26) primary key,
    createat bigint,
    lastsentat bigint,
    deleteat bigint,
    sentcount smallint
);

create table temporaryposts (
    postid varchar(26) primary key,
    type varchar(26) not null,
    expireat bigint not null,
    message varchar(65535),
    fileids varchar(300)
);
create index idx_temporary_posts_expire_at on temporaryposts (expireat);

create table readreceipts (
    postid varchar(26),
    userid varchar(26),
    expireat bigint not null,
    primary key (postid, userid)
);
create index idx_read_receipts_post_id on readreceipts (postid);
create index idx_read_receipts_user_id_post_id_expire_at on readreceipts (userid, postid, expireat);

create table threads (
    postid varchar(26) primary key,
    replycount bigint,
    lastreplyat bigint,
    participants jsonb,
    channelid varchar(26),
    threaddeleteat bigint,
    threadteamid varchar(26)
);
create index idx_threads_channel_id_last_reply_at on threads (channelid, lastreplyat);

create table threadmemberships (
    postid varchar(26),
    userid varchar(26),
    following boolean,
    lastviewed bigint,
    lastupdated bigint,
    unreadmentions bigint,
    primary key (postid, userid)
) with (autovacuum_vacuum_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);
create index idx_thread_memberships_last_update_at on threadmemberships (lastupdated);
create index idx_thread_memberships_last_view_at on threadmemberships (lastviewed);
create index idx_thread_memberships_user_id on threadmemberships (userid);

create table reactions (
    userid varchar(26),
    postid varchar(26),
    emojiname varchar(64),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    remoteid varchar(26),
    channelid varchar(26) default '' not null,
    primary key (postid, userid, emojiname)
);
create index idx_reactions_channel_id on reactions (channelid);

create table drafts (
    createat bigint,
    updateat bigint,
    deleteat bigint,
    userid varchar(26),
    channelid varchar(26),
    rootid varchar(26) default '',
    message varchar(65535),
    props varchar(8000),
    fileids varchar(300),
    priority text,
    type text,
    primary key (userid, channelid, rootid)
);

create table scheduledposts (
    id varchar(26) primary key,
    createat bigint,
    updateat bigint,
    userid varchar(26) not null,
    channelid varchar(26) not null,
    rootid varchar(26),
    message varchar(65535),
    props varchar(8000),
    fileids varchar(300),
    priority text,
    scheduledat bigint not null,
    processedat bigint,
    errorcode varchar(200),
    type text
);
create index idx_scheduledposts_userid_channel_id_scheduled_at on scheduledposts (userid, channelid, scheduledat);

create table recentsearches (
    userid char(26),
    searchpointer integer,
    query jsonb,
    createat bigint not null,
    primary key (userid, searchpointer)
);

create table translations (
    objectid varchar(26),
    dstlang varchar,
    objecttype varchar,
    providerid varchar not null,
    normhash char(64) not null,
    text text not null,
    confidence real,
    meta jsonb,
    updateat bigint not null,
    state varchar(20) not null,
    channelid varchar(26),
    primary key (objectid, objecttype, dstlang)
);
create index idx_translations_channel_updateat on translations (channelid, objecttype, updateat desc, dstlang);
create index idx_translations_state on translations (state) where state = 'processing';

create table recaps (
    id varchar(26) primary key,
    userid varchar(26) not null,
    title varchar(255) not null,
    createat bigint not null,
    updateat bigint not null,
    deleteat bigint not null,
    totalmessagecount integer not null,
    status varchar(32) not null,
    readat bigint default 0 not null,
    botid varchar(26) default '' not null
);
create index idx_recaps_bot_id on recaps (botid);
create index idx_recaps_create_at on recaps (createat);
create index idx_recaps_user_id on recaps (userid);
create index idx_recaps_user_id_delete_at on recaps (userid, deleteat);
create index idx_recaps_user_id_read_at on recaps (userid, readat);

create table recapchannels (
    id varchar(26) primary key,
    recapid varchar(26) not null references recaps on delete cascade,
    channelid varchar(26) not null,
    channelname varchar(64) not null,
    highlights text,
    actionitems text,
    sourcepostids text,
    createat bigint not null
);
create index idx_recap_channels_channel_id on recapchannels (channelid);
create index idx_recap_channels_recap_id on recapchannels (recapid);
