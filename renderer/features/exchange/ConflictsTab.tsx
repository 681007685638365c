/** 待核对: what two machines changed without knowing of each other; and what was decided before. */
import { Segmented } from 'antd'
import { useMemo } from 'react'
import { useCall } from '../../api/hooks.ts'
import type { PagedList } from '../../api/use-pages.ts'
import { DataGrid, type Column } from '../../components/DataGrid.tsx'
import { EmptyState, Shown } from '../../components/feedback.tsx'
import { patchQuery, useRoute } from '../../state/route.ts'
import { conflictsText as t } from '../../text/conflicts.ts'
import { tableName } from '../../text/registers.ts'
import { ClassLight } from './ClassLight.tsx'
import { ConflictDetail } from './ConflictDetail.tsx'
import { Decided } from './Decided.tsx'
import { inOrder, type Conflict } from './conflict-model.ts'
import { conflictName } from './conflict-words.ts'

export function ConflictsTab() {
  const { query } = useRoute()
  const view = query['view'] === 'decided' ? 'decided' : 'open'
  return (
    <>
      <div className="filters">
        <Segmented aria-label={t.which} value={view} onChange={(next) => patchQuery({ view: next === 'open' ? null : next, conflict: null })} options={[{ value: 'open', label: t.open }, { value: 'decided', label: t.decided }]} />
      </div>
      {view === 'open' ? <OpenConflicts /> : <Decided />}
    </>
  )
}

const columns: readonly Column<Conflict>[] = [
  { key: 'class', title: t.kind, width: '96px', render: (row) => <ClassLight hard={row.class === 'hard'} /> },
  { key: 'what', title: t.what, width: 'minmax(0, 1fr)', render: (row) => <span title={`${row.title}　${conflictName(row)}`}>{row.title === '' ? tableName(row.table) : row.title}<span className="soft">　{conflictName(row)}</span></span> },
]

function OpenConflicts() {
  const conflicts = useCall('exchange.conflicts', {})
  return <Shown of={conflicts}>{(data) => <Split conflicts={data.conflicts} />}</Shown>
}

function Split({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  const { query } = useRoute()
  const items = useMemo(() => inOrder(conflicts), [conflicts])
  const list: PagedList<Conflict> = { pages: { turn: 1, items, next: null, total: items.length, loading: false, error: null }, more: () => undefined, retry: () => undefined }
  // After a decision the next one stands there by itself.
  const current = items.find((one) => one.id === query['conflict']) ?? items[0]
  if (current === undefined) return <div className="grid-frame"><EmptyState title={t.empty} hint={t.emptyHint} /></div>
  return (
    <div className="conflict-split">
      <DataGrid label={t.title(items.length)} list={list} columns={columns} rowKey={(row) => row.id} onOpen={(row) => patchQuery({ conflict: row.id })} activeKey={current.id} empty={null} />
      <ConflictDetail key={current.id} conflict={current} />
    </div>
  )
}

