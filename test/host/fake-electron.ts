/**
 * Stands in for the package 'electron' in every test (alias in build/vitest.config.ts): importing the real one would start a download.
 * It only remembers what the program did with it.
 */
import { EventEmitter } from 'node:events'

type Invoke = (event: unknown, ...args: unknown[]) => unknown
type Scheme = { readonly scheme: string; readonly privileges?: Readonly<Record<string, boolean>> }
export type FakeFrame = { readonly origin: string; readonly url: string }

export class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => unknown) | null = null
  readonly mainFrame: FakeFrame = { origin: 'app://dutydesk', url: 'app://dutydesk/' }
  printed: unknown[] = []
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openHandler = handler
  }
  print(options: unknown, done: (success: boolean) => void): void {
    this.printed.push(options)
    done(true)
  }
  printToPDF(options: unknown): Promise<Uint8Array> {
    this.printed.push(options)
    return Promise.resolve(new TextEncoder().encode('%PDF-1.4'))
  }
}

export class BrowserWindow extends EventEmitter {
  static all: BrowserWindow[] = []
  static made: BrowserWindow[] = []
  readonly webContents = new FakeContents()
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>>; readonly show?: boolean }
  readonly loaded: string[] = []
  focused = 0
  constructor(options: BrowserWindow['options']) {
    super()
    this.options = options
    BrowserWindow.all.push(this)
    BrowserWindow.made.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.all
  }
  static fromWebContents(contents: FakeContents): BrowserWindow | null {
    return BrowserWindow.all.find((window) => window.webContents === contents) ?? null
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    return Promise.resolve()
  }
  show(): void {}
  focus(): void {
    this.focused += 1
  }
  isVisible(): boolean {
    return true
  }
  isMinimized(): boolean {
    return false
  }
  restore(): void {}
  destroy(): void {
    BrowserWindow.all = BrowserWindow.all.filter((window) => window !== this)
  }
}

class FakeApp extends EventEmitter {
  readonly paths: Record<string, string> = {}
  /** In the order of the calls, to see what came before 'ready'. */
  readonly steps: string[] = []
  isPackaged = true
  locked = true
  quits = 0
  setPath(name: string, path: string): void {
    this.steps.push(`path:${name}`)
    this.paths[name] = path
  }
  getPath(name: string): string {
    return this.paths[name] ?? ''
  }
  setAppLogsPath(path: string): void {
    this.paths.logs = path
  }
  enableSandbox(): void {
    this.steps.push('sandbox')
  }
  requestSingleInstanceLock(): boolean {
    this.steps.push('lock')
    return this.locked
  }
  whenReady(): Promise<void> {
    this.steps.push('ready')
    return Promise.resolve()
  }
  quit(): void {
    this.quits += 1
  }
  exit(code: number): void {
    this.steps.push(`exit:${code}`)
  }
}
export const app = new FakeApp()

class FakeSession extends EventEmitter {
  permissionRequest: ((contents: unknown, permission: string, callback: (granted: boolean) => void) => void) | null = null
  permissionCheck: ((contents: unknown, permission: string) => boolean) | null = null
  device: (() => boolean) | null = null
  display: ((request: unknown, callback: (streams: unknown) => void) => void) | null = null
  spellChecker = true
  beforeRequest: ((details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void) | null = null
  readonly webRequest = { onBeforeRequest: (handler: NonNullable<FakeSession['beforeRequest']>): void => void (this.beforeRequest = handler) }
  setPermissionRequestHandler(handler: FakeSession['permissionRequest']): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: FakeSession['permissionCheck']): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: FakeSession['device']): void {
    this.device = handler
  }
  setDisplayMediaRequestHandler(handler: FakeSession['display']): void {
    this.display = handler
  }
  setSpellCheckerEnabled(on: boolean): void {
    this.spellChecker = on
  }
}
export const session = { defaultSession: new FakeSession() }

class FakeProtocol {
  schemes: Scheme[] = []
  readonly handlers = new Map<string, (request: Request) => Promise<Response>>()
  registerSchemesAsPrivileged(schemes: Scheme[]): void {
    app.steps.push('scheme')
    this.schemes = schemes
  }
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    this.handlers.set(scheme, handler)
  }
}
export const protocol = new FakeProtocol()

export const ipcMain = {
  handlers: new Map<string, Invoke>(),
  handle(channel: string, handler: Invoke): void {
    this.handlers.set(channel, handler)
  },
}

/** What the preload script sends goes straight to the handlers, from our page unless a test says otherwise. */
export const ipcRenderer = {
  sender: null as { readonly sender: FakeContents; readonly senderFrame: FakeFrame | null } | null,
  async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    const contents = BrowserWindow.all[0]!.webContents
    // As Electron does: both ways through the structured clone.
    return structuredClone(await ipcMain.handlers.get(channel)!(this.sender ?? { sender: contents, senderFrame: contents.mainFrame }, ...structuredClone(args)))
  },
}
export const contextBridge = {
  exposed: new Map<string, unknown>(),
  exposeInMainWorld(name: string, value: unknown): void {
    this.exposed.set(name, value)
  },
}

export const dialog = {
  opened: [] as unknown[],
  saved: [] as unknown[],
  openAnswer: { canceled: true, filePaths: [] as string[] },
  saveAnswer: { canceled: true, filePath: '' },
  showOpenDialog(_window: unknown, options: unknown): Promise<unknown> {
    this.opened.push(options)
    return Promise.resolve(this.openAnswer)
  },
  showSaveDialog(_window: unknown, options: unknown): Promise<unknown> {
    this.saved.push(options)
    return Promise.resolve(this.saveAnswer)
  },
}

type MenuItem = { readonly label?: string; readonly role?: string; readonly submenu?: readonly MenuItem[] }
export const Menu = {
  set: null as readonly MenuItem[] | null,
  buildFromTemplate: (template: readonly MenuItem[]): readonly MenuItem[] => template,
  setApplicationMenu(menu: readonly MenuItem[]): void {
    this.set = menu
  },
}
