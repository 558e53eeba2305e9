/** Builds a value when it is first asked for: schemas cost time, and most are never used. */
export function lazy<T>(build: () => T): () => T {
	let built: { value: T } | undefined;
	return () => (built ??= { value: build() }).value;
}
