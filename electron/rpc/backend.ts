/** Composes the backend of one door: session, desks, and the handlers of every entry. */
import { accountHandlers } from '../handlers/accounts.ts'
import { appHandlers } from '../handlers/app.ts'
import { attachmentHandlers } from '../handlers/attachments.ts'
import { bulletinHandlers } from '../handlers/bulletins.ts'
import { checkHandlers } from '../handlers/checks.ts'
import { exchangeHandlers } from '../handlers/exchange.ts'
import { exchangeViewHandlers } from '../handlers/exchange-views.ts'
import { fileHandlers } from '../handlers/files.ts'
import { letterHandlers } from '../handlers/letters.ts'
import { numberHandlers } from '../handlers/numbers.ts'
import { peopleHandlers } from '../handlers/people.ts'
import { proposalHandlers } from '../handlers/proposals.ts'
import { sessionHandlers } from '../handlers/session.ts'
import { settingsHandlers } from '../handlers/settings.ts'
import { templateHandlers } from '../handlers/templates.ts'
import type { Handlers } from '../handlers/types.ts'
import type { Env } from '../services/context.ts'
import { createFileDesk } from '../services/file-desk.ts'
import { createJobDesk } from '../services/job-desk.ts'
import { createSession } from '../services/open-session.ts'
import { startDemo, type DemoFile } from './demo.ts'
import { toAppError, type Backend } from './dispatch.ts'

const areas = {
  ...appHandlers,
  ...sessionHandlers,
  ...accountHandlers,
  ...settingsHandlers,
  ...checkHandlers,
  ...fileHandlers,
  ...peopleHandlers,
  ...bulletinHandlers,
  ...proposalHandlers,
  ...letterHandlers,
  ...numberHandlers,
  ...templateHandlers,
  ...attachmentHandlers,
  ...exchangeHandlers,
  ...exchangeViewHandlers,
}

export type BackendOptions = {
  /** Also parses every answer with the contract's schema (tests, development). */
  readonly checkOutput?: boolean
  /** The sample year for app.demo; none when absent. */
  readonly demoFiles?: () => readonly DemoFile[]
}

/** An entry of the contract without a handler does not compile here. */
export function createBackend(env: Env, { checkOutput = false, demoFiles = () => [] }: BackendOptions = {}): Backend {
  const files = createFileDesk(env.random)
  const jobs = createJobDesk(() => Buffer.from(env.random(12)).toString('base64url'), (error) => toAppError(error, env, 'job'))
  const session = createSession({ env, files, jobs })
  const handlers: Handlers = { ...areas, 'app.demo': () => startDemo(backend, demoFiles) }
  const backend: Backend = { env, files, jobs, session, handlers, checkOutput }
  return backend
}
