-- Retention, content review, and properties that administrators define.

create type property_field_type as enum ('text', 'select', 'multiselect', 'date', 'user', 'multiuser');

create table retentionpolicies (
    id varchar(26) primary key,
    displayname varchar(64),
    postduration bigint
);
create index idx_retentionpolicies_displayname on retentionpolicies (displayname);

create table retentionpolicieschannels (
    policyid varchar(26),
    channelid varchar(26) primary key,
    constraint fk_retentionpolicieschannels_retentionpolicies
        foreign key (policyid) references retentionpolicies on delete cascade
);
create index idx_retentionpolicieschannels_policyid on retentionpolicieschannels (policyid);

create table retentionpoliciesteams (
    policyid varchar(26),
    teamid varchar(26) primary key,
    constraint fk_retentionpoliciesteams_retentionpolicies
        foreign key (policyid) references retentionpolicies on delete cascade
);
create index idx_retentionpoliciesteams_policyid on retentionpoliciesteams (policyid);

create table retentionidsfordeletion (
    id varchar(26) primary key,
    tablename varchar(64),
    ids varchar(26)[]
);
create index idx_retentionidsfordeletion_tablename on retentionidsfordeletion (tablename);

create table contentflaggingcommonreviewers (
    userid varchar(26) primary key
);

create table contentflaggingteamreviewers (
    teamid varchar(26),
    userid varchar(26),
    primary key (teamid, userid)
);
create index idx_contentflaggingteamreviewers_userid on contentflaggingteamreviewers (userid);

create table contentflaggingteamsettings (
    teamid varchar(26) primary key,
    enabled boolean
);

create table propertygroups (
    id varchar(26) primary key,
    name varchar(64) not null unique
);

create table propertyfields (
    id varchar(26) primary key,
    groupid varchar(26) not null,
    name varchar(255) not null,
    type property_field_type,
    attrs jsonb,
    targetid varchar(255),
    targettype varchar(255),
    createat bigint not null,
    updateat bigint not null,
    deleteat bigint not null
);
create index idx_propertyfields_create_at_id on propertyfields (createat, id);
create unique index idx_propertyfields_unique on propertyfields (groupid, targetid, name) where deleteat = 0;

create table propertyvalues (
    id varchar(26) primary key,
    targetid varchar(255) not null,
    targettype varchar(255) not null,
    groupid varchar(26) not null,
    fieldid varchar(26) not null,
    value jsonb not null,
    createat bigint not null,
    updateat bigint not null,
    deleteat bigint not null
);
create index idx_propertyvalues_create_at_id on propertyvalues (createat, id);
create index idx_propertyvalues_targetid_groupid on propertyvalues (targetid, groupid);
create unique index idx_propertyvalues_unique on propertyvalues (groupid, targetid, fieldid) where deleteat = 0;
