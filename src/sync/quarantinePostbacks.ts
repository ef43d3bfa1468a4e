import type { Database } from '../ledger/transactionOf.ts'
import type { Postback } from '../networks/types.ts'
import { quarantine } from './quarantine.ts'
import type { TakenPostback } from './takePostbacks.ts'

/** Not odd: networks whose postbacks name too little, by their documents or by what was asked of them. */
const EXPECTED = new Set(['postback.not-read', 'row.malformed'])

type ReadPostback = TakenPostback & { said: Postback }
type Unread = { network: string; now: Date; postbacks: ReadPostback[] }

/**
 * Keeps postbacks that name a sale and say what cannot be, for people to look at. One that only says
 * too little is none of them: it would be there for every sale of some networks.
 */
export const quarantinePostbacks = async (
  db: Database,
  { network, now, postbacks }: Unread,
): Promise<void> => {
  const odd = postbacks.filter(({ said }) => !EXPECTED.has(said.code ?? ''))
  const rejected = odd.map(({ fields, said }) => ({
    raw: fields,
    code: said.code ?? 'postback.unreadable',
    detail: said.detail ?? '',
  }))
  await quarantine(db, { network, now, run: null, page: null }, rejected)
}
