/** The one browser session: no permission, no device, no download, no network but our own scheme. */
import type { Session } from 'electron'
import { scheme } from '../policy/origins.ts'
import { mayUse } from '../policy/permissions.ts'

export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => callback(mayUse(permission)))
  session.setPermissionCheckHandler((_contents, permission) => mayUse(permission))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null))
  session.setSpellCheckerEnabled(false)
  // Whatever a page or a paper might name, nothing leaves this machine.
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !localOnly(details.url) }))
  session.on('will-download', (event) => event.preventDefault())
}

function localOnly(url: string): boolean {
  return [`${scheme}:`, 'data:', 'blob:', 'devtools:'].some((start) => url.startsWith(start))
}
