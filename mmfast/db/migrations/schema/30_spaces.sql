-- Teams and channels, who is in them, and how each person arranges them.

create type channel_bookmark_type as enum ('link', 'file');
create type channel_type as enum ('P', 'G', 'O', 'D');
create type team_type as enum ('I', 'O');

create table teams (
    id varchar(26) primary key,
    createat bigint,
    updateat bigint,
    deleteat bigint,
    displayname varchar(64),
    name varchar(64) unique,
    description varchar(255),
    email varchar(128),
    type team_type,
    companyname varchar(64),
    alloweddomains varchar(1000),
    inviteid varchar(32),
    schemeid varchar(26),
    allowopeninvite boolean,
    lastteamiconupdate bigint,
    groupconstrained boolean,
    cloudlimitsarchived boolean default false not null
);
create index idx_teams_create_at on teams (createat);
create index idx_teams_delete_at on teams (deleteat);
create index idx_teams_invite_id on teams (inviteid);
create index idx_teams_scheme_id on teams (schemeid);
create index idx_teams_update_at on teams (updateat);

create table teammembers (
    teamid varchar(26),
    userid varchar(26),
    roles varchar(256),
    deleteat bigint,
    schemeuser boolean,
    schemeadmin boolean,
    schemeguest boolean,
    createat bigint default 0,
    primary key (teamid, userid)
);
create index idx_teammembers_createat on teammembers (createat);
create index idx_teammembers_delete_at on teammembers (deleteat);
create index idx_teammembers_user_id on teammembers (userid);

create table channels (
    id varchar(26) primary key,
    createat bigint,
    updateat bigint,
    deleteat bigint,
    teamid varchar(26),
    type channel_type,
    displayname varchar(64),
    name varchar(64),
    header varchar(1024),
    purpose varchar(250),
    lastpostat bigint,
    totalmsgcount bigint,
    extraupdateat bigint,
    creatorid varchar(26),
    schemeid varchar(26),
    groupconstrained boolean,
    shared boolean,
    totalmsgcountroot bigint,
    lastrootpostat bigint default '0',
    bannerinfo jsonb,
    defaultcategoryname varchar(64) default '' not null,
    autotranslation boolean default false not null,
    unique (name, teamid)
);
create index idx_channel_search_txt
    on channels using gin (to_tsvector('english', name || ' ' || displayname || ' ' || purpose));
create index idx_channels_autotranslation_enabled on channels (id) where autotranslation = true;
create index idx_channels_create_at on channels (createat);
create index idx_channels_delete_at on channels (deleteat);
create index idx_channels_displayname_lower on channels (lower(displayname));
create index idx_channels_name_lower on channels (lower(name));
create index idx_channels_scheme_id on channels (schemeid);
create index idx_channels_team_id_display_name on channels (teamid, displayname);
create index idx_channels_team_id_type on channels (teamid, type);
create index idx_channels_update_at on channels (updateat);

create table publicchannels (
    id varchar(26) primary key,
    deleteat bigint,
    teamid varchar(26),
    displayname varchar(64),
    name varchar(64),
    header varchar(1024),
    purpose varchar(250),
    unique (name, teamid)
);
create index idx_publicchannels_delete_at on publicchannels (deleteat);
create index idx_publicchannels_displayname_lower on publicchannels (lower(displayname));
create index idx_publicchannels_name_lower on publicchannels (lower(name));
create index idx_publicchannels_search_txt
    on publicchannels using gin (to_tsvector('english', name || ' ' || displayname || ' ' || purpose));
create index idx_publicchannels_team_id on publicchannels (teamid);

create table channelmembers (
    channelid varchar(26),
    userid varchar(26),
    roles varchar(256),
    lastviewedat bigint,
    msgcount bigint,
    mentioncount bigint,
    notifyprops jsonb,
    lastupdateat bigint,
    schemeuser boolean,
    schemeadmin boolean,
    schemeguest boolean,
    mentioncountroot bigint,
    msgcountroot bigint,
    urgentmentioncount bigint,
    autotranslation boolean default false not null,
    autotranslationdisabled boolean default false not null,
    primary key (channelid, userid)
);
create index idx_channelmembers_autotranslation_enabled on channelmembers (channelid) where autotranslation = true;
create index idx_channelmembers_channel_id_scheme_guest_user_id on channelmembers (channelid, schemeguest, userid);
create index idx_channelmembers_user_id_channel_id_last_viewed_at on channelmembers (userid, channelid, lastviewedat);

create table channelmemberhistory (
    channelid varchar(26),
    userid varchar(26),
    jointime bigint,
    leavetime bigint,
    primary key (channelid, userid, jointime)
);

create table channelbookmarks (
    id varchar(26) primary key,
    ownerid varchar(26) not null,
    channelid varchar(26) not null,
    fileinfoid varchar(26) default null,
    createat bigint default 0,
    updateat bigint default 0,
    deleteat bigint default 0,
    displayname text default '',
    sortorder integer default 0,
    linkurl text,
    imageurl text,
    emoji varchar(64) default null,
    type channel_bookmark_type default 'link',
    originalid varchar(26) default null,
    parentid varchar(26) default null
);
create index idx_channelbookmarks_channelid on channelbookmarks (channelid);
create index idx_channelbookmarks_delete_at on channelbookmarks (deleteat);
create index idx_channelbookmarks_update_at on channelbookmarks (updateat);

create table sidebarcategories (
    id varchar(128) primary key,
    userid varchar(26),
    teamid varchar(26),
    sortorder bigint,
    sorting varchar(64),
    type varchar(64),
    displayname varchar(64),
    muted boolean,
    collapsed boolean
);
create index idx_sidebarcategories_userid_teamid on sidebarcategories (userid, teamid);

create table sidebarchannels (
    channelid varchar(26),
    userid varchar(26),
    categoryid varchar(128),
    sortorder bigint,
    primary key (channelid, userid, categoryid)
);
create index idx_sidebarchannels_categoryid on sidebarchannels (categoryid);

create table groupteams (
    groupid varchar(26),
    autoadd boolean,
    schemeadmin boolean,
    createat bigint,
    deleteat bigint,
    updateat bigint,
    teamid varchar(26),
    primary key (groupid, teamid)
);
create index idx_groupteams_schemeadmin on groupteams (schemeadmin);
create index idx_groupteams_teamid on groupteams (teamid);

create table groupchannels (
    groupid varchar(26),
    autoadd boolean,
    schemeadmin boolean,
    createat bigint,
    deleteat bigint,
    updateat bigint,
    channelid varchar(26),
    primary key (groupid, channelid)
);
create index idx_groupchannels_channelid on groupchannels (channelid);
create index idx_groupchannels_schemeadmin on groupchannels (schemeadmin);
