import { DomainError } from '../../domain/errors.ts'
import type { Postback } from '../types.ts'
import { postbackOf } from './postbackOf.ts'

/** Keeps a postback of a network whose postbacks say nothing that we could read. */
export const unreadPostback = (fields: Record<string, string>): Postback =>
  postbackOf(fields, () => {
    throw new DomainError('postback.not-read', 'Postbacks of this network are not read.')
  })
