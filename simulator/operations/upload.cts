/** Taking contacts into a workflow task: the one way in for Create and Add. */
import { badRequest } from '../envelope.cts';
import type { UploadedContact, Workflow } from '../state.cts';
import type { World } from '../world.cts';

/** Assumed shape of a refused contact; only the list's name is seen in clients (C). */
interface DetailError {
	callee: string;
	case_id: string;
	message: string;
}

/** The limit refuses the whole request; a rejected contact only itself (C: partial success). */
export function upload(
	world: World,
	workflow: Workflow,
	details: UploadedContact[],
): { detail_error_list?: DetailError[] } {
	const { contactLimit, rejectContact } = world.options;
	if (workflow.contacts.length + details.length > contactLimit) {
		throw badRequest(`a workflow task holds at most ${contactLimit} contacts`);
	}
	const accepted: UploadedContact[] = [];
	const rejected: DetailError[] = [];
	for (const contact of details) {
		const message = rejectContact?.(contact);
		if (message === undefined) accepted.push(contact);
		else rejected.push({ callee: contact.callee, case_id: contact.case_id ?? '', message });
	}
	world.dialler.start(workflow, accepted);
	return rejected.length > 0 ? { detail_error_list: rejected } : {};
}
