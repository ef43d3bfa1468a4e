import type { ChangeRow } from './changeStore.ts'

/** The place to which a waiting password is bound: it cannot be used for another account. */
export const secretContext = ({
  requestedAt,
  requestedBy,
  subjectId,
}: Pick<ChangeRow, 'requestedAt' | 'requestedBy' | 'subjectId'>): string =>
  `change:${subjectId ?? ''}:${requestedBy}:${new Date(requestedAt).toISOString()}`
