/** Every job by name. Loaders, so that a worker loads only what its job needs. Only worker.ts imports this file. */
import type { JobRegistry } from './protocol.ts'

export const registry: JobRegistry = {
  import: async () => (await import('./import-job.ts')).importJob,
  letterBatch: async () => (await import('./letter-batch-job.ts')).letterBatchJob,
  letterFiles: async () => (await import('./letter-files-job.ts')).letterFilesJob,
  verify: async () => (await import('./verify-job.ts')).verifyJob,
}
