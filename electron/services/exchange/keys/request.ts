/**
 * Enrolment by stick: `*.req` is canonical JSON, signed by the new device's own key, so that a flipped bit or another hand is seen. The answer is a
 * package whose header carries the card and the certificate (`enrol`), sealed to the new device.
 */
import { z } from 'zod'
import { Refusal } from '../../../../shared/result.ts'
import { canonical } from '../../../store/log/canonical.ts'
import { hex16 } from '../format/packed-vector.ts'
import { readStrictJson } from '../format/strict-json.ts'
import { signingKey } from '../format/suite.ts'
import type { DeviceKeys } from './group.ts'
import { sealKey } from './seal.ts'
import { isStatementOf, publicKeyText, signatureText, signStatement } from './signed.ts'

const requestSchema = z.strictObject({
  kind: z.literal('request'),
  v: z.literal(1),
  /** Of the program, for the office's list. */
  app: z.string().min(1).max(40),
  device: hex16,
  name: z.string().min(1).max(80),
  origins: z.array(hex16).max(64),
  sign: publicKeyText,
  seal: z.string().regex(/^age1[a-z0-9]{58}$/),
  made: z.int().nonnegative(),
  signature: signatureText,
})
export type Request = z.infer<typeof requestSchema>

const maxRequestBytes = 16 * 1024

/** `name`: what the machine is called on the office's list; never a person. `made` in ms since 1970. */
export function makeRequest(keys: DeviceKeys, fields: { readonly name: string; readonly origins: readonly string[]; readonly app: string; readonly made: number }): Buffer {
  const key = signingKey(keys.signSeed)
  const { name, origins, app, made } = fields
  const request = { kind: 'request', v: 1, app, device: keys.device, name, origins: [...origins], sign: key.publicKey.toString('base64url'), seal: sealKey(keys.sealScalar).recipient, made } as const
  return Buffer.from(`${canonical(signStatement(request, key))}\n`, 'utf8')
}

/** REQUEST_DAMAGED. */
export function readRequest(bytes: Uint8Array): Request {
  const end = bytes.at(-1) === 0x0a ? bytes.length - 1 : bytes.length
  const parsed = requestSchema.safeParse(readStrictJson(bytes.subarray(0, end), { maxBytes: maxRequestBytes }))
  if (!parsed.success || !isStatementOf(parsed.data, parsed.data.sign)) throw new Refusal('REQUEST_DAMAGED')
  return parsed.data
}
