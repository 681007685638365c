/** Tells Electron the program's own folders before it makes any. */
import { app } from 'electron'
import { folders, type Machine } from '../policy/data-folder.ts'

export function usePaths(machine: Machine): ReturnType<typeof folders> {
  const found = folders(machine)
  app.setPath('userData', found.window)
  app.setPath('sessionData', found.window)
  app.setPath('crashDumps', found.logs)
  app.setAppLogsPath(found.logs)
  return found
}
