-- Facts change with what happens, seldom in size: room in the page keeps their indexes as they are.
alter table customer_facts set (fillfactor = 80);
