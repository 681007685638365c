/** Uint8Array inside JSON, for the doors whose wire is text: `{"$bytes":"<base64>"}`. */

const key = '$bytes'
/** Kept under the argument limit of String.fromCharCode. */
const block = 0x8000

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += block) text += String.fromCharCode(...bytes.subarray(at, at + block))
  return btoa(text)
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}

const isCarrier = (value: unknown): value is { readonly [key]: string } =>
  typeof value === 'object' && value !== null && key in value && typeof value[key] === 'string' && Object.keys(value).length === 1

/** JSON text of `value`; its byte arrays become carriers. Throws on cycles as JSON.stringify does. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, function replace(this: Record<string, unknown>, name: string, given: unknown): unknown {
    // Node's Buffer brings its own toJSON, which has already run: look at the value before it.
    const raw = this[name]
    return raw instanceof Uint8Array ? { [key]: toBase64(raw) } : given
  }) ?? 'null'
}

/** The value of `text`; carriers become byte arrays. Throws SyntaxError on bad JSON or bad base64. */
export function decodeJson(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown) => {
    if (!isCarrier(value)) return value
    try {
      return fromBase64(value[key])
    } catch {
      throw new SyntaxError('bad base64')
    }
  })
}
