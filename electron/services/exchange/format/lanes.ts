/** The LANESIG frames: tips with their origin's signature, and the certificates to check them with. */
import { z } from 'zod'
import { canonical } from '../../../store/log/canonical.ts'
import { certificateSchema, nonceText, type Certificate } from '../keys/certificate.ts'
import { signatureText } from '../keys/signed.ts'
import { targetChangesBytes } from './limits.ts'
import { hex16, hex32, scopeName } from './packed-vector.ts'

/**
 * The device says: change `head`, number `seq` of origin × scope, is mine, and so is everything before it. `nonce`: how the origin follows from the device's key;
 * null where its certificate names the origin. `device`: whose certificate.
 */
export const laneSignatureSchema = z.strictObject({
  device: hex16, head: hex32, nonce: nonceText.nullable(), origin: hex16, scope: scopeName, seq: z.int().min(1), signature: signatureText,
})
export type LaneSignature = z.infer<typeof laneSignatureSchema>

export const lanesSchema = z.strictObject({ certificates: z.array(certificateSchema).max(4000), lanes: z.array(laneSignatureSchema) })
export type Lanes = { readonly certificates: readonly Certificate[]; readonly lanes: readonly LaneSignature[] }

/** As few frames as fit; none when there is nothing to say. */
export function* encodeLanes({ certificates, lanes }: Lanes): IterableIterator<Buffer> {
  let open: { certificates: Certificate[]; lanes: LaneSignature[] } = { certificates: [], lanes: [] }
  let size = 0
  const close = (): Buffer => {
    const bytes = Buffer.from(canonical(open), 'utf8')
    open = { certificates: [], lanes: [] }
    size = 0
    return bytes
  }
  for (const [list, items] of [['certificates', certificates], ['lanes', lanes]] as const) {
    for (const item of items) {
      const bytes = Buffer.byteLength(canonical(item)) + 1
      if (size > 0 && size + bytes > targetChangesBytes) yield close()
      open[list].push(item as never)
      size += bytes
    }
  }
  if (size > 0) yield close()
}
