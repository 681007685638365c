/**
 * A witness outside the database: how far our own lanes were when something last left this machine, and on which machine. A database that does not
 * contain it has been put back. Where the files lie is the door's business: one beside the data folder's database and one outside of the folder, so that a
 * folder that is copied back whole is seen too.
 */
import { readFileSync, statSync } from 'node:fs'
import { hash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import { z } from 'zod'
import { canonical } from '../../store/log/canonical.ts'
import { guardDisk } from '../../store/disk-errors.ts'
import { makeFolder, writeAtomic } from '../../store/files.ts'
import { hex16, hex32, scopeName } from './format/packed-vector.ts'
import { readStrictJson } from './format/strict-json.ts'

const witnessSchema = z.strictObject({
  v: z.literal(1),
  group: hex16,
  origin: hex16,
  fingerprint: hex32,
  lanes: z.array(z.strictObject({ scope: scopeName, seq: z.int().min(1), head: hex32 })),
})
export type Witness = z.infer<typeof witnessSchema>

const maxWitnessBytes = 4 * 1024 * 1024

/** Those that can be read; a witness of another group says nothing of ours. */
export function readWitnesses(paths: readonly string[], group: string): Witness[] {
  return paths.flatMap((path) => {
    let bytes: Buffer
    try {
      bytes = readFileSync(path)
    } catch {
      // Not there yet, or on a disk that is not: the database's own mark still tells a clone.
      return []
    }
    const read = witnessSchema.safeParse(readStrictJson(bytes, { maxBytes: maxWitnessBytes }))
    return read.success && read.data.group === group ? [read.data] : []
  })
}

/** All of them, each whole and fsynced, before this returns: the package may leave now. DISK_*. */
export function writeWitnesses(paths: readonly string[], witness: Witness, random: (n: number) => Uint8Array): void {
  const bytes = Buffer.from(canonical(witness), 'utf8')
  guardDisk(() => {
    for (const path of paths) {
      makeFolder(dirname(path))
      writeAtomic(path, bytes, Buffer.from(random(6)).toString('hex'))
    }
  })
}

/**
 * What tells this installation from a copy of it: `parts` of the machine (its id, its name), and the data folder's own mark, which a copied folder does
 * not share but a renamed or moved one does. Hex of a hash: nothing of it can be read back.
 */
export function fingerprintOf(parts: readonly string[], dataDir: string): string {
  const { ino, birthtimeNs } = statSync(dataDir, { bigint: true })
  return hash('sha256', canonical(['dutydesk/machine/1', ...parts, String(ino), String(birthtimeNs)]), 'hex')
}

/** `<folder>/<group>-<device or origin>.witness`: several data folders of one account must not share a file. */
export function witnessName(group: string, dataDir: string): string {
  return `${group.slice(0, 12)}-${hash('sha256', `${dirname(dataDir)}/${basename(dataDir)}`, 'hex').slice(0, 12)}.witness`
}
