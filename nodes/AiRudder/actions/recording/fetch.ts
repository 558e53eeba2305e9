import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { fileNameOf, mimeTypeOf } from './file';

/** Why there is no recording: it may come yet, or the link will never give one. */
export interface NoRecording {
	kind: 'notReady' | 'refused' | 'unavailable';
	message: string;
	advice: string;
}

export type Fetched = { file: IBinaryData; bytes: number } | { none: NoRecording };

const NOT_READY_ADVICE =
	"A recording may take a while after the call has ended. Try again later, or set 'Wait for Recording' under 'Options'.";

export const notReady = (why: string): NoRecording => ({
	kind: 'notReady',
	message: `The recording is not ready yet: ${why}`,
	advice: NOT_READY_ADVICE,
});

const unavailable = (message: string): NoRecording => ({
	kind: 'unavailable',
	message,
	advice:
		'Try again in a few minutes. Check that this n8n instance can reach that host and has room for files.',
});

interface Answer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];
}

/**
 * Streams a recording into n8n's file store. The link carries its own permission (assumed) and leads
 * to another host, so nothing of our credential goes with it.
 */
export async function fetchRecording(
	context: IExecuteFunctions,
	url: string,
	fallbackName: string,
	timeoutMs: number,
): Promise<Fetched> {
	const { host } = new URL(url);
	const cancelled = context.getExecutionCancelSignal();
	// n8n's own time-out does not watch over a body that stops in the middle.
	const deadline = AbortSignal.timeout(timeoutMs);
	try {
		const { statusCode, headers, body }: Answer = await context.helpers.httpRequest({
			method: 'GET',
			url,
			// A packed answer that ends early would pass for a whole one.
			headers: { 'Accept-Encoding': 'identity' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: timeoutMs,
			abortSignal: cancelled ? AbortSignal.any([deadline, cancelled]) : deadline,
		});
		const none = noFileIn(statusCode, headers, host);
		if (none) {
			if ('destroy' in body) body.destroy();
			return { none };
		}
		const facts = { url, headers, fallbackName };
		const file = await context.helpers.prepareBinaryData(
			body,
			fileNameOf(facts),
			mimeTypeOf(facts),
		);
		const bytes = await sizeOf(context, file);
		return bytes === 0 ? { none: notReady('the file is empty') } : { file, bytes };
	} catch {
		// The text of these is not shown: it may quote the link, which lets anybody listen.
		if (deadline.aborted) {
			const seconds = Math.round(timeoutMs / 1000);
			return { none: unavailable(`${host} did not send the recording within ${seconds} seconds`) };
		}
		return { none: unavailable(`The recording did not come through from ${host}`) };
	}
}

/** n8n 1.x does not say how large a file is that it has stored. */
async function sizeOf(context: IExecuteFunctions, file: IBinaryData): Promise<number> {
	if (file.bytes !== undefined) return file.bytes;
	if (file.id === undefined) return Buffer.byteLength(file.data, 'base64');
	return (await context.helpers.getBinaryMetadata(file.id)).fileSize;
}

const NOT_READY = new Set([202, 204, 404, 425]);
const REFUSED = new Set([400, 401, 403, 410]);
const TEXT = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml))/i;

function noFileIn(
	statusCode: number,
	headers: Record<string, unknown>,
	host: string,
): NoRecording | undefined {
	if (NOT_READY.has(statusCode)) return notReady(`${host} has no such file (HTTP ${statusCode})`);
	if (REFUSED.has(statusCode)) {
		return {
			kind: 'refused',
			message: `${host} does not accept the link to the recording (HTTP ${statusCode})`,
			advice:
				"Links expire. Use 'Call ID' under 'Recording From': it asks AI Rudder for a new link.",
		};
	}
	if (statusCode < 200 || statusCode >= 300) {
		return unavailable(`${host} could not give the recording (HTTP ${statusCode})`);
	}
	if (headers['content-length'] === '0') return notReady('the file is empty');
	const contentType = String(headers['content-type'] ?? '');
	return TEXT.test(contentType)
		? notReady(`${host} sent text instead of an audio file (${contentType.split(';')[0]})`)
		: undefined;
}
