import type { SensitiveField } from './sensitiveFields.ts'
import type { FieldChange } from './splitChange.ts'

/**
 * Takes the values of secret fields out of what waits: they are stored encrypted, and never shown.
 * Returns them by field, and what waits without them.
 */
export const takeSecrets = (
  fields: readonly SensitiveField[],
  waits: readonly FieldChange[],
  after: Readonly<Record<string, unknown>>,
): { waits: FieldChange[]; secrets: Record<string, unknown> } => {
  const isSecret = ({ field }: FieldChange): boolean =>
    fields.some((known) => known.field === field && known.isSecret)
  return {
    waits: waits.map((one) =>
      isSecret(one) ? { field: one.field, before: null, after: null } : one,
    ),
    secrets: Object.fromEntries(waits.filter(isSecret).map(({ field }) => [field, after[field]])),
  }
}
