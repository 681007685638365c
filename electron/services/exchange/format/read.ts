/** Opening a package: every volume's head and hash first, then the payload as a stream of events. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ReadableStream } from 'node:stream/web'
import { Refusal } from '../../../../shared/result.ts'
import { diskRefusal } from '../../../store/disk-errors.ts'
import { canonical } from '../../../store/log/canonical.ts'
import { copyIn, onDisk, readPieces, readStart, type Place, type Progress } from '../files.ts'
import { decrypter } from '../keys/seal.ts'
import type { Trust } from '../keys/trust.ts'
import { checkHeader, damaged, headBytes, readHeader } from './check-head.ts'
import { firstName, packageExtension, volumeName } from './volumes.ts'
import type { Header } from './header.ts'
import { maxAgeHeaderBytes, preambleBytes } from './limits.ts'
import { readContent, type ContentEvent } from './read-content.ts'
import { newHash } from './suite.ts'

/** One file with its head as data. `head`: the signed bytes and the signature. */
export type VolumeFile = { readonly path: string; readonly header: Header; readonly head: Buffer }

/** Shape only; nothing is believed yet. PACKAGE_NOT_OURS, PACKAGE_NEWER, PACKAGE_TRUNCATED, PACKAGE_DAMAGED, and trouble of the disk. */
export function readVolumeHead(path: string, place: Place): Promise<VolumeFile> {
  return onDisk(place, async () => {
    const length = headBytes(await readStart(path, preambleBytes))
    const head = await readStart(path, length)
    if (head.length < length) throw new Refusal('PACKAGE_TRUNCATED')
    return { path, header: readHeader(head), head }
  })
}

/**
 * All volumes of the package that `path` is one of, in order, whatever they are called; they lie in one folder.
 * PACKAGE_VOLUME_MISSING {missing: numbers, volumes, file: the name that the first missing one should have}.
 */
export async function findVolumes(path: string, place: Place): Promise<readonly VolumeFile[]> {
  const given = await readVolumeHead(path, place)
  const { id, volume, volumes } = given.header
  const found = new Map([[volume, given]])
  if (volumes > 1) {
    const folder = dirname(path)
    for (const name of (await onDisk(place, () => readdir(folder))).sort()) {
      if (!name.toLowerCase().endsWith(packageExtension) || found.size === volumes) continue
      const other = await readVolumeHead(join(folder, name), place).catch(ignoreRefusal)
      if (other && other.header.id === id && !found.has(other.header.volume)) found.set(other.header.volume, other)
    }
  }
  const missing = Array.from({ length: volumes }, (_, index) => index + 1).filter((number) => !found.has(number))
  if (missing[0] !== undefined) {
    const file = volumeName(firstName(basename(path), volume), missing[0])
    throw new Refusal('PACKAGE_VOLUME_MISSING', { missing: missing.map(String), volumes, file })
  }
  return [...found].sort(([a], [b]) => a - b).map(([, file]) => file)
}

function ignoreRefusal(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}

/** Copies all volumes into `folder` (newInbox); the stick is not needed afterwards. */
export async function takeIn(volumes: readonly VolumeFile[], folder: string, progress: Progress = () => {}): Promise<string[]> {
  const paths: string[] = []
  let before = 0
  for (const { path, header } of volumes) {
    const copied = await copyIn(path, folder, `${header.id}.${String(header.volume).padStart(3, '0')}${packageExtension}`, (bytes) => progress(before + bytes))
    before += copied.bytes
    paths.push(copied.path)
  }
  return paths
}

/** A package whose every byte is its signer's. `header`: the first volume's. */
export type CheckedPackage = {
  readonly header: Header
  readonly bytes: number
  /** `identities`: age secret keys. PACKAGE_NOT_FOR_US, PACKAGE_DAMAGED. Apply nothing before the `end` event. */
  readonly content: (identities: readonly string[]) => AsyncGenerator<ContentEvent>
}

/**
 * `paths`: all volumes, in any order, in the inbox. `trustFor`: what this machine goes by; a machine that joins decides by the header (trustOfAnswer).
 * Refuses as readVolumeHead and checkHeader do, then PACKAGE_TRUNCATED, PACKAGE_DAMAGED. `progress`: bytes of the payload that were checked.
 */
export async function openPackage(paths: readonly string[], trustFor: (header: Header) => Trust, progress: Progress = () => {}): Promise<CheckedPackage> {
  const files = await Promise.all(paths.map((path) => readVolumeHead(path, 'disk')))
  files.sort((a, b) => a.header.volume - b.header.volume)
  const first = files[0]
  if (!first) throw new TypeError('no volume')
  for (const { header, head } of files) checkHeader(header, head, trustFor(header))
  checkTogether(files)
  let bytes = 0
  for (const file of files) bytes += await onDisk('disk', () => checkPayload(file, (checked) => progress(bytes + checked)))
  return { header: first.header, bytes, content: (identities) => content(files, identities) }
}

function checkTogether(files: readonly VolumeFile[]): void {
  const shared = (header: Header): string => canonical({ ...header, volume: 0, payload: null })
  const expected = shared(files[0]!.header)
  const inOrder = files.every(({ header }, index) => header.volume === index + 1 && shared(header) === expected)
  if (!inOrder || files.length !== files[0]!.header.volumes) throw damaged('volumes')
}

async function checkPayload({ path, header, head }: VolumeFile, progress: Progress): Promise<number> {
  const { payload } = header
  const { size } = await stat(path)
  if (size < payload.at + payload.bytes) throw new Refusal('PACKAGE_TRUNCATED', { missing: payload.at + payload.bytes - size })
  if (size > payload.at + payload.bytes) throw damaged('length')
  const padding = (await readStart(path, payload.at)).subarray(head.length)
  if (padding.some((byte) => byte !== 0)) throw damaged('padding')
  const hash = newHash()
  let checked = 0
  for await (const piece of readPieces(path, payload.at)) {
    hash.update(piece)
    progress((checked += piece.length))
  }
  if (hash.digest().toString('hex') !== payload.sha256) throw damaged('payload')
  return size
}

async function* content(files: readonly VolumeFile[], identities: readonly string[]): AsyncGenerator<ContentEvent> {
  let sealed: AsyncIterable<Uint8Array>
  try {
    const source = ReadableStream.from(guardAgeHeader(sealedPieces(files))) as globalThis.ReadableStream<Uint8Array>
    sealed = await decrypter(identities).decrypt(source)
  } catch (error) {
    throw ageRefusal(error)
  }
  yield* readContent(refusing(sealed), files[0]!.header.id)
}

/** Errors of the cipher become refusals; what the consumer throws passes. */
async function* refusing(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) yield chunk
  } catch (error) {
    throw ageRefusal(error)
  }
}

function ageRefusal(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const known = diskRefusal(error)
  if (known) return known
  return error.message.startsWith('no identity matched') ? new Refusal('PACKAGE_NOT_FOR_US') : damaged('sealed')
}

async function* sealedPieces(files: readonly VolumeFile[]): AsyncGenerator<Buffer> {
  for (const { path, header } of files) yield* readPieces(path, header.payload.at)
}

/** age's own header has no cap in the library: without its end in the first 256 KiB it is not one. */
async function* guardAgeHeader(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let seen: Buffer | null = Buffer.alloc(0)
  for await (const piece of pieces) {
    if (seen) {
      seen = Buffer.concat([seen, piece])
      const end = seen.indexOf('\n--- ')
      if ((end < 0 ? seen.length : end) > maxAgeHeaderBytes) throw damaged('sealed')
      if (end >= 0) seen = null
    }
    yield piece
  }
}

