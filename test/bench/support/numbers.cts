/** Medians and percentiles of measured values, and how numbers are written in the tables. */

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** The value below which this share of the values lies; the nearest one that was really measured. */
export function percentile(values: readonly number[], share: number): number {
	const ordered = sorted(values);
	const position = Math.ceil(share * ordered.length) - 1;
	return ordered[Math.min(Math.max(position, 0), ordered.length - 1)] ?? NaN;
}

export function median(values: readonly number[]): number {
	const ordered = sorted(values);
	const middle = ordered.length >> 1;
	return ordered.length % 2 === 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
}

/** Three digits that matter, whatever the size. */
export function brief(value: number): string {
	if (!Number.isFinite(value)) return '–';
	const size = Math.abs(value);
	if (size >= 100) return String(Math.round(value));
	return value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

export const seconds = (ms: number): string => `${brief(ms / 1000)} s`;
export const megabytes = (bytes: number): string => `${brief(bytes / 1024 / 1024)} MB`;
export const times = (ratio: number): string =>
	Number.isFinite(ratio) ? `${brief(ratio)} ×` : '–';
