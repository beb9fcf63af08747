// Days as numbers since 1970, and what the demonstration calls today.
const DAY_MS = 86400000;

export const dayOf = (text) => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
export const textOf = (day) =>
	new Date(day * DAY_MS).toISOString().slice(0, 10);
export const yearOf = (day) => Number(textOf(day).slice(0, 4));
export const TODAY = dayOf('2026-11-24');
export const MONTH = 30.44;

// An office does not sign or pay on Saturday and Sunday; no later than limit.
export function workday(day, limit = Infinity) {
	let d = Math.min(Math.round(day), limit);
	while ([0, 6].includes((d + 4) % 7))
		d--;
	return d;
}
