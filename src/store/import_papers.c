/* The columns of milestones.csv and documents.csv; what refers to what. */
#include "import_columns.h"

#include "base/array.h"

enum { TITLE_MAX = 300, ID_MAX = 100, URL_MAX = 1000 };

/* OC4IDS documentType, as far as we use it. */
static const char document_types[] =
    "projectScope feasibilityStudy designReport technicalSpecifications "
    "budgetApproval budgetAmendmentApproval needsAssessment "
    "landAndSettlementImpact environmentalImpact procurementPlan "
    "tenderNotice biddingDocuments evaluationReports awardNotice "
    "contractSigned contractAnnexe contractAmendment escalationApproval "
    "billOfQuantity subContract physicalProgressReport "
    "financialProgressReport paymentCertificate materialTestResults "
    "buildingInspectionReport qualityAssuranceReport completionCertificate "
    "maintenancePlan technicalAuditReport financialAuditReport "
    "projectEvaluation oversightReport complaints informationRequest "
    "informationRequestResponse hearingNotice minutes.consultationMeeting "
    "cancellationDetails termination illustration";

static const struct import_column milestone_columns[] = {
	{ .name = "milestone_id",
	    .type = IMPORT_TEXT,
	    .flags = COLUMN_REQUIRED,
	    .max = ID_MAX,
	    .target = "milestone_id" },
	{ .name = "project",
	    .type = IMPORT_PROJECT,
	    .flags = COLUMN_REQUIRED,
	    .target = "project_id" },
	{ .name = "type",
	    .type = IMPORT_WORD,
	    .words = "preProcurement approval engagement assessment delivery "
		     "reporting financing payment procurement contractClose",
	    .target = "type" },
	{ .name = "code",
	    .type = IMPORT_WORD,
	    .words = "projectApproval commercialClose financialClose "
		     "commencement completion commissioning "
		     "enquiryPeriodStart enquiryPeriodEnd draftFinalTender",
	    .target = "code" },
	{ .name = "status",
	    .type = IMPORT_WORD,
	    .flags = COLUMN_REQUIRED,
	    .words = "scheduled met notMet partiallyMet",
	    .target = "status" },
	{ .name = "due_original",
	    .type = IMPORT_DAY,
	    .target = "due_original" },
	{ .name = "due_current", .type = IMPORT_DAY, .target = "due_current" },
	{ .name = "met_on", .type = IMPORT_DAY, .target = "met_on" },
	IMPORT_THREE("title", IMPORT_TEXT, TITLE_MAX),
	IMPORT_AS_OF,
	IMPORT_SOURCE,
};

static const struct import_column document_columns[] = {
	{ .name = "document_id",
	    .type = IMPORT_TEXT,
	    .flags = COLUMN_REQUIRED,
	    .max = ID_MAX,
	    .target = "document_id" },
	{ .name = "project",
	    .type = IMPORT_PROJECT,
	    .flags = COLUMN_REQUIRED,
	    .target = "project_id" },
	{ .name = "document_type",
	    .type = IMPORT_WORD,
	    .flags = COLUMN_REQUIRED,
	    .words = document_types,
	    .target = "document_type" },
	IMPORT_THREE("title", IMPORT_TEXT, TITLE_MAX),
	{ .name = "url", .type = IMPORT_URL, .max = URL_MAX, .target = "url" },
	{ .name = "sha256", .type = IMPORT_SHA256, .target = "sha256" },
	{ .name = "bytes", .type = IMPORT_INT, .max = 1e11, .target = "bytes" },
	{ .name = "format",
	    .type = IMPORT_TOKEN,
	    .max = ID_MAX,
	    .target = "format" },
	{ .name = "language",
	    .type = IMPORT_WORD,
	    .words = "kk ru en",
	    .target = "language" },
	{ .name = "date_published",
	    .type = IMPORT_DAY,
	    .target = "date_published" },
	IMPORT_AS_OF,
	IMPORT_SOURCE,
};

static const char kato_stored[] =
    "(SELECT kato FROM project WHERE id = t.project_id)";
static const char kato_staged[] =
    "(SELECT kato FROM project WHERE public_id = s.project)";

const struct import_table import_milestones = {
	.name = "milestones",
	.entity = "milestone",
	.columns = milestone_columns,
	.n_columns = LENGTH(milestone_columns),
	.keys = { { "milestone_id" } },
	.find = "(SELECT id FROM milestone WHERE "
		"milestone_id = s.milestone_id)",
	.key = "t.milestone_id",
	.owner = "t.project_id",
	.kato = { kato_stored, kato_staged },
	.source = { "t.source", "s.source" },
};

const struct import_table import_documents = {
	.name = "documents",
	.entity = "document",
	.columns = document_columns,
	.n_columns = LENGTH(document_columns),
	.keys = { { "document_id" } },
	.find = "(SELECT id FROM document WHERE document_id = s.document_id)",
	.key = "t.document_id",
	.owner = "t.project_id",
	.kato = { kato_stored, kato_staged },
	.source = { "t.source", "s.source" },
};
