-- The record: territory, organisations, facilities, projects, their money and
-- papers, and the journal. Money is whole tiyn (1/100 KZT), a day is YYYYMMDD,
-- a time is seconds since 1970 UTC. NULL is "not published", never zero.
-- Numbered codes (status, category, work_kind, budget_level, facility_type,
-- location_precision) are places in the lists of query/codes.h.

CREATE TABLE meta (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	data_version INTEGER NOT NULL CHECK (data_version >= 0),
	published INTEGER NOT NULL
);
INSERT INTO meta VALUES (1, 0, 0);

-- id is an INTEGER PRIMARY KEY everywhere, because VACUUM renumbers other
-- rowids and the spatial indexes point at them.
CREATE TABLE district (
	id INTEGER PRIMARY KEY,
	kato TEXT NOT NULL UNIQUE
		CHECK (length(kato) = 9 AND kato NOT GLOB '*[^0-9]*'),
	parent TEXT CHECK (length(parent) = 9 AND parent NOT GLOB '*[^0-9]*'),
	name_kk TEXT NOT NULL CHECK (name_kk <> ''),
	name_ru TEXT NOT NULL CHECK (name_ru <> ''),
	name_en TEXT CHECK (name_en <> ''),
	label_lon REAL NOT NULL CHECK (label_lon BETWEEN -180 AND 180),
	label_lat REAL NOT NULL CHECK (label_lat BETWEEN -90 AND 90),
	area REAL NOT NULL DEFAULT 0 CHECK (area >= 0), -- km2
	generalised INTEGER NOT NULL DEFAULT 0 CHECK (generalised IN (0, 1)),
	valid_from INTEGER CHECK (valid_from BETWEEN 19000101 AND 22001231),
	-- NULL: in force
	valid_to INTEGER CHECK (valid_to BETWEEN 19000101 AND 22001231),
	sort_key INTEGER NOT NULL,              -- Hilbert code of the label
	sort_name BLOB,                         -- Kazakh alphabetical order
	source TEXT NOT NULL CHECK (source <> ''),
	as_of INTEGER NOT NULL CHECK (as_of BETWEEN 19000101 AND 22001231),
	change INTEGER NOT NULL,                -- data version of its change
	CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
);
SELECT AddGeometryColumn('district', 'geom', 4326, 'MULTIPOLYGON', 'XY');
SELECT CreateSpatialIndex('district', 'geom');

-- A BIN with its check digit; its fifth digit is 4, 5 or 6. The fifth digit of
-- a person's number is 0 to 3: such a number is never stored.
CREATE TABLE organisation (
	id INTEGER PRIMARY KEY,
	bin TEXT UNIQUE CHECK (
		length(bin) = 12 AND bin NOT GLOB '*[^0-9]*'
		AND substr(bin, 5, 1) IN ('4', '5', '6')
		AND CAST(substr(bin, 12, 1) AS INTEGER) =
		CASE (substr(bin, 1, 1) + 2 * substr(bin, 2, 1)
			+ 3 * substr(bin, 3, 1) + 4 * substr(bin, 4, 1)
			+ 5 * substr(bin, 5, 1) + 6 * substr(bin, 6, 1)
			+ 7 * substr(bin, 7, 1) + 8 * substr(bin, 8, 1)
			+ 9 * substr(bin, 9, 1) + 10 * substr(bin, 10, 1)
			+ 11 * substr(bin, 11, 1)) % 11
		WHEN 10 THEN (3 * substr(bin, 1, 1) + 4 * substr(bin, 2, 1)
			+ 5 * substr(bin, 3, 1) + 6 * substr(bin, 4, 1)
			+ 7 * substr(bin, 5, 1) + 8 * substr(bin, 6, 1)
			+ 9 * substr(bin, 7, 1) + 10 * substr(bin, 8, 1)
			+ 11 * substr(bin, 9, 1) + substr(bin, 10, 1)
			+ 2 * substr(bin, 11, 1)) % 11
		ELSE (substr(bin, 1, 1) + 2 * substr(bin, 2, 1)
			+ 3 * substr(bin, 3, 1) + 4 * substr(bin, 4, 1)
			+ 5 * substr(bin, 5, 1) + 6 * substr(bin, 6, 1)
			+ 7 * substr(bin, 7, 1) + 8 * substr(bin, 8, 1)
			+ 9 * substr(bin, 9, 1) + 10 * substr(bin, 10, 1)
			+ 11 * substr(bin, 11, 1)) % 11
		END),
	external_id TEXT UNIQUE CHECK (external_id <> ''
		AND NOT (length(external_id) = 12
			AND external_id NOT GLOB '*[^0-9]*')),
	is_person INTEGER NOT NULL DEFAULT 0 CHECK (is_person IN (0, 1)),
	kind TEXT NOT NULL CHECK (kind IN ('state_body', 'state_institution',
		'company', 'individual_entrepreneur', 'ngo', 'other')),
	name_kk TEXT CHECK (name_kk <> ''),
	name_ru TEXT CHECK (name_ru <> ''),
	name_en TEXT CHECK (name_en <> ''),
	kato TEXT CHECK (length(kato) = 9 AND kato NOT GLOB '*[^0-9]*'),
	change INTEGER NOT NULL,
	CHECK (is_person = 0 OR bin IS NULL),
	CHECK (bin IS NOT NULL OR external_id IS NOT NULL),
	CHECK (name_kk IS NOT NULL OR name_ru IS NOT NULL)
);

CREATE TABLE facility (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE CHECK (public_id <> ''),
	facility_type INTEGER NOT NULL CHECK (facility_type BETWEEN 0 AND 63),
	name_kk TEXT CHECK (name_kk <> ''),
	name_ru TEXT CHECK (name_ru <> ''),
	name_en TEXT CHECK (name_en <> ''),
	address_kk TEXT CHECK (address_kk <> ''),
	address_ru TEXT CHECK (address_ru <> ''),
	address_en TEXT CHECK (address_en <> ''),
	kato TEXT CHECK (length(kato) = 9 AND kato NOT GLOB '*[^0-9]*'),
	capacity_value REAL CHECK (capacity_value >= 0),
	capacity_unit TEXT CHECK (capacity_unit IN ('pupil_place', 'bed',
		'visit_per_shift', 'm2', 'km', 'm3_day', 'apartment')),
	built_year INTEGER CHECK (built_year BETWEEN 1800 AND 2200),
	change INTEGER NOT NULL,
	CHECK (name_kk IS NOT NULL OR name_ru IS NOT NULL)
);
SELECT AddGeometryColumn('facility', 'geom', 4326, 'GEOMETRY', 'XY');
SELECT CreateSpatialIndex('facility', 'geom');

-- What follows "derived" is computed from the rest in the transaction that
-- changes it (store/figures.h), so that reading is one flat scan.
CREATE TABLE project (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	public_id TEXT NOT NULL UNIQUE CHECK (length(public_id) = 15
		AND public_id GLOB 'TKS-[12][0-9][0-9][0-9]-[0-9]*'
		AND substr(public_id, 10) NOT GLOB '*[^0-9]*'),
	state TEXT NOT NULL DEFAULT 'published'
		CHECK (state IN ('draft', 'review', 'published', 'withdrawn')),
	withdrawn_on INTEGER CHECK (withdrawn_on BETWEEN 19000101 AND 22001231),
	withdrawn_reason TEXT,
	source_system TEXT CHECK (source_system <> ''),
	source_ref TEXT CHECK (source_ref <> ''),
	title_kk TEXT CHECK (title_kk <> ''),
	title_ru TEXT CHECK (title_ru <> ''),
	title_en TEXT CHECK (title_en <> ''),
	description_kk TEXT CHECK (description_kk <> ''),
	description_ru TEXT CHECK (description_ru <> ''),
	description_en TEXT CHECK (description_en <> ''),
	purpose_kk TEXT CHECK (purpose_kk <> ''),
	purpose_ru TEXT CHECK (purpose_ru <> ''),
	purpose_en TEXT CHECK (purpose_en <> ''),
	status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 31),
	substatus_kk TEXT CHECK (substatus_kk <> ''),
	substatus_ru TEXT CHECK (substatus_ru <> ''),
	substatus_en TEXT CHECK (substatus_en <> ''),
	category INTEGER NOT NULL CHECK (category BETWEEN 0 AND 31),
	sector TEXT CHECK (sector <> ''),       -- codes separated by ';'
	work_kind INTEGER NOT NULL CHECK (work_kind BETWEEN 0 AND 31),
	facility_id INTEGER REFERENCES facility(id),
	facility_type INTEGER CHECK (facility_type BETWEEN 0 AND 63),
	kato TEXT CHECK (length(kato) = 9 AND kato NOT GLOB '*[^0-9]*'),
	address_kk TEXT CHECK (address_kk <> ''),
	address_ru TEXT CHECK (address_ru <> ''),
	address_en TEXT CHECK (address_en <> ''),
	-- exact street settlement district; NULL when it has no place
	location_precision INTEGER CHECK (location_precision BETWEEN 0 AND 3),
	planned_start INTEGER CHECK (planned_start BETWEEN 19000101 AND 22001231),
	planned_end INTEGER CHECK (planned_end BETWEEN 19000101 AND 22001231),
	first_planned_end INTEGER
		CHECK (first_planned_end BETWEEN 19000101 AND 22001231),
	actual_start INTEGER CHECK (actual_start BETWEEN 19000101 AND 22001231),
	actual_end INTEGER CHECK (actual_end BETWEEN 19000101 AND 22001231),
	end_reason_kk TEXT CHECK (end_reason_kk <> ''),
	end_reason_ru TEXT CHECK (end_reason_ru <> ''),
	end_reason_en TEXT CHECK (end_reason_en <> ''),
	budget_approved INTEGER CHECK (budget_approved >= 0),
	approval_date INTEGER CHECK (approval_date BETWEEN 19000101 AND 22001231),
	-- summaries that the tables of contracts, payments, funding override
	contracted_summary INTEGER CHECK (contracted_summary >= 0),
	paid_summary INTEGER CHECK (paid_summary >= 0),
	years_summary INTEGER NOT NULL DEFAULT 0,  -- bits year - 2000
	levels_summary INTEGER NOT NULL DEFAULT 0, -- bits of budget levels
	final_cost INTEGER CHECK (final_cost >= 0),
	final_cost_reason_kk TEXT,
	final_cost_reason_ru TEXT,
	final_cost_reason_en TEXT,
	final_scope_kk TEXT,
	final_scope_ru TEXT,
	final_scope_en TEXT,
	capacity_planned REAL CHECK (capacity_planned >= 0),
	capacity_actual REAL CHECK (capacity_actual >= 0),
	capacity_unit TEXT CHECK (capacity_unit IN ('pupil_place', 'bed',
		'visit_per_shift', 'm2', 'km', 'm3_day', 'apartment')),
	progress REAL CHECK (progress BETWEEN 0 AND 100), -- physical, %
	customer_id INTEGER REFERENCES organisation(id),
	contractor_id INTEGER REFERENCES organisation(id),
	operator_id INTEGER REFERENCES organisation(id),
	responsible_title TEXT,                  -- of the post, never a name
	warranty_until INTEGER
		CHECK (warranty_until BETWEEN 19000101 AND 22001231),
	parent_id INTEGER REFERENCES project(id),
	source TEXT NOT NULL CHECK (source <> ''),
	as_of INTEGER NOT NULL CHECK (as_of BETWEEN 19000101 AND 22001231),
	demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
	change INTEGER NOT NULL,                 -- data version of its change
	-- derived
	sort_key INTEGER NOT NULL DEFAULT 9223372036854775807, -- Hilbert code
	anchor_lon REAL,
	anchor_lat REAL,
	home INTEGER NOT NULL DEFAULT 255,       -- district number, 255 none
	districts INTEGER NOT NULL DEFAULT 0,    -- bits of district numbers
	planned INTEGER,
	contracted INTEGER,
	paid INTEGER,
	years INTEGER NOT NULL DEFAULT 0,        -- bits year - 2000
	levels INTEGER NOT NULL DEFAULT 0,
	year_lines BLOB,  -- 28 bytes a year: year, planned, contracted, paid
	CHECK (title_kk IS NOT NULL OR title_ru IS NOT NULL),
	CHECK ((source_system IS NULL) = (source_ref IS NULL)),
	CHECK ((state = 'withdrawn') = (withdrawn_reason IS NOT NULL)),
	CHECK ((state = 'withdrawn') = (withdrawn_on IS NOT NULL)),
	CHECK ((anchor_lon IS NULL) = (anchor_lat IS NULL)),
	CHECK (planned_start IS NULL OR planned_end IS NULL
		OR planned_start <= planned_end),
	CHECK (actual_start IS NULL OR actual_end IS NULL
		OR actual_start <= actual_end),
	UNIQUE (source_system, source_ref)
);
SELECT AddGeometryColumn('project', 'geom', 4326, 'GEOMETRY', 'XY');
SELECT CreateSpatialIndex('project', 'geom');
CREATE INDEX project_order ON project (sort_key, id, change)
	WHERE state = 'published';
CREATE INDEX project_customer ON project (customer_id);
CREATE INDEX project_contractor ON project (contractor_id);
CREATE INDEX project_facility ON project (facility_id);

CREATE TABLE funding_line (
	id INTEGER PRIMARY KEY,
	project_id INTEGER NOT NULL REFERENCES project(id),
	fiscal_year INTEGER NOT NULL CHECK (fiscal_year BETWEEN 2000 AND 2063),
	budget_level INTEGER NOT NULL CHECK (budget_level BETWEEN 0 AND 7),
	budget_kato TEXT NOT NULL DEFAULT '',
	func_group TEXT NOT NULL DEFAULT '',
	func_subgroup TEXT NOT NULL DEFAULT '',
	administrator TEXT NOT NULL DEFAULT '',
	programme TEXT NOT NULL DEFAULT '',
	subprogramme TEXT NOT NULL DEFAULT '',
	specific TEXT NOT NULL DEFAULT '',
	title_kk TEXT,
	title_ru TEXT,
	title_en TEXT,
	planned INTEGER CHECK (planned >= 0),
	adjusted INTEGER CHECK (adjusted >= 0),
	contracted INTEGER CHECK (contracted >= 0),
	paid INTEGER CHECK (paid >= 0),
	as_of INTEGER NOT NULL CHECK (as_of BETWEEN 19000101 AND 22001231),
	source TEXT NOT NULL CHECK (source <> ''),
	change INTEGER NOT NULL,
	UNIQUE (project_id, fiscal_year, budget_level, budget_kato, func_group,
		func_subgroup, administrator, programme, subprogramme, specific)
);

CREATE TABLE contract (
	id INTEGER PRIMARY KEY,
	contract_id TEXT NOT NULL UNIQUE CHECK (contract_id <> ''),
	project_id INTEGER NOT NULL REFERENCES project(id),
	external_no TEXT,
	nature TEXT CHECK (nature IN ('design', 'construction', 'supervision',
		'equipment', 'expertise')),
	method TEXT CHECK (method IN ('open', 'selective', 'limited', 'direct')),
	published_on INTEGER CHECK (published_on BETWEEN 19000101 AND 22001231),
	bids_due INTEGER CHECK (bids_due BETWEEN 19000101 AND 22001231),
	estimate INTEGER CHECK (estimate >= 0),
	bidders INTEGER CHECK (bidders >= 0),
	signed_on INTEGER CHECK (signed_on BETWEEN 19000101 AND 22001231),
	value_original INTEGER CHECK (value_original >= 0),
	value_current INTEGER CHECK (value_current >= 0),
	start_original INTEGER
		CHECK (start_original BETWEEN 19000101 AND 22001231),
	end_original INTEGER CHECK (end_original BETWEEN 19000101 AND 22001231),
	start_current INTEGER
		CHECK (start_current BETWEEN 19000101 AND 22001231),
	end_current INTEGER CHECK (end_current BETWEEN 19000101 AND 22001231),
	status TEXT NOT NULL CHECK (status IN ('pre-award', 'active', 'closed')),
	final_value INTEGER CHECK (final_value >= 0),
	url TEXT,
	as_of INTEGER NOT NULL CHECK (as_of BETWEEN 19000101 AND 22001231),
	source TEXT NOT NULL CHECK (source <> ''),
	change INTEGER NOT NULL
);
CREATE INDEX contract_project ON contract (project_id);

-- A consortium has several.
CREATE TABLE contract_supplier (
	contract_id INTEGER NOT NULL REFERENCES contract(id),
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	PRIMARY KEY (contract_id, organisation_id)
) WITHOUT ROWID;
CREATE INDEX contract_supplier_organisation
	ON contract_supplier (organisation_id);

CREATE TABLE amendment (
	id INTEGER PRIMARY KEY,
	amendment_id TEXT NOT NULL UNIQUE CHECK (amendment_id <> ''),
	contract_id INTEGER NOT NULL REFERENCES contract(id),
	date INTEGER NOT NULL CHECK (date BETWEEN 19000101 AND 22001231),
	kind TEXT NOT NULL CHECK (kind IN ('duration', 'value', 'scope')),
	old_value INTEGER CHECK (old_value >= 0),
	new_value INTEGER CHECK (new_value >= 0),
	old_end INTEGER CHECK (old_end BETWEEN 19000101 AND 22001231),
	new_end INTEGER CHECK (new_end BETWEEN 19000101 AND 22001231),
	description_kk TEXT,
	description_ru TEXT,
	description_en TEXT,
	rationale_kk TEXT,
	rationale_ru TEXT,
	rationale_en TEXT,
	as_of INTEGER NOT NULL CHECK (as_of BETWEEN 19000101 AND 22001231),
	source TEXT NOT NULL CHECK (source <> ''),
	change INTEGER NOT NULL
);
CREATE INDEX amendment_contract ON amendment (contract_id);

CREATE TABLE payment (
	id INTEGER PRIMARY KEY,
	payment_id TEXT NOT NULL UNIQUE CHECK (payment_id <> ''),
	project_id INTEGER NOT NULL REFERENCES project(id),
	contract_id INTEGER REFERENCES contract(id),
	date INTEGER NOT NULL CHECK (date BETWEEN 19000101 AND 22001231),
	amount INTEGER NOT NULL, -- a return of money is negative
	payer_id INTEGER REFERENCES organisation(id),
	payee_id INTEGER REFERENCES organisation(id),
	invoice_ref TEXT,
	as_of INTEGER NOT NULL CHECK (as_of BETWEEN 19000101 AND 22001231),
	source TEXT NOT NULL CHECK (source <> ''),
	change INTEGER NOT NULL
);
CREATE INDEX payment_project ON payment (project_id);
CREATE INDEX payment_contract ON payment (contract_id);
CREATE INDEX payment_payer ON payment (payer_id);
CREATE INDEX payment_payee ON payment (payee_id);

CREATE TABLE milestone (
	id INTEGER PRIMARY KEY,
	milestone_id TEXT NOT NULL UNIQUE CHECK (milestone_id <> ''),
	project_id INTEGER NOT NULL REFERENCES project(id),
	type TEXT CHECK (type IN ('preProcurement', 'approval', 'engagement',
		'assessment', 'delivery', 'reporting', 'financing', 'payment',
		'procurement', 'contractClose')),
	code TEXT,
	status TEXT NOT NULL CHECK (status IN ('scheduled', 'met', 'notMet',
		'partiallyMet')),
	due_original INTEGER CHECK (due_original BETWEEN 19000101 AND 22001231),
	due_current INTEGER CHECK (due_current BETWEEN 19000101 AND 22001231),
	met_on INTEGER CHECK (met_on BETWEEN 19000101 AND 22001231),
	title_kk TEXT,
	title_ru TEXT,
	title_en TEXT,
	as_of INTEGER NOT NULL CHECK (as_of BETWEEN 19000101 AND 22001231),
	source TEXT NOT NULL CHECK (source <> ''),
	change INTEGER NOT NULL
);
CREATE INDEX milestone_project ON milestone (project_id);

CREATE TABLE document (
	id INTEGER PRIMARY KEY,
	document_id TEXT NOT NULL UNIQUE CHECK (document_id <> ''),
	project_id INTEGER NOT NULL REFERENCES project(id),
	document_type TEXT NOT NULL CHECK (document_type <> ''),
	title_kk TEXT,
	title_ru TEXT,
	title_en TEXT,
	url TEXT,
	sha256 TEXT CHECK (length(sha256) = 64
		AND sha256 NOT GLOB '*[^0-9a-f]*'),
	bytes INTEGER CHECK (bytes >= 0),
	format TEXT,
	language TEXT CHECK (language IN ('kk', 'ru', 'en')),
	date_published INTEGER
		CHECK (date_published BETWEEN 19000101 AND 22001231),
	as_of INTEGER NOT NULL CHECK (as_of BETWEEN 19000101 AND 22001231),
	source TEXT NOT NULL CHECK (source <> ''),
	change INTEGER NOT NULL
);
CREATE INDEX document_project ON document (project_id);

CREATE TABLE observation (
	id INTEGER PRIMARY KEY,
	project_id INTEGER NOT NULL REFERENCES project(id),
	metric TEXT NOT NULL CHECK (metric IN ('physicalProgress',
		'financialProgress', 'capacity')),
	kind TEXT NOT NULL CHECK (kind IN ('forecast', 'actual')),
	date INTEGER NOT NULL CHECK (date BETWEEN 19000101 AND 22001231),
	value REAL NOT NULL,
	unit TEXT NOT NULL CHECK (unit <> ''),
	as_of INTEGER NOT NULL CHECK (as_of BETWEEN 19000101 AND 22001231),
	source TEXT NOT NULL CHECK (source <> ''),
	change INTEGER NOT NULL,
	UNIQUE (project_id, metric, kind, date)
);

-- The journal: one chain through both tables, numbered together by seq. A
-- batch closes the changes that came before it: what was done, by whom, from
-- which file. hash = SHA-256 (prev, canonical JSON of the row).
CREATE TABLE journal_batch (
	seq INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	command TEXT NOT NULL,
	file_name TEXT,
	file_sha256 TEXT,
	reason TEXT,
	data_version INTEGER NOT NULL,          -- that it published
	created INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	withdrawn INTEGER NOT NULL,
	unchanged INTEGER NOT NULL,
	refused INTEGER NOT NULL,
	prev BLOB NOT NULL CHECK (length(prev) = 32),
	hash BLOB NOT NULL CHECK (length(hash) = 32)
);
CREATE TABLE journal_change (
	seq INTEGER PRIMARY KEY,
	batch INTEGER NOT NULL
		REFERENCES journal_batch(number) DEFERRABLE INITIALLY DEFERRED,
	entity TEXT NOT NULL,                   -- name of the table
	key TEXT NOT NULL,                      -- public key of the record
	project_id INTEGER REFERENCES project(id),
	op TEXT NOT NULL CHECK (op IN ('create', 'change', 'withdraw')),
	body TEXT NOT NULL,                     -- {"is":{...},"was":{...}}
	prev BLOB NOT NULL CHECK (length(prev) = 32),
	hash BLOB NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX journal_change_project ON journal_change (project_id, seq)
	WHERE project_id IS NOT NULL;

CREATE TRIGGER journal_batch_no_update BEFORE UPDATE ON journal_batch BEGIN
	SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER journal_batch_no_delete BEFORE DELETE ON journal_batch BEGIN
	SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER journal_change_no_update BEFORE UPDATE ON journal_change BEGIN
	SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER journal_change_no_delete BEFORE DELETE ON journal_change BEGIN
	SELECT RAISE(ABORT, 'the journal is append-only');
END;

-- Nothing that was public vanishes: a project is withdrawn, not deleted.
CREATE TRIGGER project_no_delete BEFORE DELETE ON project BEGIN
	SELECT RAISE(ABORT, 'projects are withdrawn, not deleted');
END;
CREATE TRIGGER project_first_end_frozen
BEFORE UPDATE OF first_planned_end ON project
WHEN OLD.first_planned_end IS NOT NULL
	AND NEW.first_planned_end IS NOT OLD.first_planned_end BEGIN
	SELECT RAISE(ABORT, 'the first published end does not change');
END;
