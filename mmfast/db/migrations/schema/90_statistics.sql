-- Figures and attributes computed ahead of time; whoever shows them refreshes them.

create materialized view attributeview as
    select
        pv.groupid,
        pv.targetid,
        pv.targettype,
        jsonb_object_agg(
            pf.name,
            case
                when pf.type = 'select' then (
                    select to_jsonb(options.name)
                    from jsonb_to_recordset(pf.attrs -> 'options') as options(id text, name text)
                    where options.id = pv.value #>> '{}'
                    limit 1
                )
                when pf.type = 'multiselect' and jsonb_typeof(pv.value) = 'array' then (
                    select jsonb_agg(option_names.name)
                    from jsonb_array_elements_text(pv.value) as option_id(value)
                    join jsonb_to_recordset(pf.attrs -> 'options') as option_names(id text, name text)
                        on option_id.value = option_names.id
                )
                else pv.value
            end
        ) as attributes
    from propertyvalues pv
    left join propertyfields pf on pf.id = pv.fieldid
    where (pv.deleteat = 0 or pv.deleteat is null) and (pf.deleteat = 0 or pf.deleteat is null)
    group by pv.groupid, pv.targetid, pv.targettype;

create materialized view bot_posts_by_team_day as
    select to_timestamp(p.createat / 1000)::date as day, count(*) as num, c.teamid
    from posts p
    join bots b on p.userid = b.userid
    join channels c on p.channelid = c.id
    group by day, c.teamid;

create materialized view posts_by_team_day as
    select to_timestamp(p.createat / 1000)::date as day, count(*) as num, c.teamid
    from posts p
    join channels c on p.channelid = c.id
    group by day, c.teamid;

create materialized view poststats as
    select
        userid,
        to_timestamp(createat / 1000)::date as day,
        count(*) as numposts,
        max(createat) as lastpostdate
    from posts
    group by userid, day;
create index idx_poststats_userid on poststats (userid);

create materialized view file_stats as
    select count(*) as num, coalesce(sum(size), 0) as usage
    from fileinfo
    where deleteat = 0;
