/** Roles of domain.md section 5; a person may hold several. */
export const roles = ['enter', 'check', 'issue', 'read', 'admin'] as const
export type Role = (typeof roles)[number]
