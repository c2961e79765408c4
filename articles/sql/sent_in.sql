-- The state of what a reader sent in, for whoever has its reference: the one thing of the desk's tables that the
-- readers' role may ask for, so that the page is there while the primary is away. References are secret, so the role
-- gets one row for a reference, never the table.

CREATE OR REPLACE FUNCTION factcheck_report(wanted text)
RETURNS TABLE (
    reference text, received_at timestamptz, state text, answer text, decided_at timestamptz, correction integer,
    claim_id uuid, page text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT r.reference, r.received_at, r.state, CASE WHEN r.decided_at IS NULL THEN '' ELSE r.answer END,
        r.decided_at, r.correction, r.claim_id, r.page
    FROM articles_report r WHERE r.reference = wanted
$$;

-- A claim that was dropped as a repeat of another leads to that one, which may have been dropped as a repeat in turn.
-- articles/selectors/submissions.py does the same for the lists of partners.
CREATE OR REPLACE FUNCTION factcheck_suggestion(wanted text)
RETURNS TABLE (
    reference text, received_at timestamptz, state text, words text, decision_note text, claim_id uuid,
    followed uuid, is_dropped boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    WITH RECURSIVE sent AS (
        SELECT s.* FROM articles_submission s
        WHERE s.reference = wanted AND s.partner_id IS NULL AND s.payload = '{"from": "reader"}'
    ), way AS (
        SELECT s.claim_id AS place, 0 AS step FROM sent s
        UNION ALL
        SELECT (
            SELECT r.other_id FROM articles_relation r JOIN articles_claim c ON c.id = r.claim_id
            WHERE r.claim_id = w.place AND r.kind = 'repeats' AND c.stage = 'dropped' ORDER BY r.id DESC LIMIT 1
        ), w.step + 1
        FROM way w WHERE w.place IS NOT NULL AND w.step < 3
    ), reached AS (
        SELECT w.place FROM way w WHERE w.place IS NOT NULL ORDER BY w.step DESC LIMIT 1
    )
    SELECT s.reference, s.received_at, s.state, s.text, s.decision_note, s.claim_id, (SELECT place FROM reached),
        EXISTS (SELECT FROM articles_claim c WHERE c.id = (SELECT place FROM reached) AND c.stage = 'dropped')
    FROM sent s
$$;

REVOKE ALL ON FUNCTION factcheck_report(text), factcheck_suggestion(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION factcheck_report(text), factcheck_suggestion(text) TO factcheck_readers;
