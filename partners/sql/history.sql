-- The history of partners and their keys only grows.

CREATE OR REPLACE FUNCTION partners_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps every row as it was written: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE TRIGGER change_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON partners_partnerchange
    FOR EACH STATEMENT EXECUTE FUNCTION partners_refuse();
