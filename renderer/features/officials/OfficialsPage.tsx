/** 干部: by name, full pinyin or initials. */
import { Button, Checkbox } from 'antd'
import { useCallback, useState } from 'react'
import { usePages, type ItemOf } from '../../api/use-pages.ts'
import { DataGrid, type Column } from '../../components/DataGrid.tsx'
import { EmptyState } from '../../components/feedback.tsx'
import type { SortOrder } from '../../components/grid-model.ts'
import { EntryButton, PageHeader } from '../../components/layout.tsx'
import { UnitPicker } from '../../components/pickers.tsx'
import { SearchBox } from '../../components/SearchBox.tsx'
import { navigate, patchQuery, useRoute } from '../../state/route.ts'
import { common } from '../../text/common.ts'
import { birthText, none } from '../../text/format.ts'
import { officialsText as t } from '../../text/people.ts'
import { OfficialDialog } from './OfficialDialog.tsx'

type Official = ItemOf<'officials.list'>

const countText = (count: number): string => (count === 0 ? none : String(count))

const columns: readonly Column<Official>[] = [
  { key: 'name', title: t.name, width: '150px', sort: 'name', render: (row) => <>{row.name}{row.namesake ? <span className="tag">{t.namesake}</span> : null}</> },
  { key: 'birth', title: t.birth, width: '110px', render: (row) => birthText(row.birth) },
  { key: 'unit', title: t.unit, width: 'minmax(150px, 1fr)', marks: true, sort: 'unit', render: (row) => row.unit ?? t.noPost },
  { key: 'title', title: t.post, width: 'minmax(150px, 1fr)', render: (row) => row.title ?? none },
  { key: 'head', title: t.head, width: '110px', align: 'center', render: (row) => (row.isHead ? common.yes : none) },
  { key: 'awards', title: t.awards, width: '100px', align: 'right', render: (row) => countText(row.awards) },
  { key: 'letters', title: t.letters, width: '100px', align: 'right', render: (row) => countText(row.letters) },
  { key: 'open', title: t.openLetters, width: '120px', align: 'right', render: (row) => countText(row.openLetters) },
]

export function OfficialsPage() {
  const { query } = useRoute()
  const [adding, setAdding] = useState(false)
  const sort: SortOrder<'unit' | 'name'> = { by: query['sort'] === 'name' ? 'name' : 'unit', direction: query['dir'] === 'desc' ? 'desc' : 'asc' }
  const filter = { query: query['query'] ?? null, unitId: query['unit'] ?? null, onlyHeads: query['heads'] === '1', sort: sort.by, direction: sort.direction }
  const list = usePages('officials.list', filter)
  const search = useCallback((text: string) => patchQuery({ query: text }), [])
  const filtered = filter.query !== null || filter.unitId !== null || filter.onlyHeads
  const clear = (): void => patchQuery({ query: null, unit: null, heads: null })
  return (
    <div className="page-fill">
      <PageHeader title={t.title}><EntryButton entry="officials.save" type="primary" onClick={() => setAdding(true)}>{t.add}</EntryButton></PageHeader>
      <div className="filters">
        <SearchBox value={query['query'] ?? ''} onChange={search} label={t.search} />
        <UnitPicker value={query['unit'] ?? null} width={200} onChange={(unit) => patchQuery({ unit })} />
        <Checkbox checked={filter.onlyHeads} onChange={(event) => patchQuery({ heads: event.target.checked ? '1' : null })}>{t.onlyHeads}</Checkbox>
        {filtered ? <Button type="text" onClick={clear}>{common.clear}</Button> : null}
      </div>
      <DataGrid
        label={t.title} list={list} columns={columns} rowKey={(row) => row.id} onOpen={(row) => navigate(['officials', row.id])} sort={sort} onSort={(next) => patchQuery({ sort: next.by, dir: next.direction })}
        empty={filtered ? <EmptyState title={t.filteredEmpty} hint={t.filteredHint} action={<Button onClick={clear}>{common.clear}</Button>} /> : <EmptyState title={t.listEmpty} hint={t.listEmptyHint} action={<Button type="primary" onClick={() => navigate(['bulletins'])}>{t.goImport}</Button>} />}
      />
      {adding ? <OfficialDialog official={null} onClose={() => setAdding(false)} onSaved={(id) => navigate(['officials', id])} /> : null}
    </div>
  )
}
