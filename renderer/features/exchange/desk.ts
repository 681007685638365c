/** The long works of 交换, one of each kind at a time; held by the frame, so that another page may be looked at meanwhile. */
import { createContext, useContext } from 'react'
import type { PickedFile } from '../../../shared/contract/bridge.ts'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { placeOf, type Target } from './places.ts'
import { useFlow, type Flow } from './use-flow.ts'
import { useTakeIn, type TakeIn } from './use-take-in.ts'

export type Written = OutputOf<'exchange.exportResult'>
export type BackedUp = OutputOf<'exchange.backupResult'>
export type Diagnosed = OutputOf<'exchange.diagnoseResult'>
export type Enrolled = OutputOf<'exchange.enrolResult'>
/** A result with the name of the file that it went to. */
export type Named<T> = T & { readonly savedAs: string }

export type ExchangeDesk = {
  readonly send: Flow<Named<Written>>
  readonly backup: Flow<Named<BackedUp>>
  readonly enrol: Flow<Named<Enrolled>>
  readonly diagnosis: Flow<Named<Diagnosed>>
  readonly receive: TakeIn
  readonly restore: TakeIn
  readonly startSend: (to: string, full: boolean, target: Target) => void
  readonly startAnswer: (file: PickedFile, target: Target) => void
  readonly startBackup: (target: Target) => void
  readonly startEnrol: (file: PickedFile, scope: string, target: Target) => void
  readonly startDiagnosis: (scopes: readonly string[], target: Target) => void
}

/** Without a place the file is given to the person at once. */
async function given<T extends { readonly file: string | null }>(value: T, target: Target): Promise<Named<T>> {
  if (value.file !== null) await saveFile(value.file, target.name)
  return { ...value, savedAs: target.name }
}

export function useDesk(): ExchangeDesk {
  const send = useFlow<Named<Written>>(true)
  const backup = useFlow<Named<BackedUp>>(true)
  const enrol = useFlow<Named<Enrolled>>(true)
  const diagnosis = useFlow<Named<Diagnosed>>(false)
  const receive = useTakeIn('exchange.receive')
  const restore = useTakeIn('exchange.restore')
  const written = (target: Target) => async (job: string) => {
    const answer = await call('exchange.exportResult', { job })
    return answer.ok ? { ok: true as const, value: await given(answer.value, target) } : answer
  }
  return {
    send, backup, enrol, diagnosis, receive, restore,
    startSend: (to, full, target) => void send.run(() => call('exchange.export', { to, full, ...placeOf(target) }), written(target)),
    startAnswer: (file, target) => void send.run(() => call('exchange.answer', { file: file.token, ...placeOf(target) }), written(target)),
    startBackup: (target) => void backup.run(() => call('exchange.backup', placeOf(target)), async (job) => {
      const answer = await call('exchange.backupResult', { job })
      return answer.ok ? { ok: true, value: await given(answer.value, target) } : answer
    }),
    startDiagnosis: (scopes, target) => void diagnosis.run(() => call('exchange.diagnose', { scopes: [...scopes], ...placeOf(target) }), async (job) => {
      const answer = await call('exchange.diagnoseResult', { job })
      return answer.ok ? { ok: true, value: await given(answer.value, target) } : answer
    }),
    startEnrol: (file, scope, target) => void enrol.run(() => call('exchange.enrol', { file: file.token, scope, ...placeOf(target) }), async (job) => {
      const answer = await call('exchange.enrolResult', { job })
      return answer.ok ? { ok: true, value: await given(answer.value, target) } : answer
    }),
  }
}

export const isWorking = (desk: ExchangeDesk): boolean => desk.send.busy || desk.backup.busy || desk.enrol.busy || desk.diagnosis.busy || desk.receive.busy || desk.restore.busy

export const ExchangeDeskContext = createContext<ExchangeDesk | null>(null)

export function useExchangeDesk(): ExchangeDesk {
  const desk = useContext(ExchangeDeskContext)
  if (desk === null) throw new Error('no exchange desk')
  return desk
}
