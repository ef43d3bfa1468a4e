import type { BuiltProduct } from '../support/startBuiltProduct.ts'
import type { Finding } from './types.ts'

type Received = { customId: string; at: string }
type Flagged = { id: string; unknownSince: string | null }

/**
 * Compares the messages that the simulated SendGrid accepted more than once with the outbox. Each
 * has to be flagged as a possible duplicate, and sent again only after its first attempt ended as
 * unknown, which requires that its lease expired.
 */
export const checkDuplicates = async (
  url: string,
  { query }: Pick<BuiltProduct, 'query'>,
  labels: string[],
): Promise<Finding[]> => {
  const response = await fetch(`${url}/control/messages?provider=sendgrid`)
  const { messages, total } = (await response.json()) as { messages: Received[]; total: number }
  const receipts = new Map<string, string[]>()
  for (const { at, customId } of messages) {
    receipts.set(customId, [...(receipts.get(customId) ?? []), at])
  }
  const rows = await query<Flagged>(`
    select id::text, (select min(a ->> 'at') from jsonb_array_elements(attempts) a
      where a ->> 'outcome' = 'unknown') as "unknownSince"
    from notifications where is_possible_duplicate`)
  const flagged = new Map(rows.map((row) => [row.id, row]))
  const twice = [...receipts].filter(([, at]) => at.length > 1)
  const unflagged = twice.filter(([id, at]) => at.length > 2 || !flagged.has(id))
  const tooEarly = twice.filter(([id, at]) => {
    const since = flagged.get(id)?.unknownSince
    return !since || Date.parse(at.sort().at(-1) ?? '') < Date.parse(since)
  })
  const sent = await query<{ id: string }>(
    `select id::text from notifications where status = 'sent' and provider = 'sendgrid'
       and dedupe_key like any ($1)`,
    [labels.map((label) => `${label}:%`)],
  )
  const absent = sent.filter(({ id }) => !receipts.has(id))
  return [
    {
      guarantee: 'a message that the provider accepted twice was flagged as a possible duplicate',
      holds: unflagged.length === 0,
      seen: `${messages.length} accepted, ${twice.length} of them twice, ${flagged.size} flagged, ${unflagged.length} not`,
    },
    {
      guarantee: 'no message was sent by a second worker while the lease of the first was valid',
      holds: tooEarly.length === 0,
      seen: `${tooEarly.length} of ${twice.length} before the first attempt had ended as unknown`,
    },
    {
      guarantee: 'the provider accepted every message with the status sent',
      holds: absent.length === 0 && messages.length === total,
      seen: `${sent.length} sent, ${absent.length} not accepted`,
    },
  ]
}
