/** `window.dutydesk` of the browser door. Bundled to dist/loopback/bridge.js, which the door puts before the renderer's own script. */
import { decodeJson, encodeJson } from '../../shared/contract/bytes.ts'
import type { Bridge, BridgeAnswer } from '../../shared/contract/bridge.ts'

const bridge: Bridge = {
  door: 'loopback',
  async call(name, input) {
    try {
      const response = await fetch('/rpc', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: encodeJson({ name, input }), redirect: 'error' })
      return decodeJson(await response.text()) as BridgeAnswer
    } catch {
      return { ok: false, error: { code: 'NO_CONNECTION', params: {} } }
    }
  },
}

Object.defineProperty(window, 'dutydesk', { value: Object.freeze(bridge), writable: false, configurable: false })
