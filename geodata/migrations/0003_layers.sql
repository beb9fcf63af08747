-- Layers that people import: any features with any attributes, each layer a
-- collection of its own.

CREATE TABLE layer (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 63
		AND name GLOB '[a-z]*' AND name NOT GLOB '*[^a-z0-9_]*'
		AND name NOT IN ('projects', 'districts', 'feedback')),
	title_kk TEXT NOT NULL CHECK (title_kk <> ''),
	title_ru TEXT NOT NULL CHECK (title_ru <> ''),
	title_en TEXT NOT NULL CHECK (title_en <> ''),
	licence TEXT NOT NULL DEFAULT '',
	source TEXT NOT NULL DEFAULT '',
	attribution TEXT NOT NULL DEFAULT '',
	date INTEGER CHECK (date BETWEEN 19000101 AND 22001231),
	-- [{"name", "source", "title_en", "title_kk", "title_ru", "type"}]:
	-- types are those of wires, source is what the file called it
	fields TEXT NOT NULL CHECK (json_valid(fields)),
	public INTEGER NOT NULL DEFAULT 1 CHECK (public IN (0, 1)),
	style TEXT,                             -- KML as it stood: styles
	rest TEXT,                              -- and what is no feature
	change INTEGER NOT NULL                 -- data version of its change
);

-- An id is never used again, in whatever layer.
CREATE TABLE layer_feature (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	layer_id INTEGER NOT NULL REFERENCES layer(id),
	source_id TEXT CHECK (source_id <> ''), -- what the file called it
	name TEXT,                              -- it is found again by
	attributes TEXT NOT NULL,               -- JSON by field, no nulls
	style TEXT,                             -- KML as it stood
	rest TEXT,                              -- what was not understood
	sort_key INTEGER NOT NULL,              -- Hilbert code
	anchor_lon REAL,
	anchor_lat REAL,
	change INTEGER NOT NULL,
	CHECK ((anchor_lon IS NULL) = (anchor_lat IS NULL))
);
SELECT AddGeometryColumn('layer_feature', 'geom', 4326, 'GEOMETRY', 'XY');
CREATE INDEX layer_feature_order
	ON layer_feature (layer_id, sort_key, id, change);
CREATE UNIQUE INDEX layer_feature_source
	ON layer_feature (layer_id, source_id) WHERE source_id IS NOT NULL;
