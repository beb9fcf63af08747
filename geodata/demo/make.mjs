// Makes the demonstration data: about 600 invented projects as CSV files in
// the form that `budgetmap import` takes. The same files every time:
//   node geodata/demo/make.mjs [FOLDER]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toCsv } from './lib/csv.mjs';
import { NETWORKS } from './lib/kinds-networks.mjs';
import { SINGLE } from './lib/kinds-single.mjs';
import { SOCIAL } from './lib/kinds-social.mjs';
import { addMoney } from './lib/money.mjs';
import { makeOrganisations, organisationRows } from './lib/organisations.mjs';
import { DISTRICTS } from './lib/places.mjs';
import { isPossible, makePlan } from './lib/plan.mjs';
import { randomFrom } from './lib/random.mjs';
import { COLUMNS, tablesOf } from './lib/tables.mjs';

const SEED = 20261124;
const KINDS = [...SOCIAL, ...NETWORKS];

// No two projects have the same title.
function plansOf(random, district, known) {
	const kinds = KINDS.filter((k) => isPossible(k, district.kato))
		.map((k) => [k, k.share]);
	const singles = SINGLE.filter((k) => k.kato === district.kato);
	const plans = new Map();
	while (plans.size < district.share) {
		const kind = singles[plans.size] ?? random.weighted(kinds);
		const plan = makePlan(random, district, kind, known);
		if (!plan || plans.has(plan.titles.kk))
			continue;
		plans.set(plan.titles.kk, plan);
		if (plan.facility && !known.includes(plan.facility))
			known.push(plan.facility);
	}
	return [...plans.values()];
}

function make() {
	const random = randomFrom(SEED);
	const organisations = makeOrganisations();
	const facilities = [];
	const plans = DISTRICTS.flatMap((d) => plansOf(random, d, facilities));
	plans.forEach((plan) => addMoney(random, plan, organisations));
	return tablesOf(random, plans, facilities,
		organisationRows(organisations));
}

const folder = process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, rows] of Object.entries(make()))
	writeFileSync(join(folder, `${name}.csv`), toCsv(COLUMNS[name], rows));
