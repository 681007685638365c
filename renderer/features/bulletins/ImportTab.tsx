/** Files on the left in the order of import, the dry run of the chosen one on the right. */
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { DropZone } from '../../components/DropZone.tsx'
import { EmptyState } from '../../components/feedback.tsx'
import { EntryButton } from '../../components/layout.tsx'
import { StatusLight, type Tone } from '../../components/StatusLight.tsx'
import { useMay } from '../../state/session.ts'
import { bulletinsText as t } from '../../text/bulletins.ts'
import { sizeText } from '../../text/format.ts'
import { kindLabels } from '../../text/labels.ts'
import { confirmable, held, importable, type QueueItem, type QueueState } from './import-queue.ts'
import { ImportPreview } from './ImportPreview.tsx'
import type { ImportDesk } from './use-import.ts'

const tones: Readonly<Record<QueueState, Tone>> = { queued: 'idle', uploading: 'work', checking: 'work', ready: 'wait', importing: 'work', done: 'done', failed: 'alert', cancelled: 'off' }

function lightOf(item: QueueItem, queue: readonly QueueItem[]): { readonly tone: Tone; readonly text: string } {
  if ((item.state === 'ready' || item.state === 'done') && item.report?.duplicateOf) return { tone: 'off', text: t.duplicate }
  if (item.state === 'ready' && !importable(item)) return { tone: 'alert', text: t.nothing }
  if (held(queue, item)) return { tone: 'idle', text: t.held }
  return { tone: tones[item.state], text: t[item.state] }
}

export function ImportTab({ desk }: { readonly desk: ImportDesk }) {
  const [chosen, setChosen] = useState<number | null>(null)
  const may = useMay()
  const allowed = may('bulletins.import')
  const current = desk.queue.find((item) => item.key === (desk.busyKey !== null && chosen === null ? desk.busyKey : chosen)) ?? desk.queue[0]
  const ready = confirmable(desk.queue)
  // Between two dry runs nothing is busy for a moment: a button that blinks loses the click.
  const waiting = desk.busyKey !== null || desk.queue.some((item) => item.state === 'queued' && !held(desk.queue, item))
  if (desk.queue.length === 0) {
    return (
      <div className="page-scroll import-empty">
        <DropZone title={t.dropTitle} hint={t.dropHint} verb={t.dropVerb} accept={t.accept} onFiles={desk.add} disabled={!allowed} />
        <EmptyState title={t.noFiles} hint={t.noFilesHint} />
      </div>
    )
  }
  return (
    <div className="split">
      <aside className="split-list" aria-label={t.leftTitle}>
        <DropZone compact title={t.dropMore} hint={t.dropMoreHint} verb={t.dropVerb} accept={t.accept} onFiles={desk.add} />
        <ul className="file-list">
          {desk.queue.map((item) => (
            <FileLine key={item.key} item={item} queue={desk.queue} here={item.key === current?.key} onChoose={() => setChosen(item.key)} />
          ))}
        </ul>
        <div className="file-foot">
          <Button size="small" disabled={!desk.queue.some((item) => item.state === 'done')} onClick={desk.clearDone}>{t.clearDone}</Button>
          <Tooltip title={t.importAllHint}>
            <EntryButton entry="bulletins.import" type="primary" disabled={ready.length === 0 || waiting} onClick={desk.importAll}>{t.importAll(ready.length)}</EntryButton>
          </Tooltip>
        </div>
      </aside>
      <div className="split-detail">{current ? <ImportPreview key={current.key} item={current} desk={desk} /> : <EmptyState title={t.chooseFile} />}</div>
    </div>
  )
}

function FileLine({ item, queue, here, onChoose }: { readonly item: QueueItem; readonly queue: readonly QueueItem[]; readonly here: boolean; readonly onChoose: () => void }) {
  const light = lightOf(item, queue)
  const report = item.report
  return (
    <li>
      <button type="button" className={here ? 'file-line file-here' : 'file-line'} aria-current={here ? 'true' : undefined} onClick={onChoose}>
        <span className="file-name">{item.name}</span>
        <span className="file-state"><StatusLight tone={light.tone} text={light.text} /></span>
        <span className="soft">{report === null ? sizeText(item.size) : `${kindLabels[report.kind]}　${t.accepted} ${report.accepted}${report.refusedTotal > 0 ? `　${t.refused} ${report.refusedTotal}` : ''}`}</span>
      </button>
    </li>
  )
}
