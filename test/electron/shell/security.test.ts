/** Electron's security checklist, item by item, on the wiring of the real main.ts and preload.ts against a fake 'electron'. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entryNames, type EntryName, type InputOf, type OutputOf } from '../../../shared/contract/entries.ts'
import type { Bridge } from '../../../shared/contract/bridge.ts'
import { fuses } from '../../../electron/policy/fuses.ts'
import { paperStart } from '../../../shared/letter/html.ts'
import { staticFile } from '../../../electron/policy/static-files.ts'
import { app, BrowserWindow, contextBridge, dialog, ipcMain, ipcRenderer, Menu, protocol, session } from '../../host/fake-electron.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const home = mkdtempSync(join(tmpdir(), 'dutydesk-shell-'))
let window: BrowserWindow
const browser = session.defaultSession
const bridge = (): Bridge => contextBridge.exposed.get('dutydesk') as Bridge

beforeAll(async () => {
  process.env.DUTYDESK_HOME = home
  const { started } = await import('../../../electron/main.ts')
  await started
  await import('../../../electron/preload.ts')
  window = BrowserWindow.made[0]!
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Emits a navigation event as Electron does and says whether it was stopped. */
function stopped(name: 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview', url: string, isMainFrame = true): boolean {
  let prevented = false
  window.webContents.emit(name, { url, isMainFrame, preventDefault: () => (prevented = true) })
  return prevented
}
const fetchOwn = (path: string, init?: RequestInit): Promise<Response> => protocol.handlers.get('app')!(new Request(`app://dutydesk${path}`, init))
const foreign = ['https://evil.example/', 'http://127.0.0.1/', 'file:///etc/passwd', 'app://evil/', 'app://dutydesk.evil/', 'app://user@dutydesk/', 'javascript:alert(1)', 'data:text/html,x', 'about:blank', 'nonsense']

describe('the security checklist', () => {
  it('1 loads only secure content: the scheme is standard and secure, and no request leaves the machine', () => {
    expect(protocol.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
    const cancels = (url: string): boolean => {
      let cancel: boolean | null = null
      browser.beforeRequest!({ url }, (answer) => (cancel = answer.cancel))
      return cancel!
    }
    expect(['https://evil.example/x.js', 'http://a/', 'ws://a/', 'ftp://a/', 'file:///a'].map(cancels)).toEqual([true, true, true, true, true])
    expect(['app://dutydesk/index.html', 'data:image/png;base64,', 'blob:app://dutydesk/1'].map(cancels)).toEqual([false, false, false])
  })

  it.each([
    ['2 no Node integration', { nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false }],
    ['3 context isolation', { contextIsolation: true }],
    ['4 sandbox', { sandbox: true }],
    ['6 web security', { webSecurity: true }],
    ['8 no insecure content', { allowRunningInsecureContent: false }],
    ['9 no experimental features', { experimentalFeatures: false }],
    ['11 no webview', { webviewTag: false }],
  ])('%s in every window', (_item, wanted) => {
    for (const made of BrowserWindow.made) expect(made.options.webPreferences).toMatchObject(wanted)
  })

  it('4 sandbox for every renderer, before the app is ready', () => {
    expect(app.steps.indexOf('sandbox')).toBeGreaterThanOrEqual(0)
    for (const step of ['sandbox', 'scheme', 'lock', 'path:userData']) expect([step, app.steps.indexOf(step) < app.steps.indexOf('ready')]).toEqual([step, true])
  })

  it('5 denies every permission, device, screen and download', () => {
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'fullscreen', 'openExternal', 'fileSystem', 'usb', 'unknown']) {
      let granted: boolean | null = null
      browser.permissionRequest!(null, permission, (answer) => (granted = answer))
      expect([permission, granted, browser.permissionCheck!(null, permission)]).toEqual([permission, false, false])
    }
    expect(browser.device!()).toBe(false)
    let streams: unknown = 'untouched'
    browser.display!({}, (given) => (streams = given))
    expect(streams).toBeNull()
    let prevented = false
    browser.emit('will-download', { preventDefault: () => (prevented = true) })
    expect(prevented).toBe(true)
    expect(browser.spellChecker).toBe(false)
  })

  it('7 a strict Content-Security-Policy by header on every answer, with a nonce that is new each time', async () => {
    for (const path of ['/', '/index.html', '/nothing.js', '/paper/none']) {
      const answer = await fetchOwn(path)
      const csp = answer.headers.get('Content-Security-Policy')!
      expect(csp).toMatch(/^default-src 'none'; /)
      expect(csp).not.toMatch(/unsafe-eval|https?:|\*|script-src[^;]*'(unsafe|nonce)/)
      expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
    }
  })

  it('10 enables no Blink features, 12 attaches no webview', () => {
    for (const made of BrowserWindow.made) expect(Object.keys(made.options.webPreferences)).not.toContain('enableBlinkFeatures')
    expect(stopped('will-attach-webview', '')).toBe(true)
  })

  it('13 stays where it is', () => {
    for (const url of foreign) expect([url, stopped('will-frame-navigate', url), stopped('will-redirect', url)]).toEqual([url, true, true])
    expect(stopped('will-frame-navigate', 'app://dutydesk/#/letters')).toBe(false)
    expect(stopped('will-frame-navigate', 'app://dutydesk/', false)).toBe(true)
  })

  it('14 opens no window, whoever asks', () => {
    for (const url of [...foreign, 'app://dutydesk/']) expect(window.webContents.openHandler!({ url })).toEqual({ action: 'deny' })
    const later = new BrowserWindow({ webPreferences: window.options.webPreferences })
    expect(later.webContents.openHandler!({ url: 'app://dutydesk/' })).toEqual({ action: 'deny' })
    later.destroy()
  })

  it('15 hands no address to the system: nothing imports shell from electron', () => {
    const files = readdirSync(join(root, 'electron'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    expect(files.length).toBeGreaterThan(40)
    for (const name of files) expect([name, /openExternal|openPath|import[^\n]*\bshell\b[^\n]*'electron'/.test(readFileSync(join(root, 'electron', name), 'utf8'))]).toEqual([name, false])
  })

  it('16 runs a current Electron, exactly named', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> }
    expect(manifest.devDependencies.electron).toMatch(/^(4[5-9]|[5-9]\d)\.\d+\.\d+$/)
  })

  it('17 answers only our page in the main frame', async () => {
    const contents = window.webContents
    const strangers = [
      { sender: contents, senderFrame: null },
      { sender: contents, senderFrame: { origin: 'app://dutydesk', url: 'app://dutydesk/' } },
      { sender: contents, senderFrame: { origin: 'https://evil.example', url: 'https://evil.example/' } },
    ]
    for (const event of strangers) {
      expect(await ipcMain.handlers.get('dutydesk:call')!(event, 'app.status', {})).toEqual({ ok: false, error: { code: 'NOT_ALLOWED', params: { door: 'sender' } } })
      expect(await ipcMain.handlers.get('dutydesk:open')!(event, { multiple: true, accept: [] })).toEqual([])
      expect(await ipcMain.handlers.get('dutydesk:save')!(event, 'tttttttt')).toEqual({ saved: false })
      expect(await ipcMain.handlers.get('dutydesk:place')!(event, '交换包.dspk')).toBeNull()
      expect(await ipcMain.handlers.get('dutydesk:print')!(event, 'tttttttt')).toEqual({ printed: false })
    }
    // The main frame itself, but gone to another origin.
    const travelled = new BrowserWindow({ webPreferences: {} })
    Object.assign(travelled.webContents.mainFrame, { origin: 'https://evil.example' })
    const event = { sender: travelled.webContents, senderFrame: travelled.webContents.mainFrame }
    expect(await ipcMain.handlers.get('dutydesk:call')!(event, 'app.status', {})).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } })
    travelled.destroy()
    expect([...ipcMain.handlers.keys()].sort()).toEqual(['dutydesk:call', 'dutydesk:open', 'dutydesk:place', 'dutydesk:print', 'dutydesk:save'])
    expect(dialog.opened).toEqual([])
  })

  it('18 shows its own scheme, never file://, and serves nothing outside its folder', async () => {
    for (const made of BrowserWindow.made) for (const url of made.loaded) expect(url).toMatch(/^app:\/\/dutydesk\//)
    for (const path of ['/../package.json', '/..%2fpackage.json', '/%2e%2e/package.json', '/..\\package.json', '/.hidden.js', '/C:/a.js', '//a.js']) expect([path, staticFile(path)]).toEqual([path, null])
    expect((await fetchOwn('/', { method: 'POST' })).status).toBe(405)
    expect((await protocol.handlers.get('app')!(new Request('app://evil/'))).status).toBe(405)
  })

  it('19 fuses are decided: no Node mode, no inspector, only the checked archive', () => {
    expect(fuses).toEqual({
      runAsNode: false, enableCookieEncryption: true, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true, loadBrowserProcessSpecificV8Snapshot: false, grantFileProtocolExtraPrivileges: false,
    })
  })

  it('20 gives the page five functions and no API of Electron', async () => {
    expect([...contextBridge.exposed.keys()]).toEqual(['dutydesk'])
    expect(Object.keys(bridge()).sort()).toEqual(['call', 'choosePlace', 'door', 'openFiles', 'print', 'saveFile'])
    expect(await bridge().call('app.status', {})).toMatchObject({ ok: true, value: { state: 'empty', door: 'desktop' } })
    for (const name of ['constructor', '__proto__', 'dutydesk:open', 'electron.shell']) expect(await bridge().call(name, {})).toMatchObject({ ok: false, error: { code: 'UNKNOWN_ENTRY' } })
    expect(entryNames.length).toBeGreaterThan(80)
  })
})

describe('the desktop door', () => {
  it('keeps data, logs and Chromium files in folders beside each other', () => {
    expect(app.paths).toMatchObject({ userData: join(home, 'window'), sessionData: join(home, 'window'), logs: join(home, 'logs') })
  })

  it('brings the first window to the front when it is started again', () => {
    const before = window.focused
    app.emit('second-instance')
    expect(window.focused).toBe(before + 1)
  })

  it('has a Chinese menu without developer tools in the packed program', () => {
    const labels = JSON.stringify(Menu.set)
    expect(labels).toContain('文件')
    expect(labels).not.toContain('toggleDevTools')
    expect(window.options.webPreferences.devTools).toBe(false)
  })

  it('opens no dialog while nobody is logged in', async () => {
    dialog.openAnswer = { canceled: false, filePaths: [join(home, 'a.xlsx')] }
    expect(await bridge().openFiles!({ multiple: true, accept: ['xlsx'] })).toEqual([])
    expect(dialog.opened).toEqual([])
  })

  it('gives the page tokens of chosen files, never a path, and writes what it saves', async () => {
    expect(await bridge().call('app.setup', { organ: '某市督查室', code: '督', account: '测试员', password: 'correct horse' })).toMatchObject({ ok: true })
    mkdirSync(join(home, 'in'), { recursive: true })
    writeFileSync(join(home, 'in', 'a.xlsx'), 'bytes')
    writeFileSync(join(home, 'in', 'empty.xlsx'), '')
    dialog.openAnswer = { canceled: false, filePaths: ['a.xlsx', 'empty.xlsx', 'gone.xlsx'].map((name) => join(home, 'in', name)) }
    const [a, empty, gone] = await bridge().openFiles!({ multiple: true, accept: ['xlsx'] })
    expect(dialog.opened.at(-1)).toMatchObject({ properties: ['openFile', 'multiSelections'], filters: [{ extensions: ['xlsx'] }] })
    expect(a).toMatchObject({ name: 'a.xlsx', size: 5 })
    expect(empty).toMatchObject({ token: '', error: { code: 'FILE_EMPTY' } })
    expect(gone).toMatchObject({ token: '', error: { code: 'FILE_DAMAGED' } })
    expect(JSON.stringify([a, empty, gone])).not.toContain(home)
    dialog.saveAnswer = { canceled: false, filePath: join(home, 'out.xlsx') }
    expect(await bridge().saveFile!(a!.token)).toEqual({ saved: true })
    expect(readFileSync(join(home, 'out.xlsx'), 'utf8')).toBe('bytes')
    dialog.saveAnswer = { canceled: false, filePath: join(home, 'no', 'such', 'folder.xlsx') }
    expect(await bridge().saveFile!(a!.token)).toMatchObject({ saved: false, error: { code: 'DISK_ERROR' } })
    dialog.saveAnswer = { canceled: true, filePath: '' }
    expect(await bridge().saveFile!(a!.token)).toEqual({ saved: false })
    expect(await bridge().openFiles!({ multiple: true, accept: ['../x'] })).toEqual([])
  })

  it('prints a paper from a hidden window without preload script and without scripts, and closes it', async () => {
    writeFileSync(join(home, 'in', 'paper.html'), '<!doctype html><style>p{}</style><p>函</p>')
    dialog.openAnswer = { canceled: false, filePaths: [join(home, 'in', 'paper.html')] }
    const [paper] = await bridge().openFiles!({ multiple: false, accept: ['html'] })
    expect(await bridge().print!(paper!.token)).toEqual({ printed: true })
    const made = BrowserWindow.made.at(-1)!
    expect(made.options).toMatchObject({ show: false, webPreferences: { sandbox: true, contextIsolation: true, javascript: false } })
    expect(Object.keys(made.options.webPreferences)).not.toContain('preload')
    expect(BrowserWindow.all).not.toContain(made)
    const answer = await fetchOwn(new URL(made.loaded[0]!).pathname)
    expect(await answer.text()).toContain('<p>函</p>')
    expect(answer.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; img-src data:/)
    expect(await bridge().print!('unknown-token')).toEqual({ printed: false })
  })

  it('makes a PDF of a paper of the program in such a window, and of no other page', async () => {
    const call = async <N extends EntryName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> => {
      const answer = await bridge().call(name, input)
      if (!answer.ok) throw new Error(answer.error.code)
      return answer.value as OutputOf<N>
    }
    writeFileSync(join(home, 'in', 'letter.html'), `${paperStart}<title>函</title></head><body><section class="page" data-page="1">函</section></body></html>`)
    dialog.openAnswer = { canceled: false, filePaths: ['letter.html', 'paper.html'].map((name) => join(home, 'in', name)) }
    const [letter, stranger] = await bridge().openFiles!({ multiple: true, accept: ['html'] })
    await expect(call('papers.pdf', { file: stranger!.token })).rejects.toThrow('FILE_WRONG_KIND')
    const { job } = await call('papers.pdf', { file: letter!.token })
    for (let after = 0, state = 'running'; state === 'running';) {
      ;({ version: after, state } = await call('jobs.wait', { id: job, after }))
    }
    const made = BrowserWindow.made.at(-1)!
    expect(made.options).toMatchObject({ show: false, webPreferences: { sandbox: true, contextIsolation: true, javascript: false } })
    expect(made.webContents.printed).toEqual([{ printBackground: true, preferCSSPageSize: true }])
    expect(BrowserWindow.all).not.toContain(made)
    // The paper lay on the desk only while it was drawn.
    expect((await fetchOwn(new URL(made.loaded[0]!).pathname)).status).toBe(404)
    dialog.saveAnswer = { canceled: false, filePath: join(home, 'letter.pdf') }
    const { file, name } = await call('papers.pdfResult', { job })
    expect([name, await bridge().saveFile!(file)]).toEqual(['letter.pdf', { saved: true }])
    expect(readFileSync(join(home, 'letter.pdf'), 'utf8')).toBe('%PDF-1.4')
  })

  it('locks the session before it ends', async () => {
    let prevented = false
    const quits = app.quits
    app.emit('before-quit', { preventDefault: () => (prevented = true) })
    expect(prevented).toBe(true)
    await new Promise<void>((resolve) => {
      const look = (): void => (app.quits > quits ? resolve() : void setImmediate(look))
      look()
    })
    expect(await bridge().call('app.status', {})).toMatchObject({ value: { state: 'locked' } })
    let again = false
    app.emit('before-quit', { preventDefault: () => (again = true) })
    expect(again).toBe(false)
    expect(ipcRenderer.sender).toBeNull()
  })
})
