/**
 * Writing a package: sealed while it is made, cut into volumes, each `.part` fsynced, read again and compared, and only then renamed, the first volume last.
 * When this returns, the stick may be pulled.
 */
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ReadableStream } from 'node:stream/web'
import { Refusal } from '../../../../shared/result.ts'
import { syncFolder } from '../../../store/files.ts'
import { onDisk, readPieces, readStart, removeParts, writeAll, type Place, type Progress } from '../files.ts'
import { encrypter } from '../keys/seal.ts'
import { encodeContent, type Content, type Totals } from './content.ts'
import { encodeHead, planPayloadAt, type Header, type HeaderPlan } from './header.ts'
import { align, maxVolumeBytes, maxVolumes, suiteName } from './limits.ts'
import { newHash, type SigningKey } from './suite.ts'
import { volumeName } from './volumes.ts'

export type WriteOptions = {
  /** The first volume's final path. */
  readonly target: string
  readonly place: Place
  readonly plan: HeaderPlan
  readonly key: SigningKey
  /** age recipients: the receivers' and the escrow key. */
  readonly recipients: readonly string[]
  readonly content: Content
  /** Writes the witness, fsynced: called when the package is whole on the stick, before it gets its name. A throw withdraws the package. */
  readonly release: () => void
  readonly progress?: Progress
  /** While it is read again: 0–1. */
  readonly verifying?: (fraction: number) => void
  /** Only tests make it smaller. */
  readonly volumeBytes?: number
}

/** `bytes` of all volumes. */
export type WrittenPackage = { readonly files: readonly string[]; readonly bytes: number; readonly totals: Totals }

type Volume = { readonly path: string; readonly part: string; readonly handle: FileHandle; readonly hash: ReturnType<typeof newHash>; bytes: number }
type Run = { readonly options: WriteOptions; readonly at: number; readonly room: number; readonly volumes: Volume[] }

/** STICK_FULL, STICK_READ_ONLY, STICK_GONE (or DISK_*), PACKAGE_VERIFY when what was written reads back differently, and what `content` refuses. */
export async function writePackage(options: WriteOptions): Promise<WrittenPackage> {
  const at = planPayloadAt(options.plan)
  const room = (options.volumeBytes ?? maxVolumeBytes) - at
  if (room < align) throw new RangeError('volumes smaller than their head')
  const run: Run = { options, at, room, volumes: [] }
  try {
    const totals = await writePayload(run)
    await finish(run)
    const bytes = run.volumes.reduce((sum, volume) => sum + at + volume.bytes, 0)
    return { files: run.volumes.map((volume) => volume.path), bytes, totals }
  } catch (error) {
    for (const { handle, part } of run.volumes) {
      await handle.close().catch(() => {})
      await rm(part, { force: true }).catch(() => {})
    }
    throw error
  }
}

async function writePayload(run: Run): Promise<Totals> {
  const { options } = run
  let totals: Totals | undefined
  const plain = ReadableStream.from(encodeContent(options.content, (found) => (totals = found)))
  const sealed = await encrypter(options.recipients).encrypt(plain as globalThis.ReadableStream<Uint8Array>)
  await onDisk(options.place, () => removeParts(options.target))
  let written = 0
  for await (const chunk of sealed) {
    await append(run, chunk)
    options.progress?.((written += chunk.length))
  }
  return totals!
}

async function append(run: Run, chunk: Uint8Array): Promise<void> {
  for (let from = 0; from < chunk.length; ) {
    const last = run.volumes.at(-1)
    const volume = last && last.bytes < run.room ? last : await nextVolume(run)
    const piece = chunk.subarray(from, from + run.room - volume.bytes)
    await onDisk(run.options.place, () => writeAll(volume.handle, piece, run.at + volume.bytes))
    volume.hash.update(piece)
    volume.bytes += piece.length
    from += piece.length
  }
}

async function nextVolume({ options, volumes }: Run): Promise<Volume> {
  if (volumes.length >= maxVolumes) throw new Refusal('PACKAGE_TOO_LARGE', { volumes: maxVolumes })
  const path = volumeName(options.target, volumes.length + 1)
  const part = `${path}.${options.plan.id.slice(0, 12)}.part`
  const handle = await onDisk(options.place, () => open(part, 'w', 0o600))
  const volume: Volume = { path, part, handle, hash: newHash(), bytes: 0 }
  volumes.push(volume)
  return volume
}

async function finish({ options, at, volumes }: Run): Promise<void> {
  const written: { volume: Volume; head: Buffer; sha256: string }[] = []
  for (const [index, volume] of volumes.entries()) {
    const sha256 = volume.hash.digest().toString('hex')
    const header: Header = { ...options.plan, suite: suiteName, payload: { at, bytes: volume.bytes, sha256 }, volume: index + 1, volumes: volumes.length }
    const head = encodeHead(header, options.key)
    await onDisk(options.place, async () => {
      await writeAll(volume.handle, head, 0)
      await volume.handle.sync()
      await volume.handle.close()
    })
    written.push({ volume, head, sha256 })
  }
  const total = volumes.reduce((sum, volume) => sum + volume.bytes, 0)
  let before = 0
  for (const one of written) {
    await onDisk(options.place, () => readAgain(one, at, (bytes) => options.verifying?.((before + bytes) / Math.max(total, 1))))
    before += one.volume.bytes
  }
  options.release()
  await onDisk(options.place, async () => {
    for (const { part, path } of volumes.toReversed()) await rename(part, path)
    syncFolder(dirname(options.target))
  })
}

async function readAgain({ volume, head, sha256 }: { readonly volume: Volume; readonly head: Buffer; readonly sha256: string }, at: number, progress: Progress): Promise<void> {
  const hash = newHash()
  let bytes = 0
  for await (const piece of readPieces(volume.part, at)) {
    hash.update(piece)
    bytes += piece.length
    progress(bytes)
  }
  const same = (await readStart(volume.part, at)).equals(head) && bytes === volume.bytes && hash.digest().toString('hex') === sha256
  if (!same) throw new Refusal('PACKAGE_VERIFY')
}
