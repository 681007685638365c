/** Entry of every worker thread: run from source by type stripping, or as worker.js beside the bundle. */
import { registry } from './registry.ts'
import { serve } from './serve.ts'

await serve(registry)
