/** Reading and writing from screens. Reads ask again after every write of this window and after the log-in over the page. */
import { useCallback, useEffect, useState } from 'react'
import type { EntryName, InputOf, OutputOf } from '../../shared/contract/entries.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import { dataChanged, useDataVersion } from '../state/data.ts'
import { call, isLockedError } from './client.ts'

export type Loaded<T> = { readonly data: T | null; readonly error: AppError | null; readonly loading: boolean; readonly reload: () => void }

/** The last answer with the question that it belongs to. */
type Slot<T> = { readonly key: string; readonly turn: string; readonly data: T | null; readonly error: AppError | null }

/** `input` null: nothing is asked. While asking again the old value stays; another input clears it. */
export function useCall<N extends EntryName>(name: N, input: InputOf<N> | null): Loaded<OutputOf<N>> {
  const version = useDataVersion((state) => state.version)
  const [again, setAgain] = useState(0)
  const key = input === null ? '' : `${name} ${JSON.stringify(input)}`
  const turn = `${version}.${again}`
  const [slot, setSlot] = useState<Slot<OutputOf<N>>>({ key: '', turn: '', data: null, error: null })
  useEffect(() => {
    if (key === '') return undefined
    let current = true
    // The key holds the input: an object that is built anew at every render asks only once.
    void call(name, JSON.parse(key.slice(name.length + 1)) as InputOf<N>).then((answer) => {
      if (!current) return
      // Locked: the log-in stands over the page, and after it the version grows and this is asked again.
      if (!answer.ok && isLockedError(answer.error)) return
      setSlot((old) => (answer.ok ? { key, turn, data: answer.value, error: null } : { key, turn, data: old.key === key ? old.data : null, error: answer.error }))
    })
    return () => {
      current = false
    }
  }, [key, name, turn])
  const reload = useCallback(() => setAgain((n) => n + 1), [])
  const fresh = slot.key === key && key !== ''
  const loading = key !== '' && !(fresh && slot.turn === turn)
  return { data: fresh ? slot.data : null, error: fresh ? slot.error : null, loading, reload }
}

export type Action = {
  readonly busy: boolean
  readonly error: AppError | null
  readonly clear: () => void
  readonly fail: (error: AppError) => void
  /** Calls; on success tells every list to ask again. */
  readonly run: <N extends EntryName>(name: N, input: InputOf<N>) => Promise<Result<OutputOf<N>>>
}

/** One write at a time: its state for the button and its error for the form. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const run = useCallback(async <N extends EntryName>(name: N, input: InputOf<N>) => {
    setBusy(true)
    setError(null)
    const answer = await call(name, input)
    setBusy(false)
    if (answer.ok) dataChanged()
    else setError(answer.error)
    return answer
  }, [])
  const clear = useCallback(() => setError(null), [])
  return { busy, error, clear, fail: setError, run }
}
