/** Composes the backend of one door: session, desks, and the handlers of every entry. */
import { accountHandlers } from '../handlers/accounts.ts'
import { appHandlers } from '../handlers/app.ts'
import { checkHandlers } from '../handlers/checks.ts'
import { fileHandlers } from '../handlers/files.ts'
import { sessionHandlers } from '../handlers/session.ts'
import { settingsHandlers } from '../handlers/settings.ts'
import type { Handlers } from '../handlers/types.ts'
import type { Env } from '../services/context.ts'
import { createFileDesk } from '../services/file-desk.ts'
import { createJobDesk } from '../services/job-desk.ts'
import { createSession } from '../services/open-session.ts'
import { startDemo, type DemoFile } from './demo.ts'
import { toAppError, type Backend } from './dispatch.ts'

/** An entry without a handler does not compile here. */
const handlers = {
  ...appHandlers,
  ...sessionHandlers,
  ...accountHandlers,
  ...settingsHandlers,
  ...checkHandlers,
  ...fileHandlers,
}

export type BackendOptions = {
  /** Also parses every answer with the contract's schema (tests, development). */
  readonly checkOutput?: boolean
  /** The sample year for app.demo; none when absent. */
  readonly demoFiles?: () => readonly DemoFile[]
}

export function createBackend(env: Env, { checkOutput = false, demoFiles = () => [] }: BackendOptions = {}): Backend {
  const files = createFileDesk(env.random)
  const jobs = createJobDesk(() => Buffer.from(env.random(12)).toString('base64url'), (error) => toAppError(error, env, 'job'))
  const session = createSession({ env, files, jobs })
  const all = { ...handlers, 'app.demo': () => startDemo(backend, demoFiles) } as unknown as Handlers
  const backend: Backend = { env, files, jobs, session, handlers: all, checkOutput }
  return backend
}
