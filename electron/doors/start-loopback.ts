/** Composition root of the browser door: used by build/start.mjs and by the browser tests. */
import { join } from 'node:path'
import { folders } from '../policy/data-folder.ts'
import { createBackend } from '../rpc/backend.ts'
import type { Env } from '../services/context.ts'
import { pdfByChromium } from './chromium.ts'
import { createEnv, demoFiles, fileLog, thisMachine } from './env.ts'
import { watchIdle } from './idle.ts'
import { openLoopback, type Loopback } from './loopback.ts'

/** `root`: the folder with dist/. `dataDir`: the program's own when absent (or DUTYDESK_DATA). `change`: tests put their clock in. */
export type StartOptions = { readonly root: string; readonly dataDir?: string; readonly change?: (env: Env) => Env }

/** `close` also locks the session, so that the database is whole and free. */
export async function startLoopback({ root, dataDir, change = (env) => env }: StartOptions): Promise<Loopback> {
  const paths = folders(thisMachine())
  const env = createEnv({ door: 'loopback', dataDir: dataDir ?? process.env.DUTYDESK_DATA ?? paths.data, log: fileLog(paths.logs) })
  const backend = createBackend(change({ ...env, ...pdfByChromium() }), { demoFiles, checkOutput: process.env.DUTYDESK_CHECK === '1' })
  const stopWatching = watchIdle(backend.session)
  const door = await openLoopback({ backend, rendererDir: join(root, 'dist', 'renderer'), bridgeFile: join(root, 'dist', 'loopback', 'bridge.js') })
  return {
    ...door,
    async close() {
      stopWatching()
      await door.close()
      await backend.session.lock()
    },
  }
}
