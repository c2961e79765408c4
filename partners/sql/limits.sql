-- Takes one token from each of several buckets, or from none when one of them is empty. The table partners_bucket is
-- UNLOGGED (migration 0002): a request that is counted must not wait for the disk.

CREATE OR REPLACE FUNCTION partners_take(keys text[], caps double precision[], rates double precision[])
RETURNS TABLE (bucket text, left_over double precision, was_taken boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    enough boolean;
BEGIN
    -- Fill up and lock every bucket, always in the same order; a new one is full. The clock is read under the lock.
    WITH filled AS (
        INSERT INTO partners_bucket AS b (key, tokens, at)
        SELECT w.key, w.cap, clock_timestamp() FROM unnest(keys, caps) AS w (key, cap) ORDER BY w.key
        ON CONFLICT (key) DO UPDATE SET
            tokens = least(excluded.tokens, b.tokens + rates[array_position(keys, b.key)]
                * greatest(0, extract(epoch FROM clock_timestamp() - b.at)::double precision)),
            at = clock_timestamp()
        RETURNING tokens
    )
    SELECT min(tokens) >= 1 INTO enough FROM filled;
    IF enough THEN
        RETURN QUERY UPDATE partners_bucket SET tokens = tokens - 1 WHERE key = ANY (keys) RETURNING key, tokens, true;
    ELSE
        RETURN QUERY SELECT key, tokens, false FROM partners_bucket WHERE key = ANY (keys);
    END IF;
END $$;
