-- By it the site knows the tokens that it gave to newcomers, of whom nothing is kept until they do something.
CREATE TABLE site_secrets (
    name TEXT PRIMARY KEY,
    secret BLOB NOT NULL
);
