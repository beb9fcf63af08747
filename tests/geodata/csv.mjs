// Reads the CSV files of geodata: RFC 4180, comma, a header row.
import { readFileSync } from 'node:fs';

function cells(text) {
	const rows = [[]];
	const pattern = /("(?:[^"]|"")*"|[^",\n]*)(,|\n|$)/gy;
	for (let m; pattern.lastIndex < text.length && (m = pattern.exec(text));) {
		rows[rows.length - 1].push(m[1].startsWith('"')
			? m[1].slice(1, -1).replaceAll('""', '"') : m[1]);
		if (m[2] !== ',')
			rows.push([]);
	}
	return rows.slice(0, -1);
}

export function readCsv(file) {
	const [head, ...rows] = cells(readFileSync(file, 'utf8'));
	return rows.map((row) =>
		Object.fromEntries(head.map((name, i) => [name, row[i]])));
}
