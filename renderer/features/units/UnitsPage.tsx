/** 单位: towns and streets, departments, task forces. */
import { Button, Select } from 'antd'
import { useCallback, useState } from 'react'
import { unitKinds } from '../../../shared/domain/kinds.ts'
import { usePages, type ItemOf } from '../../api/use-pages.ts'
import { DataGrid, type Column } from '../../components/DataGrid.tsx'
import { EmptyState } from '../../components/feedback.tsx'
import type { SortOrder } from '../../components/grid-model.ts'
import { EntryButton, PageHeader } from '../../components/layout.tsx'
import { SearchBox } from '../../components/SearchBox.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { navigate, patchQuery, useRoute } from '../../state/route.ts'
import { common } from '../../text/common.ts'
import { none } from '../../text/format.ts'
import { unitKindLabels } from '../../text/labels.ts'
import { officialsText, unitsText as t } from '../../text/people.ts'
import { UnitDialog } from './UnitDialog.tsx'

type Unit = ItemOf<'units.list'>

const columns: readonly Column<Unit>[] = [
  { key: 'name', title: t.name, width: 'minmax(180px, 1.4fr)', marks: true, sort: 'name', render: (row) => row.name },
  { key: 'short', title: t.shortName, width: '120px', render: (row) => row.shortName ?? none },
  { key: 'kind', title: t.kind, width: '80px', render: (row) => unitKindLabels[row.kind] },
  { key: 'head', title: t.head, width: '130px', render: (row) => row.head ?? <StatusLight tone="wait" text={t.noHead} /> },
  { key: 'officials', title: t.officials, width: '100px', align: 'right', render: (row) => row.officials },
  { key: 'open', title: t.openLetters, width: '120px', align: 'right', render: (row) => (row.openLetters === 0 ? none : row.openLetters) },
  { key: 'aliases', title: t.aliases, width: 'minmax(140px, 1fr)', render: (row) => (row.aliases.length === 0 ? none : row.aliases.join('、')) },
]

export function UnitsPage() {
  const { query } = useRoute()
  const [adding, setAdding] = useState(false)
  const kind = unitKinds.find((name) => name === query['kind']) ?? null
  const sort: SortOrder<'order' | 'name'> = { by: query['sort'] === 'name' ? 'name' : 'order', direction: query['dir'] === 'desc' ? 'desc' : 'asc' }
  const list = usePages('units.list', { query: query['query'] ?? null, kind, sort: sort.by, direction: sort.direction })
  const search = useCallback((text: string) => patchQuery({ query: text }), [])
  const filtered = kind !== null || query['query'] !== undefined
  const clear = (): void => patchQuery({ query: null, kind: null })
  return (
    <div className="page-fill">
      <PageHeader title={officialsText.unit}><EntryButton entry="units.save" type="primary" onClick={() => setAdding(true)}>{t.add}</EntryButton></PageHeader>
      <div className="filters">
        <SearchBox value={query['query'] ?? ''} onChange={search} label={t.search} />
        <Select value={kind ?? ''} aria-label={t.kind} style={{ width: 120 }} onChange={(next) => patchQuery({ kind: next })} options={[{ value: '', label: t.allKinds }, ...unitKinds.map((name) => ({ value: name, label: unitKindLabels[name] }))]} />
        {filtered ? <Button type="text" onClick={clear}>{common.clear}</Button> : null}
      </div>
      <DataGrid
        label={t.title} list={list} columns={columns} rowKey={(row) => row.id} onOpen={(row) => navigate(['units', row.id])} sort={sort} onSort={(next) => patchQuery({ sort: next.by, dir: next.direction })}
        empty={filtered ? <EmptyState title={t.filteredEmpty} hint={t.filteredHint} action={<Button onClick={clear}>{common.clear}</Button>} /> : <EmptyState title={t.listEmpty} hint={t.listEmptyHint} action={<Button type="primary" onClick={() => navigate(['bulletins'])}>{officialsText.goImport}</Button>} />}
      />
      {adding ? <UnitDialog unit={null} onClose={() => setAdding(false)} onSaved={(id) => navigate(['units', id])} /> : null}
    </div>
  )
}
