-- The order of claims by the day of their last check.

-- Days since 1900 in the upper bits, the record's number in the lower 40; a retracted claim has no day and comes last.
-- The index published_claim_by_check is built on it: rebuild the index when this changes.
CREATE OR REPLACE FUNCTION factcheck_checked_order(checked_on date, record_id bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ((coalesce(checked_on, DATE '1900-01-01') - DATE '1900-01-01')::bigint << 40) | record_id $$;
