/** Composition root of the desktop program. */
import { join } from 'node:path'
import { app, BrowserWindow, session } from 'electron'
import { createEnv, demoFiles, fileLog, rootDir, thisMachine } from './doors/env.ts'
import { watchIdle } from './doors/idle.ts'
import { createBackend } from './rpc/backend.ts'
import type { Backend } from './rpc/dispatch.ts'
import { guardContents } from './shell/contents.ts'
import { handleDialogs } from './shell/dialogs.ts'
import { handleCalls } from './shell/ipc.ts'
import { setMenu } from './shell/menu.ts'
import { usePaths } from './shell/paths.ts'
import { handlePrint, withPdf } from './shell/print.ts'
import { registerScheme, serveScheme } from './shell/protocol.ts'
import { lockSession } from './shell/session.ts'
import { isFirst } from './shell/single.ts'
import { openWindow } from './shell/window.ts'

async function startDesktop(): Promise<void> {
  const paths = usePaths(thisMachine())
  if (!isFirst()) return app.quit()
  app.enableSandbox()
  registerScheme()
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  const env = createEnv({ door: 'desktop', dataDir: process.env.DUTYDESK_DATA ?? paths.data, log: fileLog(paths.logs) })
  const backend: Backend = createBackend({ ...env, withPdf: (signal, work) => withPdf(backend.files, signal, work) }, { demoFiles })
  await app.whenReady()
  lockSession(session.defaultSession)
  const development = !app.isPackaged
  serveScheme({ rendererDir: join(rootDir(), 'dist', 'renderer'), files: backend.files, random: env.random })
  setMenu(development)
  handleCalls(backend)
  handleDialogs(backend)
  handlePrint(backend)
  const open = (): BrowserWindow => openWindow(join(rootDir(), 'dist', 'main', 'preload.cjs'), development)
  open()
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open()
  })
  endCleanly(backend, watchIdle(backend.session))
}

/** The store is closed and its lock file gone before the process ends. */
function endCleanly(backend: Backend, stopWatching: () => void): void {
  let closed = false
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    stopWatching()
    void backend.session.lock().finally(() => {
      closed = true
      app.quit()
    })
  })
}

/**
 * Not awaited: Electron emits 'ready' only when this module has been evaluated, so awaiting it here would wait for ever. Everything that must
 * happen before 'ready' (paths, sandbox, scheme) stands before the first await above.
 */
export const started = startDesktop().catch((error: unknown) => {
  fileLog(app.getPath('logs'))('start.failed', { name: error instanceof Error ? error.name : 'unknown' })
  app.exit(1)
})
