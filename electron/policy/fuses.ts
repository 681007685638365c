/** Electron's fuses, decided once; electron-builder.yml repeats them under `electronFuses` (a test compares). */
export const fuses = {
  /** The .exe must not become a general Node for whoever finds it. */
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  /** Pages come from app://, file:// needs no privileges. */
  grantFileProtocolExtraPrivileges: false,
} as const
