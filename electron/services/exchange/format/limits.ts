/** The hard caps of the package file (exchange.md section 6, README.md of services/exchange). Whoever raises one raises `formatVersion` too. */

export const magic = Buffer.from('DSPK', 'ascii')
export const formatVersion = 1
/** Signing, sealing and hashing as one name; 国密 would be a second one. */
export const suiteName = 'ed25519-age1-sha256'

export const maxHeaderBytes = 1024 * 1024
export const signatureBytes = 64
/** Magic, format and length of the header. */
export const preambleBytes = 10
export const align = 4096

/** A volume fits on FAT32 with room to spare. */
export const maxVolumeBytes = 2 * 1024 * 1024 * 1024
export const maxVolumes = 999

/** Of the CHANGES frames the text before deflate; a single change may be as large as a body may be. */
export const targetChangesBytes = 1024 * 1024
export const maxFrameBytes = 1024 * 1024 + 64 * 1024
export const maxChangesBytes = maxFrameBytes
export const maxDataBytes = 1024 * 1024
/** Attachments of the program are far smaller; this only keeps a number from being absurd. */
export const maxBlobBytes = 16 * 1024 * 1024 * 1024
/** Where age's own header must have ended: about 2,500 recipients. */
export const maxAgeHeaderBytes = 256 * 1024
export const maxJsonDepth = 16

/** Frame types of the payload. */
export const frame = { manifest: 1, lanes: 2, changes: 3, blob: 4, data: 5, end: 6 } as const
export type FrameType = (typeof frame)[keyof typeof frame]

export function alignUp(bytes: number): number {
  return Math.ceil(bytes / align) * align
}
