/** Every preference that Electron's security checklist names, written out, so that a changed default changes nothing here. */

export function webPreferences(preload: string, development = false) {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // Words of a letter must not go to a dictionary service.
    spellcheck: false,
    devTools: development,
  } as const
}
