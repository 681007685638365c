/** The long entries of the exchange as jobs: this side finds the files and starts the worker (electron/jobs/exchange-job.ts), which does the work (work.ts). */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { runExchange } from '../../jobs/run-exchange.ts'
import type { JobControl } from '../job-desk.ts'
import type { OpenContext } from '../context.ts'
import type { Session } from '../session.ts'
import { planAccept } from './accept.ts'
import { sourceOf, targetOf, withSource, withTarget, type FileIn, type FileOut } from './desk-files.ts'
import type { Task, TaskName, TaskResult } from './work.ts'

const prefix = 'exchange.'
const memoryMb = 1_024
/** A stick's last pieces may take their time: ending the thread would leave its `.part`. */
const graceMs = 20_000

type Started = Result<{ job: string }>

function runTask<N extends TaskName>(task: Task<N>, { env, account, workerKey }: OpenContext, control: JobControl): Promise<Result<TaskResult<N>>> {
  const { door, version, dataDir, machine, machineParts, witnessDir } = env
  const world = { door, version, dataDir, machine, today: env.today(), ...(machineParts ? { machineParts } : {}), ...(witnessDir === undefined ? {} : { witnessDir }) }
  return runExchange<TaskResult<N>>({ key: workerKey, world, account, task: task as unknown as Task }, control, { timeMs: null, memoryMb, now: env.now(), graceMs })
}

/** One at a time: two would wait for each other's lock and for one stick. EXCHANGE_BUSY. */
function start<T>(kind: string, { jobs }: OpenContext, work: (control: JobControl) => Promise<Result<T>>): Started {
  return jobs.busy(prefix) ? err('EXCHANGE_BUSY') : ok({ job: jobs.start(prefix + kind, work) })
}

/** A task that writes a package. */
function startOut<N extends TaskName>(kind: string, output: FileOut, name: string, context: OpenContext, task: (at: { readonly target: string; readonly place: 'stick' | 'disk' }) => Task<N>): Started {
  const target = targetOf(output, context)
  if (!target.ok) return target
  return start(kind, context, async (control) => {
    const done = await withTarget(target.value, name, context, ({ path, place }) => runTask(task({ target: path, place }), context, control))
    return done.ok ? ok({ ...done.value.value, file: done.value.file }) : done
  })
}

/** A task that reads a package. */
function startIn<N extends TaskName>(kind: string, input: FileIn, context: OpenContext, task: (at: { readonly path: string; readonly place: 'stick' | 'disk' }) => Task<N>): Started {
  const source = sourceOf(input, context)
  if (!source.ok) return source
  return start(kind, context, (control) => withSource(source.value, context.env, (at) => runTask(task(at), context, control)))
}

export function startExport({ to, full, ...output }: ParsedOf<'exchange.export'>, context: OpenContext): Started {
  return startOut('export', output, 'exchange.dspk', context, (at) => ({ name: 'export', to, full, ...at }))
}

export function startBackup(output: ParsedOf<'exchange.backup'>, context: OpenContext): Started {
  return startOut('backup', output, 'backup.dspk', context, (at) => ({ name: 'backup', ...at }))
}

export function startReceive({ dryRun, ...input }: ParsedOf<'exchange.receive'>, context: OpenContext): Started {
  return startIn('receive', input, context, (at) => ({ name: 'receive', dryRun, ...at }))
}

export function startRestore(input: ParsedOf<'exchange.restore'>, context: OpenContext): Started {
  return startIn('receive', input, context, (at) => ({ name: 'receive', dryRun: false, ...at }))
}

export function startJoin(input: ParsedOf<'exchange.join'>, context: OpenContext): Started {
  return startIn('join', input, context, (at) => ({ name: 'join', ...at }))
}

/** The name at the log-in follows the account's, which may have met its namesake in the backup. */
export function startRecover({ escrowKey, ...input }: ParsedOf<'exchange.recover'>, context: OpenContext & { readonly session: Session }): Started {
  const source = sourceOf(input, context)
  if (!source.ok) return source
  return start('recover', context, async (control) => {
    const done = await withSource(source.value, context.env, (at) => runTask({ name: 'recover', escrowKey, ...at }, context, control))
    if (done.ok && done.value.account !== context.account.name) context.session.keys()?.rename(context.account.id, done.value.account)
    return done
  })
}

/** Reads a request (of a new machine, or for missing records) and writes the package that answers it. */
function startReply(name: 'enrol' | 'answer', { file, path, out, place, scope }: FileIn & FileOut & { readonly scope?: string | undefined }, context: OpenContext): Started {
  const source = sourceOf({ file, path }, context)
  if (!source.ok) return source
  const kind = name === 'enrol' ? 'enrol' : 'export'
  return startOut<'enrol' | 'answer'>(kind, { out, place }, 'answer.dspk', context, (at) => {
    const from = 'path' in source.value ? source.value : { bytes: source.value.bytes }
    return name === 'enrol' ? { name, from, scope, ...at } : { name, from, ...at }
  })
}

export function startEnrol(input: ParsedOf<'exchange.enrol'>, context: OpenContext): Started {
  return startReply('enrol', input, context)
}

export function startAnswer(input: ParsedOf<'exchange.answer'>, context: OpenContext): Started {
  return startReply('answer', input, context)
}

export function startDiagnose({ scopes, ...output }: ParsedOf<'exchange.diagnose'>, context: OpenContext): Started {
  return startOut('diagnose', output, 'diagnosis.json', context, (at) => ({ name: 'diagnose', scopes, ...at }))
}

/** What can be refused is refused at once; the work makes all rows anew, which a large folder takes a while for. */
export function startAccept(input: ParsedOf<'exchange.accept'>, context: OpenContext): Started {
  const plan = planAccept(input, context)
  if (!plan.ok) return plan
  return start('accept', context, (control) => runTask({ name: 'accept', ...input }, context, control))
}

type ResultEntry = 'acceptResult' | 'exportResult' | 'receiveResult' | 'backupResult' | 'enrolResult' | 'joinResult' | 'recoverResult' | 'diagnoseResult'

/** NOT_FOUND {what: job}, BUSY while it runs, or the job's own error. */
export function resultOf<K extends ResultEntry>(entry: K, { job }: { readonly job: string }, { jobs }: OpenContext): Result<OutputOf<`exchange.${K}`>> {
  return jobs.result<OutputOf<`exchange.${K}`>>(job, prefix + entry.slice(0, -'Result'.length))
}
