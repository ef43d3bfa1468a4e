import { countOf } from '../../../../src/admin/format/counts.ts'
import type { DeskItem } from './deskItem.ts'

/** The answer of the endpoints that approve. */
export type ApprovalAnswer = {
  approved: string[]
  first: string[]
  refused: { id: string; reference: string | null; code: string; message: string }[]
}
export type OutcomeLine = { isBad: boolean; text: string }

/** Describes what became of an approval: a sum of what went well, and each refusal with its reason. */
export const describeApproval = (
  { approved, first, refused }: ApprovalAnswer,
  items: readonly Pick<DeskItem, 'id' | 'reference'>[],
): OutcomeLine[] => {
  const names = (ids: readonly string[]): string =>
    items.flatMap(({ id, reference }) => (ids.includes(id) ? [reference] : [])).join(', ')
  return [
    ...(approved.length > 0
      ? [{ isBad: false, text: `${countOf(approved.length, 'withdrawal')} approved.` }]
      : []),
    ...(first.length > 0
      ? [
          {
            isBad: false,
            text: `${countOf(first.length, 'withdrawal')} approved by you; a second person approves as well: ${names(first)}.`,
          },
        ]
      : []),
    ...refused.map(({ code, id, message, reference }) => ({
      isBad: true,
      text: `${reference ?? id}: ${message} (${code})`,
    })),
  ]
}

const LOOKS: Record<string, OutcomeLine> = {
  settled: { isBad: false, text: 'paid. The provider reports it as settled.' },
  sent: { isBad: false, text: 'the provider has it. It is not final yet.' },
  failed: { isBad: true, text: 'not paid. The provider reports a failure.' },
  returned: { isBad: true, text: 'returned. The money came back.' },
  'in-doubt': { isBad: true, text: 'still in doubt. The provider cannot say what became of it.' },
  sending: { isBad: true, text: 'not known yet. Look it up again in a minute.' },
}

/**
 * Describes the answer of a look-up by the status of the attempt.
 *
 * @example describeLookUp('W-1', 'settled').text // 'W-1: paid. The provider reports it as settled.'
 */
export const describeLookUp = (reference: string, status: string): OutcomeLine => {
  const { isBad, text } = LOOKS[status] ?? { isBad: true, text: `${status}.` }
  return { isBad, text: `${reference}: ${text}` }
}
