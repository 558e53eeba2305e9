/** A valid WAV of any size, made as it is read: 8 kHz, 16 bit, one channel, a quiet tone. */
import { Readable } from 'node:stream';

const RATE = 8_000;
const HEADER_BYTES = 44;
const CHUNK_BYTES = 64 * 1024;

/** The size that comes out: whole samples behind the header. */
export const wavBytes = (wanted: number): number =>
	HEADER_BYTES + Math.max(0, Math.floor((wanted - HEADER_BYTES) / 2)) * 2;

export function wav(wanted: number): Readable {
	const dataBytes = wavBytes(wanted) - HEADER_BYTES;
	return Readable.from(
		(function* () {
			yield header(dataBytes);
			const tone = toneChunk();
			for (let left = dataBytes; left > 0; left -= CHUNK_BYTES) {
				yield left >= CHUNK_BYTES ? tone : tone.subarray(0, left);
			}
		})(),
		{ objectMode: false },
	);
}

function header(dataBytes: number): Buffer {
	const bytes = Buffer.alloc(HEADER_BYTES);
	bytes.write('RIFF', 0);
	bytes.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
	bytes.write('WAVEfmt ', 8);
	bytes.writeUInt32LE(16, 16);
	bytes.writeUInt16LE(1, 20);
	bytes.writeUInt16LE(1, 22);
	bytes.writeUInt32LE(RATE, 24);
	bytes.writeUInt32LE(RATE * 2, 28);
	bytes.writeUInt16LE(2, 32);
	bytes.writeUInt16LE(16, 34);
	bytes.write('data', 36);
	bytes.writeUInt32LE(dataBytes, 40);
	return bytes;
}

function toneChunk(): Buffer {
	const chunk = Buffer.alloc(CHUNK_BYTES);
	for (let sample = 0; sample < CHUNK_BYTES / 2; sample++) {
		const height = Math.sin((2 * Math.PI * 500 * sample) / RATE);
		chunk.writeInt16LE(Math.round(height * 3_000), sample * 2);
	}
	return chunk;
}
