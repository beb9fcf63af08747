// CSV as the importer takes it: UTF-8, comma, RFC 4180 quotes.
const cell = (value) => {
	const text = value === null || value === undefined ? '' : String(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

// Every row is an object; columns it does not name stay empty, columns that
// are not in the list are a mistake.
export function toCsv(columns, rows) {
	const lines = rows.map((row) => {
		const strange = Object.keys(row).find((k) => !columns.includes(k));
		if (strange)
			throw new Error(`there is no column ${strange}`);
		return columns.map((c) => cell(row[c])).join(',');
	});
	return [columns.join(','), ...lines].join('\n') + '\n';
}
