/** Every duty report, with search from two characters on. */
import { Button, Select } from 'antd'
import { useCallback } from 'react'
import type { ReportRow } from '../../../shared/contract/report-schemas.ts'
import { reportKinds } from '../../../shared/domain/kinds.ts'
import { usePages } from '../../api/use-pages.ts'
import { DataGrid, type Column } from '../../components/DataGrid.tsx'
import { EmptyState } from '../../components/feedback.tsx'
import { PeriodSelect, UnitPicker } from '../../components/pickers.tsx'
import { SearchBox } from '../../components/SearchBox.tsx'
import { navigate, patchQuery, useRoute } from '../../state/route.ts'
import { bulletinsText as t } from '../../text/bulletins.ts'
import { common } from '../../text/common.ts'
import { briefFigures } from '../../text/figures.ts'
import { none, periodText, sourceText } from '../../text/format.ts'
import { kindLabel, kindLabels } from '../../text/labels.ts'

export const reportColumns: readonly Column<ReportRow>[] = [
  { key: 'period', title: common.period, width: '104px', render: (row) => periodText(row.period) },
  { key: 'kind', title: common.kind, width: '88px', render: (row) => kindLabel(row.kind) },
  { key: 'unit', title: common.unit, width: '150px', render: (row) => row.unit },
  { key: 'official', title: common.official, width: '84px', render: (row) => row.official ?? none },
  { key: 'item', title: t.item, width: 'minmax(110px, 1fr)', render: (row) => row.item ?? none },
  { key: 'figures', title: t.figures, width: 'minmax(240px, 2fr)', marks: true, render: briefFigures },
  { key: 'source', title: t.sourceCell, width: '120px', render: (row) => sourceText(row.sheet, row.sheetRow) },
]

export function ReportList() {
  const { query } = useRoute()
  const kind = reportKinds.find((name) => name === query['kind']) ?? null
  const filter = { query: query['query'] ?? null, kind, period: query['period'] ?? null, unitId: query['unit'] ?? null, officialId: query['official'] ?? null }
  const list = usePages('reports.list', filter)
  const search = useCallback((text: string) => patchQuery({ query: text }), [])
  const filtered = Object.values(filter).some((value) => value !== null)
  const clear = (): void => patchQuery({ query: null, kind: null, period: null, unit: null, official: null })
  return (
    <>
      <div className="filters">
        <SearchBox value={query['query'] ?? ''} onChange={search} label={t.reportsSearch} width={280} />
        <Select value={kind ?? ''} aria-label={t.kind} style={{ width: 120 }} onChange={(next) => patchQuery({ kind: next })} options={[{ value: '', label: t.allKinds }, ...reportKinds.map((name) => ({ value: name, label: kindLabels[name] }))]} />
        <PeriodSelect value={query['period'] ?? null} onChange={(next) => patchQuery({ period: next })} />
        <UnitPicker value={query['unit'] ?? null} width={190} onChange={(next) => patchQuery({ unit: next })} />
        {filtered ? <Button type="text" onClick={clear}>{common.clear}</Button> : null}
      </div>
      <DataGrid
        label={t.tabs.reports} list={list} columns={reportColumns} rowKey={(row) => row.id} onOpen={(row) => navigate(['reports', row.id])}
        empty={filtered ? <EmptyState title={t.filteredEmpty} hint={t.filteredHint} action={<Button onClick={clear}>{common.clear}</Button>} /> : <EmptyState title={t.reportsEmpty} hint={t.reportsEmptyHint} action={<Button type="primary" onClick={() => patchQuery({ tab: 'import' })}>{t.goImport}</Button>} />}
      />
    </>
  )
}
