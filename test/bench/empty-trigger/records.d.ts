export function recordsOf(notice: object): object[];
