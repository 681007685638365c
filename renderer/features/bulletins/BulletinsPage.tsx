/** 通报: import, batches, who has reported, the reports. */
import { Tabs } from 'antd'
import { PageHeader } from '../../components/layout.tsx'
import { patchQuery, useRoute } from '../../state/route.ts'
import { bulletinsText as t } from '../../text/bulletins.ts'
import { BatchList } from './BatchList.tsx'
import { Board } from './Board.tsx'
import { ImportTab } from './ImportTab.tsx'
import { ReportList } from './ReportList.tsx'
import { useImportDesk } from './import-desk.ts'

const tabs = ['import', 'batches', 'board', 'reports'] as const

export function BulletinsPage() {
  const { query } = useRoute()
  const desk = useImportDesk()
  const tab = tabs.find((name) => name === query['tab']) ?? 'import'
  return (
    <div className="page-fill">
      <PageHeader title={t.title} />
      <Tabs activeKey={tab} onChange={(next) => patchQuery({ tab: next, kind: null, query: null, batch: null })} items={tabs.map((name) => ({ key: name, label: t.tabs[name] }))} />
      {tab === 'import' ? <ImportTab desk={desk} /> : null}
      {tab === 'batches' ? <BatchList /> : null}
      {tab === 'board' ? <Board /> : null}
      {tab === 'reports' ? <ReportList /> : null}
    </div>
  )
}
