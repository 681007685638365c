/** 拟办: what the rules propose; a person decides. The list on the left, the reasons on the right. */
import { App as AntApp, Button, Checkbox, Select } from 'antd'
import { useCallback, useState } from 'react'
import type { ProposalRow } from '../../../shared/contract/proposals.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { collectAll, usePages, type FilterOf } from '../../api/use-pages.ts'
import { DataGrid, type Column } from '../../components/DataGrid.tsx'
import { EmptyState, ErrorBox } from '../../components/feedback.tsx'
import { noSelection, type Selection } from '../../components/grid-model.ts'
import { EntryButton, PageHeader } from '../../components/layout.tsx'
import { PeriodSelect } from '../../components/pickers.tsx'
import { ReasonDialog } from '../../components/ReasonDialog.tsx'
import { SearchBox } from '../../components/SearchBox.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { useSelection } from '../../components/use-selection.ts'
import { patchQuery, useRoute, type Query } from '../../state/route.ts'
import { common } from '../../text/common.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { none } from '../../text/format.ts'
import { measureLabel, proposalStateLabels, type ProposalState } from '../../text/labels.ts'
import { proposalsText as t } from '../../text/proposals.ts'
import { IssueDialog } from './IssueDialog.tsx'
import { ProposalDetail } from './ProposalDetail.tsx'
import { ProposalLight } from './ProposalLight.tsx'
import { RunRules } from './RunRules.tsx'

const columns: readonly Column<ProposalRow>[] = [
  { key: 'rule', title: t.rule, width: '52px', render: (row) => <span title={row.ruleTitle}>{row.ruleId}</span> },
  { key: 'unit', title: t.unit, width: 'minmax(124px, 1fr)', render: (row) => row.unit },
  { key: 'official', title: t.official, width: '88px', render: (row) => row.official ?? <StatusLight tone="alert" text={t.noOfficial} /> },
  { key: 'measure', title: t.measure, width: '92px', render: (row) => measureLabel(row.measure) },
  { key: 'summary', title: t.summary, width: 'minmax(120px, 3fr)', marks: true, render: (row) => <span title={row.summary}>{row.item && !row.summary.includes(row.item) ? `${row.item}：` : ''}{row.summary}</span> },
  { key: 'guard', title: t.guard, width: '54px', render: (row) => (row.guard ? <StatusLight tone="wait" text="" /> : none) },
  { key: 'state', title: t.state, width: '92px', render: (row) => <ProposalLight state={row.state} /> },
]

/** Beside the open detail, which says the rest. */
const narrowColumns = columns.filter((column) => !['measure', 'guard'].includes(column.key))

const states = Object.keys(proposalStateLabels) as readonly ProposalState[]

function filterOf(query: Query): FilterOf<'proposals.list'> {
  return {
    period: query['period'] ?? null, ruleId: query['rule'] ?? null, state: states.find((state) => state === query['state']) ?? null, incomplete: query['incomplete'] ? true : null,
    unitId: query['unit'] ?? null, officialId: query['official'] ?? null, query: query['query'] ?? null, sort: query['sort'] === 'unit' || query['sort'] === 'period' ? query['sort'] : 'rule', direction: 'asc',
  }
}

export function ProposalsPage() {
  const { query } = useRoute()
  const filter = filterOf(query)
  const list = usePages('proposals.list', filter)
  const [selection, setSelection] = useSelection(filter)
  const filtered = ['period', 'rule', 'state', 'incomplete', 'unit', 'official', 'query'].some((name) => query[name] !== undefined)
  const clear = (): void => patchQuery({ period: null, rule: null, state: null, incomplete: null, unit: null, official: null, query: null })
  return (
    <div className="page-fill">
      <PageHeader title={t.title}><RunRules period={query['period'] ?? null} /></PageHeader>
      <Filters query={query} filtered={filtered} onClear={clear} onChange={patchQuery} />
      <div className={query['id'] ? 'list-detail list-detail-open' : 'list-detail'}>
        <DataGrid
          label={t.title} list={list} columns={query['id'] ? narrowColumns : columns} rowKey={(row) => row.id} onOpen={(row) => patchQuery({ id: row.id })} activeKey={query['id'] ?? null} selection={selection} onSelect={setSelection}
          actions={<BatchActions selection={selection} filter={filter} onDone={() => setSelection(noSelection)} />}
          empty={filtered ? <EmptyState title={t.filteredEmpty} hint={t.filteredHint} action={<Button onClick={clear}>{common.clear}</Button>} /> : <EmptyState title={t.empty} hint={t.emptyHint} />}
        />
        {query['id'] ? (
          <aside className="detail-pane" aria-label={t.why}>
            <ProposalDetail key={query['id']} id={query['id']} onClose={() => patchQuery({ id: null })} />
          </aside>
        ) : null}
      </div>
    </div>
  )
}

type FiltersProps = { readonly query: Query; readonly filtered: boolean; readonly onClear: () => void; readonly onChange: (patch: Readonly<Record<string, string | null>>) => void }

function Filters({ query, filtered, onClear, onChange }: FiltersProps) {
  const rules = useCall('rules.list', {})
  const search = useCallback((text: string) => patchQuery({ query: text }), [])
  return (
    <div className="filters">
      <SearchBox value={query['query'] ?? ''} onChange={search} label={t.search} width={170} />
      <PeriodSelect value={query['period'] ?? null} onChange={(period) => onChange({ period })} width={124} />
      <Select value={query['rule'] ?? ''} aria-label={t.rule} style={{ width: 190 }} popupMatchSelectWidth={false} onChange={(rule) => onChange({ rule })} options={[{ value: '', label: t.allRules }, ...(rules.data ?? []).map((rule) => ({ value: rule.id, label: `${rule.id} ${rule.title}` }))]} />
      <Select value={query['state'] ?? ''} aria-label={t.state} style={{ width: 110 }} onChange={(state) => onChange({ state })} options={[{ value: '', label: t.allStates }, ...states.map((state) => ({ value: state, label: proposalStateLabels[state] }))]} />
      <Select value={query['sort'] ?? 'rule'} aria-label={t.sort} style={{ width: 96 }} onChange={(sort) => onChange({ sort })} options={[{ value: 'rule', label: t.byRule }, { value: 'unit', label: t.byUnit }, { value: 'period', label: t.byPeriod }]} />
      <Checkbox checked={query['incomplete'] === '1'} onChange={(event) => onChange({ incomplete: event.target.checked ? '1' : null })}>{t.onlyIncomplete}</Checkbox>
      {filtered ? <Button type="text" onClick={onClear}>{common.clear}</Button> : null}
    </div>
  )
}

type BatchProps = { readonly selection: Selection; readonly filter: FilterOf<'proposals.list'>; readonly onDone: () => void }

/** The ids that are meant: read from the backend when 全部 is selected, so that nothing unseen is left out or taken in by mistake. */
export async function selectedProposals(selection: Selection, filter: FilterOf<'proposals.list'>) {
  if (!selection.all) return { ok: true, value: [...selection.ids] } as const
  const all = await collectAll('proposals.list', filter, 2_000)
  return all.ok ? ({ ok: true, value: all.value.map((row) => row.id).filter((id) => !selection.ids.has(id)) } as const) : all
}

function BatchActions({ selection, filter, onDone }: BatchProps) {
  const { message } = AntApp.useApp()
  const [ids, setIds] = useState<readonly string[]>([])
  const [dialog, setDialog] = useState<'issue' | 'decline' | null>(null)
  const action = useAction()
  /** Never a part of what was chosen: more than the step takes is refused. */
  const gather = async (most: number): Promise<readonly string[] | null> => {
    const found = await selectedProposals(selection, filter)
    if (found.ok && found.value.length <= most) return found.value
    if (found.ok) message.error(t.tooMany(most))
    else message.error(found.error.params['what'] === 'too-many' ? t.tooMany(2_000) : errorSentence(found.error))
    return null
  }
  const open = async (which: 'issue' | 'decline'): Promise<void> => {
    const found = await gather(which === 'issue' ? 2_000 : 500)
    if (found === null) return
    setIds(found)
    setDialog(which)
  }
  const draft = async (): Promise<void> => {
    const found = await gather(500)
    if (found === null) return
    const answer = await action.run('letters.draft', { proposalIds: [...found] })
    if (!answer.ok) return
    if (answer.value.letters.length > 0) message.success(t.drafted(answer.value.letters.length))
    if (answer.value.refused.length > 0) message.warning(t.draftsRefused(answer.value.refused.length))
    onDone()
  }
  const decline = async (reason: string): Promise<void> => {
    const answer = await action.run('proposals.decline', { ids: [...ids], reason })
    if (!answer.ok) return
    message.success(t.declined(answer.value.declined))
    setDialog(null)
    onDone()
  }
  return (
    <>
      <EntryButton entry="proposals.decline" size="small" onClick={() => void open('decline')}>{t.decline}</EntryButton>
      <EntryButton entry="letters.draft" size="small" loading={action.busy && dialog === null} onClick={() => void draft()}>{t.draft}</EntryButton>
      <EntryButton entry="letters.issueProposals" size="small" type="primary" onClick={() => void open('issue')}>{t.issue}</EntryButton>
      {dialog === null ? <ErrorBox error={action.error} /> : null}
      {dialog === 'issue' ? <IssueDialog ids={ids} onClose={() => { setDialog(null); onDone() }} /> : null}
      {dialog === 'decline' ? <ReasonDialog title={t.declineTitle(ids.length)} verb={t.decline} busy={action.busy} error={action.error} onCancel={() => setDialog(null)} onReason={(reason) => void decline(reason)} /> : null}
    </>
  )
}
