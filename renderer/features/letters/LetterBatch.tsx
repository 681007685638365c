/** Steps for many letters at once. Batches of the contract's size one after the other; what failed is said, what went through stays. */
import { App as AntApp, Modal } from 'antd'
import { useState } from 'react'
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { useJob } from '../../api/jobs.ts'
import { collectAll, type FilterOf } from '../../api/use-pages.ts'
import { JobProgress } from '../../components/feedback.tsx'
import type { Selection } from '../../components/grid-model.ts'
import { EntryButton } from '../../components/layout.tsx'
import { ReasonDialog } from '../../components/ReasonDialog.tsx'
import { dataChanged } from '../../state/data.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { batchText } from '../../text/batches.ts'
import { lettersText as t } from '../../text/letters.ts'

const atOnce = 500
const most = 2_000

/** Runs `step` over slices; stops at the first refusal, whose params get how many were done before. */
export async function inSlices(ids: readonly string[], size: number, step: (slice: string[]) => Promise<Result<readonly LetterRow[]>>): Promise<Result<readonly LetterRow[]>> {
  const done: LetterRow[] = []
  for (let at = 0; at < ids.length; at += size) {
    const answer = await step(ids.slice(at, at + size))
    if (!answer.ok) return done.length === 0 ? answer : { ok: false, error: { ...answer.error, params: { ...answer.error.params, doneBefore: done.length } } }
    done.push(...answer.value)
  }
  return ok(done)
}

/** Held by the page, not by the bar of the selected rows: letters that are issued may leave the filtered list, and the bar goes with the last of them. */
export type LetterWork = { readonly dialog: 'issue' | 'batch'; readonly ids: readonly string[] }
type BatchProps = { readonly selection: Selection; readonly filter: FilterOf<'letters.list'>; readonly onWork: (work: LetterWork) => void; readonly onDone: () => void }

export function LetterBatch({ selection, filter, onWork, onDone }: BatchProps) {
  const { message } = AntApp.useApp()
  /** The letters to be sent back, while the reason is asked for. */
  const [returned, setReturned] = useState<readonly string[] | null>(null)
  const [busy, setBusy] = useState(false)
  const job = useJob()
  const say = (answer: Result<unknown>): void => {
    if (answer.ok) return
    const before = answer.error.params['doneBefore']
    message.error(answer.error.params['what'] === 'too-many' ? t.tooMany(most) : `${typeof before === 'number' ? t.partly(before) : ''}${errorSentence(answer.error)}`, 8)
  }
  const gather = async (): Promise<readonly string[] | null> => {
    if (!selection.all) return [...selection.ids]
    const all = await collectAll('letters.list', filter, most)
    say(all)
    return all.ok ? all.value.map((row) => row.id).filter((id) => !selection.ids.has(id)) : null
  }
  const step = async (word: (n: number) => string, work: (slice: string[]) => Promise<Result<readonly LetterRow[]>>, given?: readonly string[]): Promise<void> => {
    setBusy(true)
    const found = given ?? (await gather())
    const answer = found === null ? err('CANCELLED') : await inSlices(found, atOnce, work)
    setBusy(false)
    if (found === null) return
    dataChanged()
    say(answer)
    if (!answer.ok) return
    message.success(word(answer.value.length))
    setReturned(null)
    onDone()
  }
  const open = async (which: 'issue' | 'batch' | 'sendBack'): Promise<void> => {
    const found = await gather()
    if (found === null) return
    if (which === 'sendBack') setReturned(found)
    else onWork({ dialog: which, ids: found })
  }
  const download = async (): Promise<void> => {
    const found = await gather()
    if (found === null) return
    const started = await call('letters.files', { ids: [...found] })
    const end = started.ok ? await job.follow(started.value.job) : started
    const file = started.ok && end.ok ? await call('letters.filesResult', { job: started.value.job }) : end
    if (!file.ok) return say(file)
    if (!('file' in file.value)) return
    const saved = await saveFile(file.value.file, file.value.name)
    if (saved.ok && saved.value.saved) message.success(t.packed(file.value.count))
    say(saved)
  }
  return (
    <>
      <EntryButton entry="letters.submit" size="small" loading={busy} onClick={() => void step(t.submitted, (slice) => call('letters.submit', { ids: slice }))}>{t.submit}</EntryButton>
      <EntryButton entry="letters.check" size="small" loading={busy} onClick={() => void step(t.passed, (slice) => call('letters.check', { ids: slice, pass: true }))}>{t.pass}</EntryButton>
      <EntryButton entry="letters.check" size="small" onClick={() => void open('sendBack')}>{t.sendBack}</EntryButton>
      <EntryButton entry="letters.files" size="small" onClick={() => void download()}>{t.download}</EntryButton>
      <EntryButton entry="letters.batch" size="small" onClick={() => void open('batch')}>{batchText.open}</EntryButton>
      <EntryButton entry="letters.issue" size="small" type="primary" onClick={() => void open('issue')}>{t.issue}</EntryButton>
      {returned === null ? null : <ReasonDialog title={t.sendBackTitle(returned.length)} verb={t.sendBack} busy={busy} error={null} onCancel={() => setReturned(null)} onReason={(note) => void step(t.sentBack, (slice) => call('letters.check', { ids: slice, pass: false, note }), returned)} />}
      {job.job ? <Modal open title={t.packing} footer={null} closable={false}><JobProgress job={job.job} onCancel={() => void job.cancel()} /></Modal> : null}
    </>
  )
}
