/** What a batch came to, and its papers: Word files, the merged PDF with its progress, the print, and the record of it. */
import { App as AntApp, Button, Modal } from 'antd'
import { useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { useJob } from '../../api/jobs.ts'
import { printPaper, savePdf, type PrintEnd } from '../../api/print.ts'
import { ErrorBox, JobProgress } from '../../components/feedback.tsx'
import { LinkButton } from '../../components/layout.tsx'
import { dataChanged } from '../../state/data.ts'
import { navigate } from '../../state/route.ts'
import { batchText as t } from '../../text/batches.ts'
import { none } from '../../text/format.ts'
import { letterTypeLabels } from '../../text/labels.ts'
import { lettersText } from '../../text/letters.ts'
import type { BatchResult } from './BatchRun.tsx'

export function BatchEnd({ result, onClose }: { readonly result: BatchResult; readonly onClose: () => void }) {
  const { letters, docx, pages, batchId, ownTemplate } = result
  const [asked, setAsked] = useState(false)
  const [making, setMaking] = useState<'pdf' | 'print' | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const { job, follow, cancel } = useJob()
  const { message } = AntApp.useApp()
  const record = async (): Promise<void> => {
    // The others are printed one by one from their Word files, and noted there.
    const noted = await call('letters.printed', { ids: letters.map((one) => one.id).filter((id) => !ownTemplate.includes(id)), batchId })
    setAsked(false)
    if (noted.ok) message.success(t.recorded)
    else message.error(errorSentence(noted.error))
    dataChanged()
  }
  const make = async (what: 'pdf' | 'print', work: (file: string) => Promise<Result<PrintEnd>>): Promise<void> => {
    if (pages === null) return
    setMaking(what)
    setError(null)
    const end = await work(pages.file)
    setMaking(null)
    if (!end.ok) return setError(end.error)
    if (end.value.done === false) return
    // Only the desktop's printer says that it printed; a PDF, or a browser, leaves that to the person.
    if (what === 'print' && end.value.done) await record()
    else setAsked(true)
  }
  const word = async (): Promise<void> => {
    if (docx === null) return
    const saved = await saveFile(docx.file, docx.name)
    if (!saved.ok) message.error(errorSentence(saved.error))
  }
  const close = (): void => {
    void cancel()
    onClose()
  }
  const buttons = (
    <>
      <Button onClick={() => void word()} disabled={docx === null}>{t.word}</Button>
      <Button onClick={() => void make('pdf', (file) => savePdf(file, follow))} loading={making === 'pdf'} disabled={pages === null || making !== null}>{t.pdf}</Button>
      {asked ? <Button onClick={() => void record()}>{t.record}</Button> : null}
      <Button type="primary" onClick={() => void make('print', printPaper)} loading={making === 'print'} disabled={pages === null || making !== null}>{t.print}</Button>
    </>
  )
  return (
    <Modal open title={t.doneTitle} width={720} mask={{ closable: false }} onCancel={close} footer={buttons}>
      <div className="dialog-body dialog-scroll">
        <p>{letters.length === 0 ? t.none : t.done(letters.length)}</p>
        {job === null ? null : <JobProgress job={job} onCancel={() => void cancel()} />}
        {making === 'print' ? <p className="soft" role="status">{t.making(letters.length)}</p> : null}
        {error?.code === 'CANCELLED' ? <p className="warn-text" role="status">{t.stopped(Number(error.params['done'] ?? 0), Number(error.params['total'] ?? letters.length))}</p> : <ErrorBox error={error} />}
        {ownTemplate.length === 0 ? null : <p className="warn-text">{t.apart(ownTemplate.length)}</p>}
        <BatchRefused refused={result.refused} onLeave={close} />
        <table className="table">
          <thead><tr><th>{lettersText.number}</th><th>{lettersText.type}</th><th>{lettersText.unit}</th><th>{lettersText.official}</th></tr></thead>
          <tbody>{letters.map((letter) => <tr key={letter.id}><td>{letter.number ?? none}</td><td>{letterTypeLabels[letter.type]}</td><td>{letter.unit}</td><td>{letter.official ?? none}</td></tr>)}</tbody>
        </table>
      </div>
    </Modal>
  )
}

function BatchRefused({ refused, onLeave }: { readonly refused: BatchResult['refused']; readonly onLeave: () => void }) {
  if (refused.length === 0) return null
  const open = (letterId: string): void => {
    onLeave()
    navigate(['letters', letterId])
  }
  return (
    <>
      <p className="warn-text">{t.refused(refused.length)}</p>
      <ul>{refused.map((one) => <li key={one.letterId}>{errorSentence(one as unknown as AppError)} <LinkButton onClick={() => open(one.letterId)}>{t.openLetter}</LinkButton></li>)}</ul>
    </>
  )
}
