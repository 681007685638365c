/** A batch from the date to the printed papers; or an earlier one gone on with. */
import { App as AntApp, Button, Form, Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import type { AppError } from '../../../shared/errors.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { useJob } from '../../api/jobs.ts'
import { printPaper, savePdf } from '../../api/print.ts'
import { DateField } from '../../components/dates.tsx'
import { ErrorBox, JobProgress } from '../../components/feedback.tsx'
import { LinkButton } from '../../components/layout.tsx'
import { dataChanged } from '../../state/data.ts'
import { navigate } from '../../state/route.ts'
import { useToday } from '../../state/session.ts'
import { batchText as t } from '../../text/batches.ts'
import { common } from '../../text/common.ts'
import { none } from '../../text/format.ts'
import { letterTypeLabels } from '../../text/labels.ts'
import { lettersText } from '../../text/letters.ts'

type BatchResult = OutputOf<'letters.batchResult'>
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
        <ErrorBox error={error} />
      </div>
    </Modal>
  )
}

function BatchEnd({ result, onClose }: { readonly result: BatchResult; readonly onClose: () => void }) {
  const { letters, refused, docx, pages, batchId, ownTemplate } = result
  const [asked, setAsked] = useState(false)
  const [making, setMaking] = useState<'pdf' | 'print' | null>(null)
  const { message } = AntApp.useApp()
  const record = async (): Promise<void> => {
    // The others are printed one by one from their Word files, and noted there.
    const noted = await call('letters.printed', { ids: letters.map((one) => one.id).filter((id) => !ownTemplate.includes(id)), batchId })
    setAsked(false)
    if (noted.ok) message.success(t.recorded)
    else message.error(errorSentence(noted.error))
    dataChanged()
  }
  const print = async (how: typeof printPaper): Promise<void> => {
    if (pages === null) return
    setMaking(how === printPaper ? 'print' : 'pdf')
    const end = await how(pages.file)
    setMaking(null)
    if (!end.ok) message.error(errorSentence(end.error))
    else if (end.value.done === null) setAsked(true)
    else if (end.value.done && how === printPaper) await record()
  }
  const word = async (): Promise<void> => {
    if (docx === null) return
    const saved = await saveFile(docx.file, docx.name)
    if (!saved.ok) message.error(errorSentence(saved.error))
  }
  return (
    <Modal open title={t.doneTitle} width={720} onCancel={onClose} footer={<><Button onClick={() => void word()} disabled={docx === null}>{t.word}</Button><Button onClick={() => void print(savePdf)} loading={making === 'pdf'} disabled={pages === null || making !== null}>{t.pdf}</Button>{asked ? <Button onClick={() => void record()}>{t.record}</Button> : null}<Button type="primary" onClick={() => void print(printPaper)} loading={making === 'print'} disabled={pages === null || making !== null}>{t.print}</Button></>}>
      <div className="dialog-body dialog-scroll">
        <p>{letters.length === 0 ? t.none : t.done(letters.length)}</p>
        {making === null ? null : <p className="soft" role="status">{t.making(letters.length)}</p>}
        {ownTemplate.length === 0 ? null : <p className="warn-text">{t.apart(ownTemplate.length)}</p>}
        {refused.length === 0 ? null : (
          <>
            <p className="warn-text">{t.refused(refused.length)}</p>
            <ul>{refused.map((one) => <li key={one.letterId}>{errorSentence(one as unknown as AppError)} <LinkButton onClick={() => {
              onClose()
              navigate(['letters', one.letterId])
            }}>{t.openLetter}</LinkButton></li>)}</ul>
          </>
        )}
        <table className="table">
          <thead><tr><th>{lettersText.number}</th><th>{lettersText.type}</th><th>{lettersText.unit}</th><th>{lettersText.official}</th></tr></thead>
          <tbody>{letters.map((letter) => <tr key={letter.id}><td>{letter.number ?? none}</td><td>{letterTypeLabels[letter.type]}</td><td>{letter.unit}</td><td>{letter.official ?? none}</td></tr>)}</tbody>
        </table>
      </div>
    </Modal>
  )
}
