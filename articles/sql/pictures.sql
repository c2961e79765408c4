-- Pictures for readers: the readers' role gets one that a record names while its claim is not retracted, and never the
-- desk's tables. The desk may have pictures that are not published yet.

CREATE OR REPLACE FUNCTION factcheck_public_picture(wanted text, wide integer, ending text) RETURNS TABLE (content bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT v.content FROM articles_picturevariant v JOIN articles_picture p ON p.id = v.picture_id
    WHERE p.sha256 = wanted AND v.width = wide AND v.format = ending
        AND EXISTS (
            SELECT FROM articles_publishedpicture named JOIN articles_publishedclaim c ON c.claim_id = named.claim_id
            WHERE named.sha256 = wanted AND NOT c.is_retracted
        )
$$;

REVOKE ALL ON FUNCTION factcheck_public_picture(text, integer, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION factcheck_public_picture(text, integer, text) TO factcheck_readers;
