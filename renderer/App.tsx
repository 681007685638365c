/** What stands on the screen: first run, log-in, or the program; the log-in may stand over the program. */
import { App as AntApp, ConfigProvider, theme as antTheme } from 'antd'
import * as zhModule from 'antd/es/locale/zh_CN.js'
import { useEffect, useMemo, type ComponentProps } from 'react'
import { bridge } from './api/client.ts'
import { EmptyState, ErrorBox, Waiting } from './components/feedback.tsx'
import { JoinScreen } from './features/exchange/JoinScreen.tsx'
import { LoginScreen } from './features/start/LoginScreen.tsx'
import { FirstRun } from './features/start/FirstRun.tsx'
import { Shell } from './features/shell/Shell.tsx'
import { watchActivity } from './state/activity.ts'
import { startRouting } from './state/route.ts'
import { refreshStatus, useSession } from './state/session.ts'
import { paletteOf, useTheme } from './state/theme.ts'
import { loginText, shellText } from './text/shell.ts'
import { fontFamily } from './tokens.ts'

/** The bundler gives the locale itself; TypeScript, which reads antd as CommonJS, believes that it lies one `default` deeper. */
const zhCN = zhModule.default as unknown as NonNullable<ComponentProps<typeof ConfigProvider>['locale']>

/** Who asked the system for fewer movements gets dialogs that stand where they are at once. */
const stillness = window.matchMedia('(prefers-reduced-motion: reduce)').matches

function useAntTheme() {
  const isDark = useTheme((state) => state.isDark)
  return useMemo(() => {
    const colours = paletteOf(isDark)
    return {
      algorithm: isDark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
      token: {
        colorPrimary: colours.accent, colorLink: colours.accent, colorError: colours.red, colorWarning: colours.red, colorSuccess: colours.green, colorInfo: colours.accent, colorTextBase: colours.text, colorBgBase: colours.surface, colorBgContainer: colours.surface,
        colorBgElevated: colours.raised, colorBorder: colours.line, colorBorderSecondary: colours.lineSoft, colorText: colours.text, colorTextSecondary: colours.textSoft, colorTextDescription: colours.textFaint, colorTextPlaceholder: colours.textFaint,
        colorSuccessBg: colours.greenSoft, colorSuccessBorder: colours.line, colorErrorBg: colours.redSoft, colorErrorBorder: colours.line, colorWarningBg: colours.redSoft, colorWarningBorder: colours.line, colorInfoBg: colours.accentSoft, colorInfoBorder: colours.line,
        fontFamily, fontSize: 14, borderRadius: 4, controlHeight: 32, motion: !stillness, motionDurationMid: '0.1s', motionDurationSlow: '0.15s', wireframe: false,
      },
      components: {
        Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', primaryColor: colours.onAccent, dangerColor: isDark ? colours.onAccent : '#fff' },
        Form: { itemMarginBottom: 14, verticalLabelPadding: '0 0 4px' },
      },
    }
  }, [isDark])
}

function cspNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content || undefined
}

export function App() {
  const theme = useAntTheme()
  const nonce = cspNonce()
  return (
    <ConfigProvider locale={zhCN} theme={theme} {...(nonce === undefined ? {} : { csp: { nonce } })} button={{ autoInsertSpace: false }} form={{ requiredMark: false }}>
      <AntApp className="app">
        <Screens />
      </AntApp>
    </ConfigProvider>
  )
}

function Screens() {
  const { status, error, locked, person } = useSession()
  useEffect(() => {
    startRouting()
    void refreshStatus()
    return watchActivity()
  }, [])
  if (bridge() === null) return <div className="centre"><EmptyState title={shellText.noBridge} /></div>
  if (status === null) return <div className="centre">{error ? <ErrorBox error={error} onRetry={() => void refreshStatus()} /> : <Waiting text={loginText.opening} />}</div>
  if (status.state === 'empty') return <FirstRun />
  if (status.session === null) return <LoginScreen />
  if (status.joining && !locked) return <JoinScreen />
  return (
    <>
      {/* While locked the page is hidden from sight and keyboard but kept, with everything that was typed. */}
      <div className="app-page" inert={locked} aria-hidden={locked} data-locked={locked}>
        <Shell key={person} />
      </div>
      {locked ? <LoginScreen over /> : null}
    </>
  )
}
