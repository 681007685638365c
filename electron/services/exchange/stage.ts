/** The first reading of a package: everything checked to its authenticated end; changes staged, attachments sealed beside, nothing applied. */
import { maySee } from './keys/group.ts'
import type { Membership } from './keys/key-store.ts'
import { certificatesOf, laneSignaturesOf } from './keys/remember.ts'
import { checkChange } from '../../store/log/arriving.ts'
import type { Change } from '../../store/log/change-id.ts'
import type { BlobWriter, StagedBlob } from '../../store/blob-streams.ts'
import type { Store } from '../../store/store.ts'
import type { Env } from '../context.ts'
import type { Control } from './control.ts'
import type { CheckedPackage } from './format/read.ts'
import { makeLaneChecker, type LaneChecker } from './lane-signatures.ts'
import { makeStaging, type Staging } from './staging.ts'

export type Staged = {
  /** Such as are not in the log here. */
  readonly changes: Staging
  readonly digests: Readonly<Record<string, string>>
  readonly blobs: number
  readonly blobBytes: number
  /** Attachments that were not here, whole but without a name yet. */
  readonly stored: readonly StagedBlob[]
  readonly lanes: ReturnType<LaneChecker['finish']>
  /** How many changes are in the log here already: they were checked and are not staged. */
  readonly known: number
  /** Changes of our own origin that we do not have: somebody goes on with our lane. */
  readonly twin: boolean
  readonly close: () => void
}

export type Stager = {
  readonly env: Env; readonly store: Store; readonly member: Pick<Membership, 'card' | 'certificate' | 'keys' | 'identity'>; readonly folder: string; readonly control: Control
  /** Attachments are only checked. */
  readonly dryRun: boolean
  /** What opens the payload, and whether lanes outside of their machine's scopes are let in: after a total loss the backup may be anybody's. */
  readonly identities?: readonly string[]
  readonly anyScope?: boolean
}

/** PACKAGE_NOT_FOR_US, PACKAGE_DAMAGED, PACKAGE_LANE_UNSIGNED, PACKAGE_SCOPE, DATA_DAMAGED, DISK_*, CANCELLED; then nothing is left. */
export async function stagePackage(opened: CheckedPackage, stager: Stager): Promise<Staged> {
  const { env, store, member, folder, control } = stager
  const checker = makeLaneChecker({
    card: member.card, certificates: certificatesOf(store.exchange, member.card), knows: (id) => store.log.has(id) || store.parked.awaits(id),
    sender: opened.header.certificate.device, isOffice: store.log.isOffice,
    ...(stager.anyScope === true ? {} : { own: member.keys.device, sees: (scope: string) => maySee(member.certificate, scope), signaturesOf: (lane) => laneSignaturesOf(store.exchange, lane) }),
  })
  const changes = makeStaging(folder, env.random)
  const blobs = blobSink(stager)
  const { origin } = store.identity
  let passed = 0
  const group = Buffer.from(member.card.group, 'hex')
  const found = { digests: {} as Readonly<Record<string, string>>, twin: false, known: 0 }
  try {
    for await (const event of opened.content(stager.identities ?? [member.identity])) {
      control.checkpoint()
      if (event.type === 'manifest') found.digests = event.manifest.digests
      if (event.type === 'lanes') checker.addLanes(event.lanes)
      if (event.type === 'blob') blobs.begin(event.sha256, event.size)
      if (event.type === 'data') {
        blobs.data(event.bytes)
        passed += event.bytes.length
        // A gigabyte of scans takes a quarter of a minute.
        control.report({ step: 'exchange.checking', fraction: 0.3 + 0.2 * Math.min(1, passed / Math.max(1, opened.bytes)) })
      }
      if (event.type === 'blobEnd') blobs.end()
      if (event.type !== 'changes') continue
      for (const change of event.changes) checker.add(change)
      const fresh: Change[] = []
      for (const change of event.changes) {
        if (!store.log.has(change.id.toString('hex'))) fresh.push(change)
        // What is new is checked by who applies it; what is here must say what it said when it came.
        else checkChange(group, change)
      }
      found.known += event.changes.length - fresh.length
      found.twin ||= fresh.some((change) => change.origin.toString('hex') === origin)
      changes.add(fresh)
      control.report({ step: 'exchange.checking', counts: { changes: found.known + changes.count() } })
    }
    return { changes, ...found, ...blobs.done(), lanes: checker.finish(), close: () => changes.close() }
  } catch (error) {
    blobs.abort()
    changes.close()
    throw error
  }
}

/** Attachments that are here already, and those of a dry run, only pass by. */
function blobSink({ store, folder, dryRun }: Stager) {
  const stored: StagedBlob[] = []
  const begun = new Set<string>()
  let open: BlobWriter | null = null
  let [blobs, blobBytes] = [0, 0]
  return {
    begin(sha256: string, size: number): void {
      blobs++
      blobBytes += size
      if (dryRun || begun.has(sha256) || store.blobs.has(sha256)) return
      begun.add(sha256)
      open = store.blobs.stage(sha256, folder)
    },
    data: (bytes: Uint8Array): void => open?.write(bytes),
    end(): void {
      if (open) stored.push(open.finish())
      open = null
    },
    abort(): void {
      open?.abort()
      open = null
    },
    done: () => ({ blobs, blobBytes, stored }),
  }
}
