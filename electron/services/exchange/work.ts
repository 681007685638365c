/** The long work of the exchange, in the worker's thread with its own connection. Refusals are thrown; nothing is left behind by one. */
import type { Result } from '../../../shared/result.ts'
import type { Store } from '../../store/store.ts'
import type { Account, Env } from '../context.ts'
import type { Ahead } from './ahead.ts'
import { accept, type Accepted } from './accept.ts'
import type { Control } from './control.ts'
import { diagnose, type Diagnosed } from './diagnosis.ts'
import { enrol, join, type Enrolled, type Joined } from './enrol.ts'
import type { Place } from './files.ts'
import { answer } from './gap-files.ts'
import type { ReceiveReport } from './receive.ts'
import { recover, type Recovered } from './recover.ts'
import { backup, exportPackage, receivePackage, type BackedUp, type Exported } from './use-cases.ts'

/** What every use case in the worker gets. */
export type WorkContext = { readonly env: Env; readonly store: Store; readonly account: Account; readonly control: Control; readonly ahead?: Ahead }

type Out = { readonly target: string; readonly place: Place }
type In = { readonly path: string; readonly place: Place }
/** A small file, read whole. */
export type SmallFile = In | { readonly bytes: Uint8Array }

type Tasks = {
  export: { readonly given: Out & { readonly to: string; readonly full: boolean }; readonly done: Exported }
  backup: { readonly given: Out; readonly done: BackedUp }
  receive: { readonly given: In & { readonly dryRun: boolean }; readonly done: ReceiveReport }
  enrol: { readonly given: Out & { readonly from: SmallFile; readonly scope: string | undefined }; readonly done: Enrolled }
  join: { readonly given: In; readonly done: Joined }
  recover: { readonly given: In & { readonly escrowKey: string }; readonly done: Recovered }
  answer: { readonly given: Out & { readonly from: SmallFile }; readonly done: Exported }
  accept: { readonly given: { readonly device: string; readonly reason: string; readonly seen: string }; readonly done: Accepted }
  diagnose: { readonly given: Out & { readonly scopes: readonly string[] }; readonly done: Diagnosed }
}
export type TaskName = keyof Tasks
export type Task<N extends TaskName = TaskName> = { [K in N]: Tasks[K]['given'] & { readonly name: K } }[N]
export type TaskResult<N extends TaskName> = Tasks[N]['done']

export function doTask(task: Task, context: WorkContext): Promise<Result<TaskResult<TaskName>>> {
  switch (task.name) {
    case 'export': return exportPackage(task, context)
    case 'backup': return backup(task, context)
    case 'receive': return receivePackage(task, context)
    case 'enrol': return enrol(task, context)
    case 'join': return join(task, context)
    case 'recover': return recover(task, context)
    case 'answer': return answer(task, context)
    case 'accept': return accept(task, context)
    case 'diagnose': return diagnose(task, context)
  }
}
