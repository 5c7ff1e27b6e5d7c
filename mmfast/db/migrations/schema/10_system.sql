-- The installation itself: its settings in the database, jobs, audits, and what plugins keep.

create table systems (
    name varchar(64) primary key,
    value varchar(1024)
);

create table db_lock (
    id varchar(64) primary key,
    expireat bigint
);

create table db_migrations (
    version bigint primary key,
    name varchar not null
);

create table clusterdiscovery (
    id varchar(26) primary key,
    type varchar(64),
    clustername varchar(64),
    hostname varchar(512),
    gossipport integer,
    port integer,
    createat bigint,
    lastpingat bigint
);

create table licenses (
    id varchar(26) primary key,
    createat bigint,
    bytes varchar(10000)
);

create table jobs (
    id varchar(26) primary key,
    type varchar(32),
    priority bigint,
    createat bigint,
    startat bigint,
    lastactivityat bigint,
    status varchar(32),
    progress bigint,
    data jsonb
);
create index idx_jobs_status_type on jobs (status, type);
create index idx_jobs_type on jobs (type);

create table audits (
    id varchar(26) primary key,
    createat bigint,
    userid varchar(26),
    action varchar(512),
    extrainfo varchar(1024),
    ipaddress varchar(64),
    sessionid varchar(26)
);
create index idx_audits_user_id on audits (userid);

create table compliances (
    id varchar(26) primary key,
    createat bigint,
    userid varchar(26),
    status varchar(64),
    count integer,
    "desc" varchar(512),
    type varchar(64),
    startat bigint,
    endat bigint,
    keywords varchar(512),
    emails varchar(1024)
);

create table notifyadmin (
    userid varchar(26),
    createat bigint,
    requiredplan varchar(100),
    requiredfeature varchar(255),
    trial boolean not null,
    sentat bigint,
    primary key (userid, requiredfeature, requiredplan)
);

create table productnoticeviewstate (
    userid varchar(26),
    noticeid varchar(26),
    viewed integer,
    "timestamp" bigint,
    primary key (userid, noticeid)
);
create index idx_notice_views_notice_id on productnoticeviewstate (noticeid);
create index idx_notice_views_timestamp on productnoticeviewstate ("timestamp");

create table pluginkeyvaluestore (
    pluginid varchar(190),
    pkey varchar(150),
    pvalue bytea,
    expireat bigint,
    primary key (pluginid, pkey)
);

create table termsofservice (
    id varchar(26) primary key,
    createat bigint,
    userid varchar(26),
    text varchar(65535)
);

create table usertermsofservice (
    userid varchar(26) primary key,
    termsofserviceid varchar(26),
    createat bigint
);
