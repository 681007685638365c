/** 函件登记簿: every letter, sorted and filtered in SQL, with work on many at once. */
import { Button, Checkbox, Select } from 'antd'
import { useCallback, useState } from 'react'
import { letterState, letterType, type LetterRow } from '../../../shared/contract/letter-schemas.ts'
import { usePages, type FilterOf } from '../../api/use-pages.ts'
import { DataGrid, type Column } from '../../components/DataGrid.tsx'
import { EmptyState } from '../../components/feedback.tsx'
import { noSelection, type SortOrder } from '../../components/grid-model.ts'
import { EntryButton, PageHeader } from '../../components/layout.tsx'
import { UnitPicker } from '../../components/pickers.tsx'
import { SearchBox } from '../../components/SearchBox.tsx'
import { useSelection } from '../../components/use-selection.ts'
import { navigate, patchQuery, useRoute, type Query } from '../../state/route.ts'
import { useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { dateText, none } from '../../text/format.ts'
import { letterStateLabels, letterTypeLabels } from '../../text/labels.ts'
import { lettersText as t } from '../../text/letters.ts'
import { rechecksText } from '../../text/rechecks.ts'
import { BatchesButton } from './Batches.tsx'
import { BatchRun } from './BatchRun.tsx'
import { IssueLetters } from './IssueLetters.tsx'
import { LetterBatch, type LetterWork } from './LetterBatch.tsx'
import { LetterLight } from './LetterLight.tsx'
import { RecheckLight } from './RecheckPanel.tsx'
import { RegisterExport } from './RegisterExport.tsx'

export const letterColumns: readonly Column<LetterRow>[] = [
  { key: 'number', title: t.number, width: '148px', sort: 'number', firstDirection: 'desc', render: (row) => row.number ?? <span className="soft">{t.unnumbered}</span> },
  { key: 'type', title: t.type, width: '86px', render: (row) => letterTypeLabels[row.type] },
  { key: 'unit', title: t.unit, width: 'minmax(116px, 1fr)', sort: 'unit', render: (row) => row.unit },
  { key: 'official', title: t.official, width: '80px', sort: 'official', render: (row) => row.official ?? none },
  { key: 'cause', title: t.cause, width: 'minmax(150px, 1.6fr)', marks: true, render: (row) => <span title={row.cause}>{row.recheckDue === null ? null : <><RecheckLight letter={row} />　</>}{row.cause}</span> },
  { key: 'issuedOn', title: t.issuedOn, width: '98px', sort: 'issuedOn', firstDirection: 'desc', render: (row) => dateText(row.issuedOn) },
  { key: 'delivered', title: t.delivered, width: '98px', render: (row) => dateText(row.deliveredOn) },
  { key: 'due', title: t.due, width: '98px', sort: 'replyDue', render: (row) => dateText(row.replyDue) },
  { key: 'overdue', title: t.overdue, width: '84px', align: 'right', render: (row) => (row.overdueDays > 0 ? <span className="overdue">{row.overdueDays}</span> : none) },
  { key: 'state', title: t.state, width: '86px', sort: 'state', render: (row) => <LetterLight letter={row} /> },
]

const sorts = ['number', 'issuedOn', 'replyDue', 'unit', 'official', 'state', 'created'] as const

function filterOf(query: Query): FilterOf<'letters.list'> {
  return {
    state: letterState.options.find((state) => state === query['state']) ?? null, type: letterType.options.find((type) => type === query['type']) ?? null, overdue: query['overdue'] ? true : null, recheck: query['recheck'] ? true : null, unitId: query['unit'] ?? null,
    officialId: query['official'] ?? null, year: query['year'] ? Number(query['year']) : null, query: query['query'] ?? null, sort: sorts.find((name) => name === query['sort']) ?? 'number', direction: query['dir'] === 'asc' ? 'asc' : 'desc',
  }
}

export function LettersPage() {
  const { query } = useRoute()
  const filter = filterOf(query)
  const list = usePages('letters.list', filter)
  const [selection, setSelection] = useSelection(filter)
  const [work, setWork] = useState<LetterWork | null>(null)
  const clearSelection = (): void => setSelection(noSelection)
  const filtered = ['state', 'type', 'overdue', 'recheck', 'unit', 'official', 'year', 'query'].some((name) => query[name] !== undefined)
  const clear = (): void => patchQuery({ state: null, type: null, overdue: null, recheck: null, unit: null, official: null, year: null, query: null })
  const sort: SortOrder = { by: filter.sort ?? 'number', direction: filter.direction ?? 'desc' }
  return (
    <div className="page-fill">
      <PageHeader title={t.title}>
        <BatchesButton />
        <RegisterExport year={filter.year ?? null} unitId={filter.unitId ?? null} />
        <EntryButton entry="letters.compose" type="primary" onClick={() => navigate(['letters', 'new'])}>{t.compose}</EntryButton>
      </PageHeader>
      <Filters query={query} filtered={filtered} onClear={clear} onChange={patchQuery} />
      <DataGrid
        label={t.title} list={list} columns={letterColumns} rowKey={(row) => row.id} onOpen={(row) => navigate(['letters', row.id])} sort={sort} onSort={(next) => patchQuery({ sort: next.by, dir: next.direction })}
        selection={selection} onSelect={setSelection} actions={<LetterBatch selection={selection} filter={filter} onWork={setWork} onDone={clearSelection} />} rowClass={(row) => (row.state === 'void' ? 'row-void' : '')}
        empty={filtered ? <EmptyState title={t.filteredEmpty} hint={t.filteredHint} action={<Button onClick={clear}>{common.clear}</Button>} /> : <EmptyState title={t.empty} hint={t.emptyHint} action={<Button onClick={() => navigate(['proposals'])}>{t.goProposals}</Button>} />}
      />
      {work?.dialog === 'issue' ? <IssueLetters ids={work.ids} onClose={() => setWork(null)} onDone={clearSelection} /> : null}
      {work?.dialog === 'batch' ? <BatchRun start={{ ids: work.ids }} onClose={() => setWork(null)} onDone={clearSelection} /> : null}
    </div>
  )
}

type FiltersProps = { readonly query: Query; readonly filtered: boolean; readonly onClear: () => void; readonly onChange: (patch: Readonly<Record<string, string | null>>) => void }

function Filters({ query, filtered, onClear, onChange }: FiltersProps) {
  const search = useCallback((text: string) => patchQuery({ query: text }), [])
  const thisYear = Number(useToday().slice(0, 4))
  const years = [0, 1, 2, 3, 4].map((back) => thisYear - back)
  return (
    <div className="filters">
      <SearchBox value={query['query'] ?? ''} onChange={search} label={t.search} />
      <Select value={query['state'] ?? ''} aria-label={t.state} style={{ width: 112 }} onChange={(state) => onChange({ state })} options={[{ value: '', label: t.allStates }, ...letterState.options.map((state) => ({ value: state, label: letterStateLabels[state] }))]} />
      <Select value={query['type'] ?? ''} aria-label={t.type} style={{ width: 120 }} onChange={(type) => onChange({ type })} options={[{ value: '', label: t.allTypes }, ...letterType.options.map((type) => ({ value: type, label: letterTypeLabels[type] }))]} />
      <UnitPicker value={query['unit'] ?? null} width={180} onChange={(unit) => onChange({ unit })} />
      <Select value={query['year'] ?? ''} aria-label={t.issuedOn} style={{ width: 104 }} onChange={(year) => onChange({ year })} options={[{ value: '', label: t.allYears }, ...years.map((year) => ({ value: String(year), label: t.yearOf(year) }))]} />
      <Checkbox checked={query['overdue'] === '1'} onChange={(event) => onChange({ overdue: event.target.checked ? '1' : null })}>{t.overdueOnly}</Checkbox>
      <Checkbox checked={query['recheck'] === '1'} onChange={(event) => onChange({ recheck: event.target.checked ? '1' : null })}>{rechecksText.only}</Checkbox>
      {filtered ? <Button type="text" onClick={onClear}>{common.clear}</Button> : null}
    </div>
  )
}
