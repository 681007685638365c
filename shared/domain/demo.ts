/** The demonstration folder: everybody may know its password, nobody's real data belongs in it. */
export const demoAccount = { name: '演示员', password: 'yanshi-2026' } as const
export const demoOffice = { organ: '滕州市人民政府办公室', code: '滕督函', unit: '督查室（演示）' } as const
/** The periods of the sample year for which the rules have something to say. */
export const demoPeriods = ['2025', '2026-06'] as const
