/** 设置: what the practice leaves open, and the office's own order. */
import { Tabs } from 'antd'
import { PageHeader } from '../../components/layout.tsx'
import { navigate, useRoute } from '../../state/route.ts'
import { useMay } from '../../state/session.ts'
import { settingsText as t } from '../../text/settings.ts'
import { AccountsTab } from './AccountsTab.tsx'
import { AuditTab } from './AuditTab.tsx'
import { CalendarTab } from './CalendarTab.tsx'
import { FontsTab } from './FontsTab.tsx'
import { NumbersTab } from './NumbersTab.tsx'
import { OrganTab } from './OrganTab.tsx'
import { RulesTab } from './RulesTab.tsx'
import { SentencesTab } from './SentencesTab.tsx'
import { TemplatesTab } from './TemplatesTab.tsx'
import { VerifyTab } from './VerifyTab.tsx'

const tabs = ['organ', 'calendar', 'rules', 'accounts', 'numbers', 'sentences', 'templates', 'fonts', 'audit', 'verify'] as const

export function SettingsPage() {
  const { path } = useRoute()
  const may = useMay()
  const shown = tabs.filter((name) => (name === 'audit' ? may('audit.list') : name === 'verify' ? may('verify.start') : true))
  const tab = shown.find((name) => name === path[1]) ?? 'organ'
  return (
    <div className="page-fill">
      <PageHeader title={t.title} />
      <Tabs activeKey={tab} onChange={(next) => navigate(['settings', next])} items={shown.map((name) => ({ key: name, label: t.tabs[name] }))} />
      {tab === 'organ' ? <OrganTab /> : null}
      {tab === 'calendar' ? <CalendarTab /> : null}
      {tab === 'rules' ? <RulesTab /> : null}
      {tab === 'accounts' ? <AccountsTab /> : null}
      {tab === 'numbers' ? <NumbersTab /> : null}
      {tab === 'sentences' ? <SentencesTab /> : null}
      {tab === 'templates' ? <TemplatesTab /> : null}
      {tab === 'fonts' ? <FontsTab /> : null}
      {tab === 'audit' ? <AuditTab /> : null}
      {tab === 'verify' ? <VerifyTab /> : null}
    </div>
  )
}
