/**
 * Vectors as the header carries them: scopes are named once, heads in base64url. `left`: lanes that were left out to fit; a vector that names less than the
 * sender has costs a longer package later, never a change.
 */
import { z } from 'zod'
import { laneKey, normalVector, type Tip, type Vector } from '../../../../shared/merge/vectors.ts'

export const hex16 = z.string().regex(/^[0-9a-f]{32}$/)
export const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
export const scopeName = z.string().min(1).max(200)
const head = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)
const index = z.int().nonnegative()

export const packedVector = z.strictObject({
  lanes: z.record(hex16, z.array(z.tuple([index, z.int().min(1), head]))),
  left: index,
  scopes: z.array(scopeName),
})
export type PackedVector = z.infer<typeof packedVector>

export function packVector(vector: Vector, left = 0): PackedVector {
  const tips = normalVector(vector)
  const scopes = [...new Set(tips.map((tip) => tip.scope))].sort()
  const places = new Map(scopes.map((scope, place) => [scope, place]))
  const lanes: Record<string, [number, number, string][]> = {}
  for (const tip of tips) (lanes[tip.origin] ??= []).push([places.get(tip.scope)!, tip.seq, Buffer.from(tip.head, 'hex').toString('base64url')])
  return { lanes, left, scopes }
}

/** Undefined when a lane names a scope that is not listed. */
export function unpackVector(packed: PackedVector): Tip[] | undefined {
  const tips: Tip[] = []
  for (const [origin, lanes] of Object.entries(packed.lanes)) {
    for (const [place, seq, text] of lanes) {
      const scope = packed.scopes[place]
      if (scope === undefined) return undefined
      tips.push({ origin, scope, seq, head: Buffer.from(text, 'base64url').toString('hex') })
    }
  }
  return normalVector(tips)
}

/** What a lane costs at most in the packed form, beside its scope's and origin's name. */
const laneBytes = 43 + 2 * 16 + 8

function packedBytes(vector: Vector): number {
  const names = new Set([...vector.map((tip) => tip.scope), ...vector.map((tip) => tip.origin)])
  let bytes = 64 + vector.length * laneBytes
  for (const name of names) bytes += Buffer.byteLength(JSON.stringify(name)) + 8
  return bytes
}

/** The vectors within `room` bytes of header: `base` goes first, for it only explains; then the shortest lanes, which cost least to send again. */
export function fitVectors(sender: Vector, base: Vector | null, room: number): { readonly sender: PackedVector; readonly base: PackedVector | null } {
  const whole = normalVector(sender)
  const senderBytes = packedBytes(whole)
  if (senderBytes + (base ? packedBytes(base) : 4) <= room) return { sender: packVector(whole), base: base && packVector(base) }
  if (senderBytes + 4 <= room) return { sender: packVector(whole), base: null }
  return { sender: longestLanes(whole, room - 4), base: null }
}

/** A forked lane goes in or out whole: half of its tips would pass for a lane that is not forked. */
function longestLanes(whole: readonly Tip[], room: number): PackedVector {
  const lanes = [...Map.groupBy(whole, laneKey).values()].sort((a, b) => b.at(-1)!.seq - a.at(-1)!.seq)
  let [low, high] = [0, lanes.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (packedBytes(lanes.slice(0, middle).flat()) <= room) low = middle
    else high = middle - 1
  }
  return packVector(lanes.slice(0, low).flat(), lanes.length - low)
}
