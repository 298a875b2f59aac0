-- The log is asked by position, and by customer in the order in which things happened. A third index, by customer and
-- position, served nobody, and each append paid for it with a page of its own.
alter table interactions drop constraint interactions_pkey;
alter table interactions add primary key (position);
drop index interactions_order;
