/** Imported files, newest first; one can be looked at and taken back as a whole. */
import { App as AntApp, Button, Drawer, Select } from 'antd'
import { useState } from 'react'
import { importKinds } from '../../../shared/domain/kinds.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { usePages, type ItemOf } from '../../api/use-pages.ts'
import { DataGrid, type Column } from '../../components/DataGrid.tsx'
import { EmptyState, Shown } from '../../components/feedback.tsx'
import { EntryButton, Fields } from '../../components/layout.tsx'
import { PeriodSelect } from '../../components/pickers.tsx'
import { ReasonDialog } from '../../components/ReasonDialog.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { patchQuery, useRoute } from '../../state/route.ts'
import { bulletinsText as t } from '../../text/bulletins.ts'
import { common } from '../../text/common.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { momentText, none, numberText, periodText, sizeText } from '../../text/format.ts'
import { kindLabels } from '../../text/labels.ts'
import { RefusedRows } from './RefusedRows.tsx'

type Batch = ItemOf<'bulletins.list'>

function stateLight(batch: Pick<Batch, 'undone' | 'correctionOf'>) {
  if (batch.undone) return <StatusLight tone="off" text={t.undone} />
  return <StatusLight tone="done" text={batch.correctionOf ? t.correction : t.valid} />
}

const columns: readonly Column<Batch>[] = [
  { key: 'file', title: t.fileName, width: 'minmax(220px, 1fr)', render: (row) => row.fileName },
  { key: 'kind', title: t.kind, width: '96px', render: (row) => kindLabels[row.kind] },
  { key: 'period', title: t.period, width: '110px', render: (row) => periodText(row.period) },
  { key: 'accepted', title: t.acceptedCol, width: '88px', align: 'right', render: (row) => numberText(row.accepted) },
  { key: 'refused', title: t.refusedCol, width: '88px', align: 'right', render: (row) => numberText(row.refused) },
  { key: 'skipped', title: t.skippedCol, width: '88px', align: 'right', render: (row) => numberText(row.skipped) },
  { key: 'on', title: t.importedOn, width: '140px', render: (row) => momentText(row.importedOn) },
  { key: 'by', title: t.importedBy, width: '80px', render: (row) => row.importedBy },
  { key: 'state', title: common.state, width: '84px', render: stateLight },
]

export function BatchList() {
  const { query } = useRoute()
  const kind = importKinds.find((name) => name === query['kind']) ?? null
  const period = query['period'] ?? null
  const list = usePages('bulletins.list', { kind, period })
  return (
    <>
      <div className="filters">
        <Select value={kind ?? ''} aria-label={t.kind} style={{ width: 130 }} onChange={(next) => patchQuery({ kind: next })} options={[{ value: '', label: t.allKinds }, ...importKinds.map((name) => ({ value: name, label: kindLabels[name] }))]} />
        <PeriodSelect value={period} onChange={(next) => patchQuery({ period: next })} />
      </div>
      <DataGrid
        label={t.tabs.batches} list={list} columns={columns} rowKey={(row) => row.id} onOpen={(row) => patchQuery({ batch: row.id })} activeKey={query['batch'] ?? null}
        empty={<EmptyState title={t.batchesEmpty} hint={t.batchesEmptyHint} action={<Button type="primary" onClick={() => patchQuery({ tab: 'import' })}>{t.goImport}</Button>} />}
      />
      {query['batch'] ? <BatchDrawer id={query['batch']} onClose={() => patchQuery({ batch: null })} /> : null}
    </>
  )
}

function BatchDrawer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const batch = useCall('bulletins.get', { id })
  const [undoing, setUndoing] = useState(false)
  const action = useAction()
  const { message } = AntApp.useApp()
  const undo = async (reason: string): Promise<void> => {
    const answer = await action.run('bulletins.undo', { id, reason })
    if (!answer.ok) return
    message.success(t.undoDone(answer.value.reports))
    setUndoing(false)
  }
  const save = async (which: 'source' | 'errors'): Promise<void> => {
    const file = await call('bulletins.file', { id, which })
    const saved = file.ok ? await saveFile(file.value.file, file.value.name) : file
    if (!saved.ok) message.error(errorSentence(saved.error))
  }
  return (
    <Drawer open size={640} title={t.batchDetails} onClose={onClose}>
      <Shown of={batch}>
        {(data) => (
          <>
            <Fields
              items={[
                { label: t.fileName, value: data.fileName, wide: true }, { label: t.kind, value: kindLabels[data.kind] }, { label: t.period, value: periodText(data.period) }, { label: t.sender, value: data.sender ?? none },
                { label: t.importedOn, value: momentText(data.importedOn) }, { label: t.importedBy, value: data.importedBy }, { label: t.size, value: sizeText(data.bytes) }, { label: common.state, value: stateLight(data) },
                { label: t.acceptedCol, value: data.accepted }, { label: t.refusedCol, value: data.refused }, { label: t.skippedCol, value: data.skipped },
                data.undoReason ? { label: t.undo, value: data.undoReason, wide: true } : null,
              ]}
            />
            <div className="button-row">
              <Button onClick={() => void save('source')}>{t.source}</Button>
              {data.refused > 0 ? <Button onClick={() => void save('errors')}>{t.errors}</Button> : null}
              {data.undone ? null : <EntryButton entry="bulletins.undo" danger disabled={!data.undoable} title={data.undoable ? undefined : t.undoNot} onClick={() => setUndoing(true)}>{t.undo}</EntryButton>}
            </div>
            {data.warnings.length > 0 ? <ul className="plain-list">{data.warnings.map((text) => <li key={text}>{text}</li>)}</ul> : null}
            {data.refusedRows.length > 0 ? <RefusedRows rows={data.refusedRows} total={data.refused} /> : null}
            {undoing ? (
              <ReasonDialog title={t.undoTitle} verb={t.undo} danger busy={action.busy} error={action.error} onCancel={() => setUndoing(false)} onReason={(reason) => void undo(reason)}>
                <p>{t.undoBody(data.fileName, data.accepted)}</p>
              </ReasonDialog>
            ) : null}
          </>
        )}
      </Shown>
    </Drawer>
  )
}
