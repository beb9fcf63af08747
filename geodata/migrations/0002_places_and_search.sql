-- Towns and villages people look for, and search in all projects.

CREATE TABLE place (
	id INTEGER PRIMARY KEY,
	place_id TEXT NOT NULL UNIQUE CHECK (place_id <> ''),
	name_kk TEXT NOT NULL CHECK (name_kk <> ''),
	name_ru TEXT CHECK (name_ru <> ''),
	name_en TEXT CHECK (name_en <> ''),
	kind TEXT NOT NULL CHECK (kind IN ('city', 'town', 'village', 'hamlet')),
	kato TEXT CHECK (length(kato) = 9 AND kato NOT GLOB '*[^0-9]*'),
	lon REAL NOT NULL CHECK (lon BETWEEN -180 AND 180),
	lat REAL NOT NULL CHECK (lat BETWEEN -90 AND 90),
	population INTEGER CHECK (population >= 0),
	source TEXT NOT NULL CHECK (source <> ''),
	change INTEGER NOT NULL
);

-- Derived: the folded names of a place.
CREATE TABLE place_name (
	folded TEXT NOT NULL,
	place_id INTEGER NOT NULL REFERENCES place(id) ON DELETE CASCADE,
	PRIMARY KEY (folded, place_id)
) WITHOUT ROWID;
CREATE INDEX place_name_place ON place_name (place_id);

-- Derived: the folded text of a published project, NULL for all others. What
-- changes it (store/figures.c) keeps the index of it up to date too.
ALTER TABLE project ADD COLUMN search TEXT;

CREATE VIRTUAL TABLE project_search USING fts5(search,
	content = 'project', content_rowid = 'id', detail = none,
	columnsize = 0,
	tokenize = 'unicode61 remove_diacritics 0');
