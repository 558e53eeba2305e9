import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/**
 * The fields, shown only with these values of other parameters, besides what each asks for itself.
 * n8n's `updateDisplayOptions` does the same by a deep merge, which took a third of the time to load.
 */
export const shownWith = (
	values: IDisplayOptions['show'],
	fields: INodeProperties[],
): INodeProperties[] =>
	fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { ...field.displayOptions?.show, ...values },
		},
	}));
