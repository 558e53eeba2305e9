/** The table of operations: one line each, one file each; numbers are those of the vendor list. */
import { auth } from './auth.cts';
import { callGet } from './callGet.cts';
import { callGetByContact } from './callGetByContact.cts';
import { contactAdd } from './contactAdd.cts';
import { contactCancel } from './contactCancel.cts';
import { contactUpdate } from './contactUpdate.cts';
import { customApiNodeVerifyPush } from './customApiNodeVerifyPush.cts';
import type { Operation } from './operation.cts';
import { outboundTaskGetAll } from './outboundTaskGetAll.cts';
import { outboundTaskGetCalls } from './outboundTaskGetCalls.cts';
import { outboundTaskGetCallsInfoCheck } from './outboundTaskGetCallsInfoCheck.cts';
import { recordingGetAll } from './recordingGetAll.cts';
import { wabaTaskGetAll } from './wabaTaskGetAll.cts';
import { wabaTaskGetMessages } from './wabaTaskGetMessages.cts';
import { workflowTaskCreate } from './workflowTaskCreate.cts';
import { workflowTaskFind } from './workflowTaskFind.cts';
import { workflowTaskGetAll } from './workflowTaskGetAll.cts';
import { workflowTaskGetSubtasks } from './workflowTaskGetSubtasks.cts';
import { workflowTaskStop } from './workflowTaskStop.cts';
import { workflowTemplateGetAll } from './workflowTemplateGetAll.cts';

const table = {
	auth, // 1
	'workflowTask:create': workflowTaskCreate, // 2
	'workflowTemplate:getAll': workflowTemplateGetAll, // 3
	'contact:add': contactAdd, // 4
	'contact:update': contactUpdate, // 5
	'contact:cancel': contactCancel, // 6
	'workflowTask:stop': workflowTaskStop, // 7
	'workflowTask:getAll': workflowTaskGetAll, // 8
	'workflowTask:getSubtasks': workflowTaskGetSubtasks, // 9
	'outboundTask:getAll': outboundTaskGetAll, // 10
	'outboundTask:getCalls': outboundTaskGetCalls, // 11
	'outboundTask:getCallsInfoCheck': outboundTaskGetCallsInfoCheck, // 12
	'call:getByContact': callGetByContact, // 13
	'call:get': callGet, // 14
	'recording:getAll': recordingGetAll, // 15
	'workflowTask:find': workflowTaskFind, // 16
	'customApiNode:verifyPush': customApiNodeVerifyPush, // 17
	'wabaTask:getAll': wabaTaskGetAll, // 18
	'wabaTask:getMessages': wabaTaskGetMessages, // 19
};

export type OperationName = keyof typeof table;

export const operations: Record<OperationName, Operation> = table;

export const operationNames: OperationName[] = Object.keys(table).filter(isOperationName);

function isOperationName(name: string): name is OperationName {
	return Object.hasOwn(table, name);
}
