/** Puts `window.dutydesk` into the page: one function per contract entry behind `call`, and the desktop's dialogs. Sandboxed; bundled to one CommonJS file. */
import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge, BridgeAnswer, OpenFilesOptions, PickedFile } from '../shared/contract/bridge.ts'
import { entryNames } from '../shared/contract/entries.ts'

type Send = (input: unknown) => Promise<BridgeAnswer>

/** Only names of the contract ever reach the channel. */
const send: ReadonlyMap<string, Send> = new Map(entryNames.map((name) => [name, (input) => ipcRenderer.invoke('dutydesk:call', name, input) as Promise<BridgeAnswer>]))

const unknown = (entry: string): BridgeAnswer => ({ ok: false, error: { code: 'UNKNOWN_ENTRY', params: { entry: entry.slice(0, 80) } } })

const bridge: Bridge = {
  door: 'desktop',
  async call(name, input) {
    try {
      return (await send.get(name)?.(input)) ?? unknown(String(name))
    } catch {
      return { ok: false, error: { code: 'NO_CONNECTION', params: {} } }
    }
  },
  openFiles: (options: OpenFilesOptions) => ipcRenderer.invoke('dutydesk:open', options) as Promise<readonly PickedFile[]>,
  saveFile: (token: string) => ipcRenderer.invoke('dutydesk:save', token) as Promise<{ saved: boolean }>,
  choosePlace: (name: string) => ipcRenderer.invoke('dutydesk:place', name) as Promise<{ token: string; name: string } | null>,
  print: (token: string) => ipcRenderer.invoke('dutydesk:print', token) as Promise<{ printed: boolean }>,
}

contextBridge.exposeInMainWorld('dutydesk', bridge)
