#!/bin/sh
# Creates the roles and the database of the site. Run it once, as the administrator of PostgreSQL 15 or newer:
#   FACTCHECK_DB_PASSWORD=… sh deploy/postgres/create-database.sh
# In the container of PostgreSQL it runs by itself at the first start.
set -eu
: "${FACTCHECK_DB_PASSWORD:?Set FACTCHECK_DB_PASSWORD to the password of the new role}"
export FACTCHECK_DB_PASSWORD
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv password FACTCHECK_DB_PASSWORD
CREATE ROLE factcheck LOGIN PASSWORD :'password';
CREATE ROLE factcheck_readers NOLOGIN;
GRANT factcheck_readers TO factcheck;
CREATE DATABASE factcheck OWNER factcheck ENCODING 'UTF8' TEMPLATE template0;
\connect factcheck
CREATE EXTENSION IF NOT EXISTS pg_trgm;
SQL
