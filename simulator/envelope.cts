/** The frame around every answer, and the refusals that come in it. */

export interface Answer {
	httpStatus: number;
	body: { data: unknown; status: string; code: number; message?: string };
}

/** Thrown by an operation that does not take the request. */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		message: string,
	) {
		super(message);
	}
}

export const success = (data: unknown): Answer => ({
	httpStatus: 200,
	body: { data, status: 'OK', code: 200 },
});

/** The `status` text of a failure is assumed; its `code` (D) and `message` (C) are not. */
export const failure = (code: number, message: string, as: 'body' | 'http'): Answer => ({
	httpStatus: as === 'http' ? code : 200,
	body: { data: null, status: 'FAIL', code, message },
});

// The vendor's error-code table could not be read: 400 for a bad request is assumed.
export const badRequest = (message: string): Refusal => new Refusal(400, message);
