/** The benchmarks, in the order in which they run and stand in RESULTS.md. */
import { inProcess } from './inProcess.cts';
import { loadCost } from './loadCost.cts';
import { recording } from './recording.cts';
import { soak } from './soak.cts';
import type { Benchmark } from './support/report.cts';
import { upload } from './upload.cts';
import { uploadFaults } from './uploadFaults.cts';
import { webhook } from './webhook.cts';
import { webhookProfile } from './webhookProfile.cts';

export const benchmarks: Benchmark[] = [
	upload,
	uploadFaults,
	webhook,
	webhookProfile,
	inProcess,
	recording,
	loadCost,
	soak,
];
