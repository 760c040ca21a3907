create table orders (
    id       integer primary key,
    customer text    not null,
    item     text    not null,
    price    numeric not null,
    placed   text    not null
);

with recursive counter(x) as (select 1 union all select x + 1 from counter where x < 200000)
insert into orders
select x,
       case x % 2 when 0 then 'ann' else 'bob' end,
       'item ' || (x * 7919 % 1000),
       (x * 104729 % 100000) / 100.0,
       datetime('2026-01-01', x || ' minutes')
from counter;
