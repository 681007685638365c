/** 交换: partners, packages out and in, what waits for a person, copies, the machines of the group. */
import { Tabs } from 'antd'
import { useCall } from '../../api/hooks.ts'
import { Shown } from '../../components/feedback.tsx'
import { PageHeader } from '../../components/layout.tsx'
import { navigate, useRoute } from '../../state/route.ts'
import { exchangeText as t } from '../../text/exchange.ts'
import { BackupTab } from './BackupTab.tsx'
import { ConflictsTab } from './ConflictsTab.tsx'
import { GroupTab } from './GroupTab.tsx'
import { Notices } from './Notices.tsx'
import { Overview } from './Overview.tsx'
import { ReceiveTab } from './ReceiveTab.tsx'
import { SendTab } from './SendTab.tsx'

const tabs = ['overview', 'send', 'receive', 'conflicts', 'backup', 'group'] as const

export function ExchangePage() {
  const { path } = useRoute()
  const status = useCall('exchange.status', {})
  const tab = tabs.find((name) => name === path[1]) ?? 'overview'
  const waiting = status.data ? status.data.conflicts.hard + status.data.conflicts.review : 0
  return (
    <div className="page-fill">
      <PageHeader title={t.title} />
      <Tabs activeKey={tab} onChange={(next) => navigate(['exchange', next])} items={tabs.map((name) => ({ key: name, label: name === 'conflicts' ? t.tabCount(t.tabs[name], waiting) : t.tabs[name] }))} />
      <Shown of={status}>
        {(data) => (
          <>
            {tab === 'overview' ? <Overview status={data} notices={<Notices status={data} />} /> : null}
            {tab === 'send' ? <SendTab status={data} /> : null}
            {tab === 'receive' ? <ReceiveTab /> : null}
            {tab === 'conflicts' ? <ConflictsTab /> : null}
            {tab === 'backup' ? <BackupTab /> : null}
            {tab === 'group' ? <GroupTab status={data} /> : null}
          </>
        )}
      </Shown>
    </div>
  )
}
