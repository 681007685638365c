/** The frame around every page: navigation in the order of a clerk's day, head line, the page of the route. */
import { App as AntApp } from 'antd'
import { useEffect } from 'react'
import { Icon, type IconName } from '../../components/icons.tsx'
import { LinkButton } from '../../components/layout.tsx'
import { formatHash, navigate, useRoute } from '../../state/route.ts'
import { useSession } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { shellText as t } from '../../text/shell.ts'
import { ImportDeskContext } from '../bulletins/import-desk.ts'
import { useImport } from '../bulletins/use-import.ts'
import { BulletinsPage } from '../bulletins/BulletinsPage.tsx'
import { ReportPage } from '../bulletins/ReportPage.tsx'
import { ComposePage } from '../letters/ComposePage.tsx'
import { ExchangeDeskContext, isWorking, useDesk } from '../exchange/desk.ts'
import { ExchangePage } from '../exchange/ExchangePage.tsx'
import { LetterPage } from '../letters/LetterPage.tsx'
import { LettersPage } from '../letters/LettersPage.tsx'
import { OfficialPage } from '../officials/OfficialPage.tsx'
import { OfficialsPage } from '../officials/OfficialsPage.tsx'
import { ProposalsPage } from '../proposals/ProposalsPage.tsx'
import { SettingsPage } from '../settings/SettingsPage.tsx'
import { TodayPage } from '../today/TodayPage.tsx'
import { UnitPage } from '../units/UnitPage.tsx'
import { UnitsPage } from '../units/UnitsPage.tsx'
import { AccountMenu } from './AccountMenu.tsx'

const areas = ['today', 'bulletins', 'proposals', 'letters', 'officials', 'units', 'exchange', 'settings'] as const satisfies readonly IconName[]

function Page() {
  const { path } = useRoute()
  const [area, id] = path
  switch (area) {
    case 'bulletins':
      return <BulletinsPage />
    case 'reports':
      return <ReportPage key={id} id={id ?? ''} />
    case 'proposals':
      return <ProposalsPage />
    case 'letters':
      if (id === 'new') return <ComposePage />
      return id === undefined ? <LettersPage /> : <LetterPage key={id} id={id} />
    case 'officials':
      return id === undefined ? <OfficialsPage /> : <OfficialPage key={id} id={id} />
    case 'units':
      return id === undefined ? <UnitsPage /> : <UnitPage key={id} id={id} />
    case 'exchange':
      return <ExchangePage />
    case 'settings':
      return <SettingsPage />
    default:
      return <TodayPage />
  }
}

function Navigation() {
  const { path } = useRoute()
  const area = path[0] === 'reports' ? 'bulletins' : (path[0] ?? 'today')
  return (
    <nav className="nav" aria-label={t.navLabel}>
      <p className="nav-product">{common.product}</p>
      <ul>
        {areas.map((name) => (
          <li key={name}>
            <a href={formatHash([name])} className={area === name ? 'nav-item nav-here' : 'nav-item'} aria-current={area === name ? 'page' : undefined}>
              <Icon name={name} />
              {t.nav[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export function Shell() {
  const status = useSession((state) => state.status)
  const { path } = useRoute()
  const { message } = AntApp.useApp()
  const desk = useImport()
  const exchange = useDesk()
  useEffect(() => {
    const area = path[0] ?? 'today'
    document.title = `${(t.nav as Readonly<Record<string, string>>)[area] ?? common.product} - ${common.product}`
    return () => message.destroy()
  }, [path, message])
  useEffect(() => {
    if (path.length === 0) navigate(['today'])
  }, [path])
  return (
    <div className="shell">
      <a className="skip-link" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus() }}>{t.skip}</a>
      <Navigation />
      <div className="shell-right">
        <header className="topbar">
          <span className="topbar-organ">{status?.organ ?? ''}</span>
          {status?.demo ? <span className="demo-banner" role="note">{t.demoBanner}</span> : null}
          {desk.busyKey === null ? null : <LinkButton onClick={() => navigate(['bulletins'])}>{t.importRunning(desk.queue.filter((item) => item.state !== 'done').length)}</LinkButton>}
          {isWorking(exchange) && path[0] !== 'exchange' ? <LinkButton onClick={() => navigate(['exchange'])}>{t.exchangeRunning}</LinkButton> : null}
          <AccountMenu />
        </header>
        <main id="main" className="page" tabIndex={-1}>
          <ImportDeskContext value={desk}><ExchangeDeskContext value={exchange}><Page /></ExchangeDeskContext></ImportDeskContext>
        </main>
      </div>
    </div>
  )
}
