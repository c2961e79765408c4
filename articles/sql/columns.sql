-- Rows of which only some columns may change.

-- An edition of a rating keeps its words; it can be retired and moved within the scale.
CREATE OR REPLACE FUNCTION factcheck_only_retire() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF to_jsonb(NEW) - 'retired_on' - 'position' IS DISTINCT FROM to_jsonb(OLD) - 'retired_on' - 'position' THEN
        RAISE EXCEPTION 'An edition of a rating never changes: retire it and add the next one'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER edition_never_changes BEFORE UPDATE ON articles_rating
    FOR EACH ROW EXECUTE FUNCTION factcheck_only_retire();

-- An expert's note keeps the expert's words; what the newsroom did with it is added.
CREATE OR REPLACE FUNCTION factcheck_only_settle() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF to_jsonb(NEW) - 'settled_at' - 'settled_by_id' - 'source_id'
        IS DISTINCT FROM to_jsonb(OLD) - 'settled_at' - 'settled_by_id' - 'source_id' THEN
        RAISE EXCEPTION 'A note from outside never changes: only what became of it is added'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER expert_note_never_changes BEFORE UPDATE ON articles_expertnote
    FOR EACH ROW EXECUTE FUNCTION factcheck_only_settle();

-- A reader's report keeps the reader's words until they are erased.
CREATE OR REPLACE FUNCTION factcheck_only_erase_words() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF (NEW.id, NEW.claim_id, NEW.page, NEW.revision, NEW.received_at, NEW.reference, NEW.form)
            IS DISTINCT FROM (OLD.id, OLD.claim_id, OLD.page, OLD.revision, OLD.received_at, OLD.reference, OLD.form)
        OR NEW.what NOT IN (OLD.what, '') OR NEW.how_known NOT IN (OLD.how_known, '')
        OR NEW.link NOT IN (OLD.link, '') OR NEW.email NOT IN (OLD.email, '')
    THEN
        RAISE EXCEPTION 'What a reader wrote can be erased, not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER words_are_only_erased BEFORE UPDATE ON articles_report
    FOR EACH ROW EXECUTE FUNCTION factcheck_only_erase_words();

-- A text never changes. Which article it is a text of can: two articles may have been taken for one by mistake.
CREATE OR REPLACE FUNCTION factcheck_text_never_changes() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF to_jsonb(NEW) - 'article_id' - 'number' IS DISTINCT FROM to_jsonb(OLD) - 'article_id' - 'number' THEN
        RAISE EXCEPTION '% keeps every row as it was written: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER text_never_changes BEFORE UPDATE ON articles_articleversion
    FOR EACH ROW EXECUTE FUNCTION factcheck_text_never_changes();

-- A capture never changes. Which source it is of can: two rows may have been one source.
CREATE OR REPLACE FUNCTION factcheck_capture_never_changes() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF to_jsonb(NEW) - 'source_id' IS DISTINCT FROM to_jsonb(OLD) - 'source_id' THEN
        RAISE EXCEPTION '% keeps every row as it was written: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER capture_never_changes BEFORE UPDATE ON articles_capture
    FOR EACH ROW EXECUTE FUNCTION factcheck_capture_never_changes();
