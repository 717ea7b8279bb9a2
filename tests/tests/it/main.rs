//! Stories through the whole portal, each on SQLite and, where `AVP_TEST_POSTGRES_URL` is set, on PostgreSQL.

mod harness;

mod main_path;

mod matrix;

mod people;
