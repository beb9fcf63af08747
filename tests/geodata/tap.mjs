// Prints TAP.
let count = 0;
let failed = 0;

export function ok(good, text, detail = '') {
	count++;
	failed += good ? 0 : 1;
	console.log(`${good ? 'ok' : 'not ok'} ${count} - ${text}`);
	if (detail)
		console.log(`# ${detail}`);
}

export function skip(text, why) {
	count++;
	console.log(`ok ${count} - ${text} # SKIP ${why}`);
}

export function finish() {
	console.log(`1..${count}`);
	process.exit(failed ? 1 : 0);
}
