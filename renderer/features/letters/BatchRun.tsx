/** A batch from the date to its papers; or an earlier one gone on with. */
import { Form, Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import type { AppError } from '../../../shared/errors.ts'
import { call } from '../../api/client.ts'
import { useJob } from '../../api/jobs.ts'
import { DateField } from '../../components/dates.tsx'
import { ErrorBox, JobProgress } from '../../components/feedback.tsx'
import { dataChanged } from '../../state/data.ts'
import { useToday } from '../../state/session.ts'
import { batchText as t } from '../../text/batches.ts'
import { common } from '../../text/common.ts'
import { BatchEnd } from './BatchEnd.tsx'

export type BatchResult = OutputOf<'letters.batchResult'>
type BatchRunProps = { readonly start: { readonly ids: readonly string[] } | { readonly batchId: string }; readonly onClose: () => void; readonly onDone: () => void }

export function BatchRun({ start, onClose, onDone }: BatchRunProps) {
  const [date, setDate] = useState<string | null>(useToday())
  const [result, setResult] = useState<BatchResult | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const [busy, setBusy] = useState(false)
  const { job, follow, cancel } = useJob()
  const run = async (day: string | null): Promise<void> => {
    setBusy(true)
    setError(null)
    const started = 'ids' in start ? await call('letters.batch', { ids: [...start.ids], date: day ?? '' }) : await call('letters.batchResume', { batchId: start.batchId })
    const end = started.ok ? await follow(started.value.job) : started
    const answer = started.ok && end.ok ? await call('letters.batchResult', { job: started.value.job }) : null
    setBusy(false)
    // Also after a cancel: what was issued until then is issued.
    dataChanged()
    if (answer?.ok) setResult(answer.value)
    else setError(answer !== null && !answer.ok ? answer.error : end.ok ? null : end.error)
  }
  const resumed = useRef(false)
  useEffect(() => {
    if ('ids' in start || resumed.current) return
    resumed.current = true
    void run(null)
  })
  const close = (): void => {
    onClose()
    if (result !== null) onDone()
  }
  if (result !== null) return <BatchEnd result={result} onClose={close} />
  return (
    <Modal open title={'ids' in start ? t.title(start.ids.length) : t.running} okText={t.start} cancelText={common.close} closable={!busy} mask={{ closable: false }} confirmLoading={busy} onCancel={onClose} onOk={() => void run(date)} okButtonProps={{ disabled: date === null, hidden: !('ids' in start) }} cancelButtonProps={{ disabled: busy }}>
      <div className="dialog-body">
        {'ids' in start ? <p className="soft">{t.note}</p> : null}
        {'ids' in start && !busy ? <Form layout="vertical"><Form.Item label={t.date} htmlFor="batch-date"><DateField id="batch-date" value={date} onChange={setDate} /></Form.Item></Form> : null}
        {job ? <JobProgress job={job} onCancel={() => void cancel()} /> : null}
        {busy ? <p className="soft">{t.stopHint}</p> : null}
        {error?.code === 'CANCELLED' ? <p className="warn-text" role="status">{t.cancelled}</p> : <ErrorBox error={error} />}
      </div>
    </Modal>
  )
}
