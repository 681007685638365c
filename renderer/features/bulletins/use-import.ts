/** Drives the import queue: one dry run at a time, then the import of what was confirmed, in order. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PickedFile } from '../../../shared/contract/bridge.ts'
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { call } from '../../api/client.ts'
import { toDesk } from '../../api/files.ts'
import { useJob, type Job } from '../../api/jobs.ts'
import { dataChanged } from '../../state/data.ts'
import { afterImport, confirmable, nextStep, withFiles, withItem, type Overrides, type QueueItem } from './import-queue.ts'

export type ImportDesk = {
  readonly queue: readonly QueueItem[]
  readonly job: Job | null
  readonly busyKey: number | null
  readonly add: (files: readonly (PickedFile | File)[]) => void
  readonly remove: (key: number) => void
  readonly clearDone: () => void
  readonly change: (key: number, set: Overrides) => void
  readonly importOne: (key: number) => void
  readonly importAll: () => void
  readonly cancel: () => void
}

export function useImport(): ImportDesk {
  const [queue, setQueue] = useState<readonly QueueItem[]>([])
  const [wanted, setWanted] = useState<readonly number[]>([])
  const [busyKey, setBusyKey] = useState<number | null>(null)
  const nextKey = useRef(1)
  const { job, follow, cancel } = useJob()
  const patch = useCallback((key: number, change: Partial<QueueItem>) => setQueue((now) => withItem(now, key, change)), [])

  const runImport = useCallback(
    async (item: QueueItem, token: string, dryRun: boolean): Promise<Result<ImportReport>> => {
      const started = await call('bulletins.import', { file: token, kind: item.set.kind, period: item.set.period, mapping: item.set.mapping, dryRun })
      if (!started.ok) return started
      const end = await follow(started.value.job)
      return end.ok ? call('bulletins.importResult', { job: started.value.job }) : err(end.error.code, end.error.params)
    },
    [follow],
  )
  const onDesk = useCallback(async (item: QueueItem): Promise<Result<string>> => {
    if (item.token !== null && (await call('files.info', { token: item.token })).ok) return ok(item.token)
    patch(item.key, { state: 'uploading' })
    const sent = await toDesk(item.file)
    if (!sent.ok) return sent
    patch(item.key, { token: sent.value.token })
    return ok(sent.value.token)
  }, [patch])
  const work = useCallback(
    async (item: QueueItem, dryRun: boolean): Promise<void> => {
      setBusyKey(item.key)
      const token = await onDesk(item)
      if (token.ok) patch(item.key, { state: dryRun ? 'checking' : 'importing', error: null })
      const answer = token.ok ? await runImport(item, token.value, dryRun) : token
      if (!answer.ok) patch(item.key, { state: answer.error.code === 'CANCELLED' ? 'cancelled' : 'failed', error: answer.error, ...(dryRun ? { report: null } : {}) })
      else {
        patch(item.key, { state: dryRun ? 'ready' : 'done', report: answer.value })
        if (!dryRun) {
          setQueue((now) => afterImport(now, { ...item, report: answer.value }))
          dataChanged()
        }
      }
      setBusyKey(null)
    },
    [onDesk, patch, runImport],
  )
  useEffect(() => {
    if (busyKey !== null) return undefined
    const { item, dryRun, drop } = nextStep(queue, wanted)
    if (item === null && drop.length === 0) return undefined
    const timer = setTimeout(() => {
      if (drop.length > 0) setWanted((now) => now.filter((key) => !drop.includes(key)))
      else if (item !== null) {
        if (!dryRun) setWanted((now) => now.filter((key) => key !== item.key))
        void work(item, dryRun)
      }
    })
    return () => clearTimeout(timer)
  }, [queue, wanted, busyKey, work])
  return {
    queue, job, busyKey,
    add: (files) => {
      const first = nextKey.current
      nextKey.current += files.length
      setQueue((now) => withFiles(now, files, first))
    },
    remove: (key) => setQueue((now) => now.filter((item) => item.key !== key)),
    clearDone: () => setQueue((now) => now.filter((item) => item.state !== 'done')),
    change: (key, set) => patch(key, { set, state: 'queued', error: null }),
    importOne: (key) => setWanted((now) => [...now, key]),
    importAll: () => setWanted(confirmable(queue).map((item) => item.key)),
    cancel: () => {
      setWanted([])
      void cancel()
    },
  }
}
