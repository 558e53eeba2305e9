import type { INodeProperties } from 'n8n-workflow';

/** All texts of a field and of what is inside it, as a person reads them in the editor. */
export function textsOf(field: INodeProperties): string[] {
	const inner = (field.options ?? []).flatMap((option) => {
		if ('values' in option) return [option.displayName, ...option.values.flatMap(textsOf)];
		if ('type' in option) return textsOf(option);
		return [option.name, option.description ?? '', 'action' in option ? (option.action ?? '') : ''];
	});
	const modes = (field.modes ?? []).flatMap((mode) => [mode.displayName, mode.placeholder ?? '']);
	return [
		field.displayName,
		field.description ?? '',
		field.hint ?? '',
		field.placeholder ?? '',
		...modes,
		...inner,
	];
}
