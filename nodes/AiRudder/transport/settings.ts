import { z } from 'zod';
import { lazy } from '../lazy';
import { endpoint, type Endpoint, type EndpointName } from './endpoints';

export const DEFAULT_BASE_URL = 'https://api.airudder.com';

/** The key that call notices are signed with unless another was agreed (documented, so public). */
const DEFAULT_SIGNING_KEY = 'airudder';

/** An expression may make a number of it. */
const text = lazy(() =>
	z.union([z.string(), z.number()]).transform((value) => String(value).trim()),
);

/** The credential's fields as the user fills them in. */
const settingsSchema = lazy(() =>
	z.object({
		appKey: text(),
		appSecret: text(),
		baseUrl: z
			.string()
			.trim()
			.transform((url) => (url || DEFAULT_BASE_URL).replace(/\/+$/, '')),
		/** The vendor's KEY. */
		signingSecret: text()
			.optional()
			.transform((key) => key || DEFAULT_SIGNING_KEY),
		endpointOverrides: z
			.object({ values: z.array(z.object({ operation: z.string(), path: z.string() })).optional() })
			.optional()
			.catch(undefined),
		sessionToken: z.string().optional().default(''),
		sessionTokenAccount: z.string().optional().default(''),
		sessionTokenObtainedAt: z.coerce.number().optional().default(0),
	}),
);

export type Settings = z.infer<ReturnType<typeof settingsSchema>>;

/** What the credential's window calls the fields that an expression may leave without a value. */
const LABELS: Record<string, string> = {
	appKey: 'App Key',
	appSecret: 'App Secret',
	baseUrl: 'Base URL',
	signingSecret: 'Webhook Signing Key',
};

/** Reads the decrypted credential; throws which field's expression gives nothing to use. */
export function readSettings(credential: unknown): Settings {
	const read = settingsSchema().safeParse(credential);
	if (read.success) return read.data;
	const name = String(read.error.issues[0].path[0]);
	throw new Error(
		`The credential's '${LABELS[name] ?? name}' holds no text. If it is an expression, check what it gives.`,
	);
}

/** A path on the API's own host: the token must not travel anywhere else. */
const isPath = (path: string) => /^\/(?!\/)[^\s\\]*$/.test(path);

const overridesOf = ({ endpointOverrides }: Settings) =>
	(endpointOverrides?.values ?? []).map(({ operation, path }) => ({
		operation,
		path: path.trim(),
	}));

/** What keeps these settings from being used, in the user's words. */
export function settingsFault(settings: Settings): string | undefined {
	if (!/^https?:\/\//i.test(settings.baseUrl) || !URL.canParse(settings.baseUrl)) {
		return "The 'Base URL' has to be a complete address, such as https://api.airudder.com";
	}
	const faulty = overridesOf(settings).find(({ path }) => path !== '' && !isPath(path));
	return faulty
		? `The endpoint override '${faulty.path}' has to be a path on AI Rudder's host, beginning with one slash`
		: undefined;
}

/** The endpoint as the user has it: with the path of the credential's override, if there is one. */
export function endpointFor(name: EndpointName, settings: Settings): Endpoint {
	const override = overridesOf(settings).find(({ operation, path }) => operation === name && path);
	return override ? { ...endpoint(name), path: override.path } : endpoint(name);
}

export const hostOf = ({ baseUrl }: Settings) => new URL(baseUrl).host;
