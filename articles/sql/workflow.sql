-- The steps of a claim's life cycle. articles/workflow.py has the same table, with who may take each step and when.

CREATE OR REPLACE FUNCTION factcheck_allow_step() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- A claim of an archive may begin as published: the person named by its batch takes responsibility for it.
        IF NEW.stage <> 'draft' AND NOT (NEW.stage = 'published' AND factcheck_is_importing()) THEN
            RAISE EXCEPTION 'A claim begins as a draft, not as %', NEW.stage USING ERRCODE = 'check_violation';
        END IF;
    ELSIF OLD.stage || '>' || NEW.stage <> ALL (ARRAY[
        'draft>checking',
        'checking>review',
        'review>checking',
        'approved>checking',
        'review>approved',
        'approved>published',
        'published>checking',
        'retracted>checking',
        'published>retracted',
        'checking>retracted',
        'review>retracted',
        'approved>retracted',
        'draft>dropped',
        'checking>dropped',
        'dropped>draft'
    ]) THEN
        RAISE EXCEPTION 'No step leads from % to %', OLD.stage, NEW.stage USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER life_begins_as_a_draft BEFORE INSERT ON articles_claim
    FOR EACH ROW EXECUTE FUNCTION factcheck_allow_step();
CREATE OR REPLACE TRIGGER life_takes_known_steps BEFORE UPDATE ON articles_claim
    FOR EACH ROW WHEN (OLD.stage IS DISTINCT FROM NEW.stage) EXECUTE FUNCTION factcheck_allow_step();
