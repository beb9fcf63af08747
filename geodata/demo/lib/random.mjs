// Seeded random numbers, the same on every machine (mulberry32).
export function randomFrom(seed) {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6D2B79F5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	const real = (a, b) => a + (b - a) * next();
	return {
		next,
		real,
		chance: (p) => next() < p,
		whole: (a, b) => a + Math.floor(next() * (b - a + 1)),
		pick: (list) => list[Math.floor(next() * list.length)],
		// One of [value, weight] pairs.
		weighted(pairs) {
			const sum = pairs.reduce((s, [, w]) => s + w, 0);
			let at = next() * sum;
			for (const [value, weight] of pairs) {
				at -= weight;
				if (at < 0)
					return value;
			}
			return pairs[pairs.length - 1][0];
		},
	};
}
