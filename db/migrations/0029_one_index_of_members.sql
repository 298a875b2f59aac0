-- Who is in a segment, and who is to be looked at again for it, are found by one index instead of two.
drop index segment_members_in, segment_members_of_segment;
create index segment_members_in on segment_members (segment_id, since desc, customer_id desc);
