/** The parts of one running simulator, known to each other through this. */
import { Activity } from './activity.cts';
import { CallNotices } from './callNotices.cts';
import { Clock } from './clock.cts';
import { Dialler } from './dialler.cts';
import type { SimulatorOptions } from './options.cts';
import { OtherHost } from './otherHost.cts';
import { Outbox } from './outbox.cts';
import { State } from './state.cts';
import { Tokens } from './tokens.cts';

export class World {
	readonly clock: Clock;
	readonly tokens: Tokens;
	readonly activity = new Activity();
	readonly state = new State();
	readonly outbox: Outbox;
	readonly callNotices: CallNotices;
	readonly dialler: Dialler;
	readonly otherHost: OtherHost;

	constructor(readonly options: SimulatorOptions) {
		this.clock = new Clock(options.speed);
		this.tokens = new Tokens(options, this.clock);
		this.outbox = new Outbox(this);
		this.callNotices = new CallNotices(this);
		this.dialler = new Dialler(this);
		this.otherHost = new OtherHost(this);
	}
}
