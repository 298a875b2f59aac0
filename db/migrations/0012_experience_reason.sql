-- What hurt a customer most of late is asked for with every list: of the pieces of evidence, the few that took 5 points.
create index evidence_falls on evidence (customer_id, at) where score_before - score_after >= 5;
