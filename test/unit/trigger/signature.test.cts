import fc from 'fast-check';
import { sign } from '../../../simulator/index.cts';
import { isSigned } from '../../../nodes/AiRudder/trigger/signature.ts';

const TASK = 'ac23fa05005e59b92e0b8a19fa5faf07';
const VECTOR = '4d6017151d678e816c678d90e56e6e28';

test('the check vector of the documentation', () => {
	expect(isSigned({ TaskID: TASK, Sign: VECTOR }, 'airudder')).toBe(true);
	expect(isSigned({ TaskID: TASK, Sign: VECTOR.toUpperCase() }, 'airudder')).toBe(true);
	expect(isSigned({ TaskID: TASK, Sign: VECTOR }, 'another')).toBe(false);
	expect(isSigned({ TaskID: `${TASK}0`, Sign: VECTOR }, 'airudder')).toBe(false);
});

test('any task and key signed by another program', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (taskId, key) => {
			expect(isSigned({ TaskID: taskId, Sign: sign(taskId, key) }, key)).toBe(true);
			expect(isSigned({ TaskID: taskId, Sign: sign(taskId, `${key}.`) }, key)).toBe(false);
		}),
	);
});

test('nothing else is a signature, whatever its type and length', () => {
	fc.assert(
		fc.property(fc.anything(), fc.anything(), (taskId, value) => {
			fc.pre(value !== sign(String(typeof taskId === 'string' ? taskId : 0), 'airudder'));
			expect(isSigned({ TaskID: taskId, Sign: value }, 'airudder')).toBe(false);
		}),
	);
	for (const Sign of [
		'',
		VECTOR.slice(1),
		`${VECTOR}0`,
		`${VECTOR}\0`,
		'é'.repeat(16),
		null,
		5,
		[],
	]) {
		expect(isSigned({ TaskID: TASK, Sign }, 'airudder')).toBe(false);
	}
});
