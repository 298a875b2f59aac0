-- What is remembered is asked by customer; only when a segment goes are the states of a fact looked for, and that can wait.
drop index customer_facts_of_fact;
alter table customer_facts set (fillfactor = 70);
