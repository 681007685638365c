/** The one guarded way from the page into the main process. */
import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import type { BridgeAnswer } from '../../shared/contract/bridge.ts'
import { isOwnOrigin } from '../policy/origins.ts'
import { dispatch, type Backend } from '../rpc/dispatch.ts'

export const channels = { call: 'dutydesk:call', open: 'dutydesk:open', save: 'dutydesk:save', place: 'dutydesk:place', print: 'dutydesk:print' } as const

/** Our page in the main frame of a window; a frame inside it, a paper or a page from elsewhere is a stranger. */
export function isOurPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && isOwnOrigin(frame.origin)
}

/** `work` runs only for our page; `refused` is what a stranger gets. */
export function guarded<T>(channel: string, work: (event: IpcMainInvokeEvent, args: readonly unknown[]) => Promise<T>, refused: T): void {
  ipcMain.handle(channel, async (event, ...args: unknown[]) => (isOurPage(event) ? work(event, args) : refused))
}

export function handleCalls(backend: Backend): void {
  const refused: BridgeAnswer = { ok: false, error: { code: 'NOT_ALLOWED', params: { door: 'sender' } } }
  guarded<BridgeAnswer>(channels.call, async (_event, [name, input]) => dispatch(typeof name === 'string' ? name : '', input, backend), refused)
}
