/**
 * JSON from elsewhere: capped in bytes and depth, valid UTF-8, no key that means something to JavaScript, and canonical to the byte, so that there
 * is one reading only (no double keys, no two spellings).
 */
import { canonical } from '../../../store/log/canonical.ts'
import { maxJsonDepth } from './limits.ts'

export type JsonLimits = { readonly maxBytes: number; readonly maxDepth?: number; readonly canonical?: boolean }

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Undefined for anything that is not such a document. */
export function readStrictJson(bytes: Uint8Array, limits: JsonLimits): unknown {
  const maxDepth = limits.maxDepth ?? maxJsonDepth
  if (bytes.length > limits.maxBytes || !isShallow(bytes, maxDepth)) return undefined
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    if (!isHarmless(value)) return undefined
    return limits.canonical !== false && canonical(value) !== text ? undefined : value
  } catch {
    return undefined
  }
}

/** Counts brackets outside of texts before anything is built from them. */
export function isShallow(bytes: Uint8Array, maxDepth: number): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (inText) {
      if (byte === 0x5c) at++
      else if (byte === 0x22) inText = false
    } else if (byte === 0x22) inText = true
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > maxDepth) return false
    } else if (byte === 0x7d || byte === 0x5d) depth--
  }
  return true
}

/** `isShallow` bounds the recursion. */
function isHarmless(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isHarmless)
  return Object.entries(value).every(([key, item]) => !forbidden.has(key) && isHarmless(item))
}
