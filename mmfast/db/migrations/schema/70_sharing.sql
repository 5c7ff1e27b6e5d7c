-- Channels shared with other installations.

create table remoteclusters (
    remoteid varchar(26),
    remoteteamid varchar(26),
    name varchar(64),
    displayname varchar(64),
    siteurl varchar(512),
    createat bigint,
    lastpingat bigint,
    token varchar(26),
    remotetoken varchar(26),
    topics varchar(512),
    creatorid varchar(26),
    pluginid varchar(190) default '' not null,
    options smallint default 0 not null,
    defaultteamid varchar(26) default '',
    deleteat bigint default 0,
    lastglobalusersyncat bigint default 0,
    primary key (remoteid, name)
);

create table sharedchannels (
    channelid varchar(26) primary key,
    teamid varchar(26),
    home boolean,
    readonly boolean,
    sharename varchar(64),
    sharedisplayname varchar(64),
    sharepurpose varchar(250),
    shareheader varchar(1024),
    creatorid varchar(26),
    createat bigint,
    updateat bigint,
    remoteid varchar(26),
    unique (sharename, teamid)
);

create table sharedchannelremotes (
    id varchar(26),
    channelid varchar(26),
    creatorid varchar(26),
    createat bigint,
    updateat bigint,
    isinviteaccepted boolean,
    isinviteconfirmed boolean,
    remoteid varchar(26),
    lastpostupdateat bigint,
    lastpostid varchar(26),
    lastpostcreateat bigint default 0 not null,
    lastpostcreateid varchar(26),
    deleteat bigint default 0,
    lastmemberssyncat bigint default 0,
    primary key (id, channelid),
    unique (channelid, remoteid)
);

create table sharedchannelusers (
    id varchar(26) primary key,
    userid varchar(26),
    remoteid varchar(26),
    createat bigint,
    lastsyncat bigint,
    channelid varchar(26),
    lastmembershipsyncat bigint default 0,
    unique (userid, channelid, remoteid)
);
create index idx_sharedchannelusers_remote_id on sharedchannelusers (remoteid);

create table sharedchannelattachments (
    id varchar(26) primary key,
    fileid varchar(26),
    remoteid varchar(26),
    createat bigint,
    lastsyncat bigint,
    unique (fileid, remoteid)
);
