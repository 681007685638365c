/** Earlier batches: how far they are, who printed them, and going on. */
import { Modal } from 'antd'
import { useState } from 'react'
import { useCall } from '../../api/hooks.ts'
import { EmptyState, Shown } from '../../components/feedback.tsx'
import { EntryButton } from '../../components/layout.tsx'
import { batchText as t } from '../../text/batches.ts'
import { dateText, momentText, none } from '../../text/format.ts'
import { BatchRun } from './BatchRun.tsx'

export function BatchesButton() {
  const [open, setOpen] = useState(false)
  const [resumed, setResumed] = useState<string | null>(null)
  return (
    <>
      <EntryButton entry="letters.batchResume" onClick={() => setOpen(true)}>{t.list}</EntryButton>
      {open ? <BatchesDialog onClose={() => setOpen(false)} onResume={(id) => { setOpen(false); setResumed(id) }} /> : null}
      {resumed === null ? null : <BatchRun start={{ batchId: resumed }} onClose={() => setResumed(null)} onDone={() => setResumed(null)} />}
    </>
  )
}

function BatchesDialog({ onClose, onResume }: { readonly onClose: () => void; readonly onResume: (id: string) => void }) {
  const list = useCall('letters.batches', {})
  return (
    <Modal open title={t.listTitle} width={820} onCancel={onClose} footer={null}>
      <div className="dialog-body dialog-scroll">
        <Shown of={list}>
          {(rows) => (rows.length === 0 ? <EmptyState title={t.empty} /> : (
            <table className="table">
              <thead><tr><th>{t.startedOn}</th><th>{t.by}</th><th>{t.date2}</th><th className="align-right">{t.progress}</th><th className="align-right">{t.refusedCount}</th><th>{t.printed}</th><th /></tr></thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td>{momentText(row.startedOn)}</td><td>{row.startedBy}</td><td>{dateText(row.date)}</td><td className="align-right">{row.done} / {row.total}</td><td className="align-right">{row.refused}</td>
                    <td>{row.printedOn === null ? none : `${dateText(row.printedOn)} ${row.printedBy ?? ''}`}</td>
                    <td><EntryButton entry="letters.batchResume" size="small" onClick={() => onResume(row.id)}>{row.done < row.total || row.refused > 0 ? t.resume : t.again}</EntryButton></td>
                  </tr>
                ))}
              </tbody>
            </table>
          ))}
        </Shown>
      </div>
    </Modal>
  )
}
