/** What a link answers, when it answers with a file. */
export interface FileFacts {
	url: string;
	headers: Record<string, unknown>;
	/** Names the file where neither link nor answer does. */
	fallbackName: string;
}

const MIME_TYPES: Record<string, string> = {
	aac: 'audio/aac',
	amr: 'audio/amr',
	flac: 'audio/flac',
	m4a: 'audio/mp4',
	mp3: 'audio/mpeg',
	mp4: 'audio/mp4',
	oga: 'audio/ogg',
	ogg: 'audio/ogg',
	opus: 'audio/opus',
	wav: 'audio/wav',
	webm: 'audio/webm',
	zip: 'application/zip',
};

/** Other names of these types. */
const EXTENSIONS: Record<string, string> = {
	'audio/mp3': 'mp3',
	'audio/vnd.wave': 'wav',
	'audio/wave': 'wav',
	'audio/x-wav': 'wav',
};

/** Types under which servers send any file. */
const SAYS_NOTHING = /^(?:application|binary)\/(?:octet-stream|x-download|force-download)$/;

const EXTENSION = /\.([a-z0-9]{2,4})$/i;

const extensionOf = (name: string): string => EXTENSION.exec(name)?.[1].toLowerCase() ?? '';

export function mimeTypeOf({ url, headers }: Pick<FileFacts, 'url' | 'headers'>): string {
	const stated = String(headers['content-type'] ?? '')
		.split(';')[0]
		.trim()
		.toLowerCase();
	if (stated !== '' && !SAYS_NOTHING.test(stated)) return stated;
	const name = dispositionName(headers) || lastSegment(url);
	return MIME_TYPES[extensionOf(name)] ?? 'application/octet-stream';
}

/** The name that the answer or the link gives, with an extension that fits its type. */
export function fileNameOf(facts: FileFacts): string {
	const name = clean(dispositionName(facts.headers) || lastSegment(facts.url));
	if (extensionOf(name) in MIME_TYPES) return name;
	const mimeType = mimeTypeOf(facts);
	const extension =
		EXTENSIONS[mimeType] ?? Object.keys(MIME_TYPES).find((each) => MIME_TYPES[each] === mimeType);
	const base = name || clean(facts.fallbackName) || 'recording';
	return extension ? `${base}.${extension}` : base;
}

/** `filename*=UTF-8''…` before `filename="…"`. */
function dispositionName(headers: Record<string, unknown>): string | undefined {
	const header = String(headers['content-disposition'] ?? '');
	const encoded = /filename\*\s*=\s*[\w-]*'[^']*'([^;\s]+)/i.exec(header)?.[1];
	if (encoded !== undefined) return decoded(encoded);
	const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(header);
	return plain?.[1] ?? plain?.[2];
}

const lastSegment = (url: string): string => decoded(new URL(url).pathname.split('/').pop() ?? '');

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Nothing that leads into another folder or that a file system refuses. */
const clean = (name: string): string =>
	(name.split(/[\\/]/).pop() ?? '')
		.replace(/[\p{Cc}<>:"|?*]/gu, '_')
		.replace(/^\.+/, '')
		.slice(-120)
		.trim();
