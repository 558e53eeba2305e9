import { z } from 'zod';

/** Fields as the vendor documents them; all but those that tell the event apart may be missing or null. */
export const text = () => z.string().nullish();
export const number = () => z.number().nullish();
export const record = () => z.record(z.string(), z.unknown()).nullish();
export const rows = (shape: z.ZodRawShape = {}) => z.array(z.object(shape)).nullish();
