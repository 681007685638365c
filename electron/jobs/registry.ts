/** Every job by name. Loaders, so that a worker loads only what its job needs. Only worker.ts imports this file. */
import type { JobRegistry } from './protocol.ts'

export const registry: JobRegistry = {
  exchange: async () => (await import('./exchange-job.ts')).exchangeJob,
  exchangeAhead: async () => (await import('./exchange-ahead-job.ts')).exchangeAheadJob,
  import: async () => (await import('./import-job.ts')).importJob,
  importRows: async () => (await import('./import-job.ts')).importRowsJob,
  joinPdf: async () => (await import('./join-pdf-job.ts')).joinPdfJob,
  letterBatch: async () => (await import('./letter-batch-job.ts')).letterBatchJob,
  letterFiles: async () => (await import('./letter-files-job.ts')).letterFilesJob,
  verify: async () => (await import('./verify-job.ts')).verifyJob,
}
