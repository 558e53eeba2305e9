/** A custom API node: the vendor pushes the contact to the customer's system. */
import type { Contact, NodeTask } from '../state.cts';
import type { World } from '../world.cts';

export async function pushToApi(world: World, node: NodeTask, contact: Contact): Promise<void> {
	world.outbox.send('apiNodePush', { node, contact, rounds: contact.rounds });
}
