/** The releases of n8n that the tests and the demo run on; the variable `N8N_VERSION` names one of them. */

export interface Release {
	version: string;
	/** In `test/e2e` it holds what is to be installed, in the runtime folder the installation. */
	folder: string;
	/** The Node that it accepts: from this version, below that major one. */
	node: { from: readonly [major: number, minor: number]; below?: number };
	/** How much is fetched, as a person is told. */
	packages: string;
	settings: Readonly<Record<string, string>>;
}

const NEWEST: Release = {
	version: '2.41',
	folder: 'n8n',
	node: { from: [24, 0] },
	packages: '2,100',
	settings: {},
};

const RELEASES: readonly Release[] = [
	NEWEST,
	{
		version: '1.123',
		folder: 'n8n-1.123',
		node: { from: [20, 19], below: 25 },
		packages: '1,700',
		settings: {
			// The other engine needs a native module that Node 20 cannot load.
			N8N_EXPRESSION_ENGINE: 'legacy',
			// As in 2.x. Without it an execution is marked as ended before its results are stored.
			DB_SQLITE_POOL_SIZE: '3',
		},
	},
];

function releaseOf(version: string): Release {
	const release = RELEASES.find((each) => each.version === version);
	if (release) return release;
	const known = RELEASES.map((each) => each.version).join(' and ');
	throw new Error(`N8N_VERSION is '${version}', and only n8n ${known} can be installed here.`);
}

export const RELEASE = releaseOf(process.env.N8N_VERSION || NEWEST.version);
