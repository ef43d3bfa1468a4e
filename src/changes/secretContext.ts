import type { ChangeRow } from './changeStore.ts'

/** The place to which waiting secrets are bound: they cannot be used for another document. */
export const secretContext = ({
  requestedAt,
  requestedBy,
  subjectId,
}: Pick<ChangeRow, 'requestedAt' | 'requestedBy' | 'subjectId'>): string =>
  `change:${subjectId ?? ''}:${requestedBy}:${new Date(requestedAt).toISOString()}`
