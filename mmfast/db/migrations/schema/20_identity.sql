-- People, how they sign in, and what they may do.

create table users (
    id varchar(26) primary key,
    createat bigint,
    updateat bigint,
    deleteat bigint,
    username varchar(64) unique,
    password varchar(128),
    authdata varchar(128) unique,
    authservice varchar(32),
    email varchar(128) unique,
    emailverified boolean,
    nickname varchar(64),
    firstname varchar(64),
    lastname varchar(64),
    roles varchar(256),
    allowmarketing boolean,
    props jsonb,
    notifyprops jsonb,
    lastpasswordupdate bigint,
    lastpictureupdate bigint,
    failedattempts integer,
    locale varchar(5),
    mfaactive boolean,
    mfasecret varchar(128),
    "position" varchar(128),
    timezone jsonb,
    remoteid varchar(26),
    lastlogin bigint default 0 not null,
    mfausedtimestamps jsonb
);
create index idx_users_all_no_full_name_txt
    on users using gin (to_tsvector('english', username || ' ' || nickname || ' ' || email));
create index idx_users_all_txt
    on users using gin (to_tsvector('english', username || ' ' || firstname || ' ' || lastname || ' ' || nickname || ' ' || email));
create index idx_users_create_at on users (createat);
create index idx_users_delete_at on users (deleteat);
create index idx_users_email_lower_textpattern on users (lower(email) text_pattern_ops);
create index idx_users_firstname_lower_textpattern on users (lower(firstname) text_pattern_ops);
create index idx_users_id_locale on users (id, locale);
create index idx_users_lastname_lower_textpattern on users (lower(lastname) text_pattern_ops);
create index idx_users_names_no_full_name_txt
    on users using gin (to_tsvector('english', username || ' ' || nickname));
create index idx_users_names_txt
    on users using gin (to_tsvector('english', username || ' ' || firstname || ' ' || lastname || ' ' || nickname));
create index idx_users_nickname_lower_textpattern on users (lower(nickname) text_pattern_ops);
create index idx_users_update_at on users (updateat);
create index idx_users_username_lower_textpattern on users (lower(username) text_pattern_ops);

create table sessions (
    id varchar(26) primary key,
    token varchar(26),
    createat bigint,
    expiresat bigint,
    lastactivityat bigint,
    userid varchar(26),
    deviceid varchar(512),
    roles varchar(256),
    isoauth boolean,
    props jsonb,
    expirednotify boolean
);
create index idx_sessions_create_at on sessions (createat);
create index idx_sessions_expires_at on sessions (expiresat);
create index idx_sessions_last_activity_at on sessions (lastactivityat);
create index idx_sessions_token on sessions (token);
create index idx_sessions_user_id on sessions (userid);

create table tokens (
    token varchar(64) primary key,
    createat bigint,
    type varchar(64),
    extra varchar(2048)
);

create table desktoptokens (
    token varchar(64) primary key,
    createat bigint not null,
    userid varchar(26) not null
);
create index idx_desktoptokens_token_createat on desktoptokens (token, createat);

create table useraccesstokens (
    id varchar(26) primary key,
    token varchar(26) unique,
    userid varchar(26),
    description varchar(512),
    isactive boolean
);
create index idx_user_access_tokens_user_id on useraccesstokens (userid);

create table bots (
    userid varchar(26) primary key,
    description varchar(1024),
    ownerid varchar(190),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    lasticonupdate bigint
);

create table preferences (
    userid varchar(26),
    category varchar(32),
    name varchar(32),
    value text,
    primary key (userid, category, name)
) with (autovacuum_vacuum_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);
create index idx_preferences_category on preferences (category);
create index idx_preferences_name on preferences (name);

create table status (
    userid varchar(26) primary key,
    status varchar(32),
    manual boolean,
    lastactivityat bigint,
    dndendtime bigint,
    prevstatus varchar(32)
);
create index idx_status_status_dndendtime on status (status, dndendtime);

create table roles (
    id varchar(26) primary key,
    name varchar(64) unique,
    displayname varchar(128),
    description varchar(1024),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    permissions text,
    schememanaged boolean,
    builtin boolean,
    schemeid varchar(26)
);
create index idx_roles_scheme_id on roles (schemeid);

create table schemes (
    id varchar(26) primary key,
    name varchar(64) unique,
    displayname varchar(128),
    description varchar(1024),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    scope varchar(32),
    defaultteamadminrole varchar(64),
    defaultteamuserrole varchar(64),
    defaultchanneladminrole varchar(64),
    defaultchanneluserrole varchar(64),
    defaultteamguestrole varchar(64),
    defaultchannelguestrole varchar(64),
    defaultplaybookadminrole varchar(64) default '',
    defaultplaybookmemberrole varchar(64) default '',
    defaultrunadminrole varchar(64) default '',
    defaultrunmemberrole varchar(64) default ''
);
create index idx_schemes_channel_admin_role on schemes (defaultchanneladminrole);
create index idx_schemes_channel_guest_role on schemes (defaultchannelguestrole);
create index idx_schemes_channel_user_role on schemes (defaultchanneluserrole);

create table usergroups (
    id varchar(26) primary key,
    name varchar(64) unique,
    displayname varchar(128),
    description varchar(1024),
    source varchar(64),
    remoteid varchar(48),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    allowreference boolean,
    unique (source, remoteid)
);
create index idx_usergroups_delete_at on usergroups (deleteat);
create index idx_usergroups_displayname on usergroups (displayname);
create index idx_usergroups_remote_id on usergroups (remoteid);

create table groupmembers (
    groupid varchar(26),
    userid varchar(26),
    createat bigint,
    deleteat bigint,
    primary key (groupid, userid)
);
create index idx_groupmembers_create_at on groupmembers (createat);

create table accesscontrolpolicies (
    id varchar(26) primary key,
    name varchar(128) not null,
    type varchar(128) not null,
    active boolean not null,
    createat bigint not null,
    revision integer not null,
    version varchar(8) not null,
    data jsonb,
    props jsonb
);
create unique index idx_accesscontrolpolicies_name_type on accesscontrolpolicies (name, type) where type = 'parent';

create table accesscontrolpolicyhistory (
    id varchar(26),
    name varchar(128) not null,
    type varchar(128) not null,
    createat bigint not null,
    revision integer,
    version varchar(8) not null,
    data jsonb,
    props jsonb,
    primary key (id, revision)
);
