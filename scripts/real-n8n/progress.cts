/** Tells on stderr what is being done and for how long, so that nobody watches a silent terminal. */

const REPEAT_SECONDS = 15;

const seconds = (since: number): string => `${Math.round((Date.now() - since) / 1000)} s`;

export const say = (line: string): void => {
	process.stderr.write(`${line}\n`);
};

/** Runs one step; on a terminal the line counts the seconds, elsewhere it is repeated now and then. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
	const start = Date.now();
	const live = process.stderr.isTTY;
	const tick = (): void => {
		process.stderr.write(
			live ? `\r  ${what} … ${seconds(start)} ` : `  ${what} … ${seconds(start)}\n`,
		);
	};
	process.stderr.write(`  ${what} …${live ? '' : '\n'}`);
	const timer = setInterval(tick, live ? 1000 : REPEAT_SECONDS * 1000);
	try {
		const result = await work();
		process.stderr.write(`${live ? '\r' : ''}  ${what}: done in ${seconds(start)}\n`);
		return result;
	} catch (error) {
		process.stderr.write(`${live ? '\r' : ''}  ${what}: failed after ${seconds(start)}\n`);
		throw error;
	} finally {
		clearInterval(timer);
	}
}

/** A step that needs the network, which may fail for a moment: it is tried once more. */
export function networkStep<T>(what: string, work: () => Promise<T>): Promise<T> {
	return step(what, work).catch(() => step(`${what}, once more`, work));
}
