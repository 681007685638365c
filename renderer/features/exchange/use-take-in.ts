/** A package on its way in: on the desk, tried, looked at, confirmed. */
import { useRef, useState } from 'react'
import type { PickedFile } from '../../../shared/contract/bridge.ts'
import type { ReceiveReport } from '../../../shared/contract/exchange.ts'
import type { AppError } from '../../../shared/errors.ts'
import { call } from '../../api/client.ts'
import { toDesk } from '../../api/files.ts'
import { dataChanged } from '../../state/data.ts'
import { useFlow, type Flow } from './use-flow.ts'

/** idle → reading → trying → shown → applying → done; refused from any of them. */
export type TakeInStep = 'idle' | 'reading' | 'trying' | 'shown' | 'applying' | 'done' | 'refused'

export type TakeIn = {
  readonly step: TakeInStep
  readonly fileName: string
  /** The dry run's, or after `done` what came of it. */
  readonly report: ReceiveReport | null
  readonly flow: Flow<ReceiveReport>
  readonly error: AppError | null
  readonly busy: boolean
  readonly choose: (file: File | PickedFile) => void
  readonly confirm: () => void
  readonly again: () => void
  readonly reset: () => void
}

export function useTakeIn(entry: 'exchange.receive' | 'exchange.restore'): TakeIn {
  const [step, setStep] = useState<TakeInStep>('idle')
  const [fileName, setFileName] = useState('')
  const [report, setReport] = useState<ReceiveReport | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const picked = useRef<File | PickedFile | null>(null)
  const token = useRef<string | null>(null)
  const flow = useFlow<ReceiveReport>(false)

  const refuse = (why: AppError): void => {
    setError(why)
    setStep('refused')
  }
  const tryIt = async (file: string): Promise<void> => {
    setStep('trying')
    // Both kinds of file are tried by the same code: a backup is a package for this machine.
    const end = await flow.run(() => call('exchange.receive', { file, dryRun: true }), (job) => call('exchange.receiveResult', { job }))
    if (!end.ok) return refuse(end.error)
    setReport(end.value)
    setStep('shown')
  }
  const begin = async (): Promise<void> => {
    const file = picked.current
    if (file === null) return
    setError(null)
    setReport(null)
    setFileName(file.name)
    setStep('reading')
    const desk = await toDesk(file)
    if (!desk.ok) return refuse(desk.error)
    token.current = desk.value.token
    await tryIt(desk.value.token)
  }
  const apply = async (): Promise<void> => {
    const file = token.current
    if (file === null) return
    setStep('applying')
    const end = await flow.run(() => (entry === 'exchange.restore' ? call(entry, { file }) : call(entry, { file, dryRun: false })), (job) => call('exchange.receiveResult', { job }))
    if (!end.ok) return refuse(end.error)
    setReport(end.value)
    setStep('done')
    dataChanged()
    await call('files.drop', { token: file })
  }
  return {
    step, fileName, report, flow, error, busy: step === 'reading' || step === 'trying' || step === 'applying',
    choose: (file) => {
      picked.current = file
      void begin()
    },
    confirm: () => void apply(),
    again: () => void begin(),
    reset: () => {
      setStep('idle')
      setReport(null)
      setError(null)
      flow.reset()
    },
  }
}
