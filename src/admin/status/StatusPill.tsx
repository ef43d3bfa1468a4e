import { labelOf } from '../../domain/labels.ts'

type Tone = 'done' | 'waiting' | 'stopped' | 'attention' | 'plain'

/** Icon and colour of each status. The word is the status itself, so that colour is never alone. */
const TONES: Record<string, Tone> = {
  completed: 'done',
  awarded: 'done',
  on: 'done',
  pending: 'waiting',
  held: 'waiting',
  failed: 'stopped',
  reversed: 'attention',
  'partly-reversed': 'attention',
  skipped: 'attention',
  cancelled: 'attention',
  sent: 'done',
  delivered: 'done',
  sending: 'waiting',
  unknown: 'attention',
  bounced: 'stopped',
  dead: 'stopped',
  suppressed: 'attention',
  discarded: 'attention',
  requested: 'waiting',
  running: 'waiting',
  flowing: 'done',
  slow: 'attention',
  paused: 'attention',
  'no-worker': 'stopped',
  matched: 'done',
  differs: 'attention',
  'not-approved': 'attention',
  'paid-before': 'attention',
  waiting: 'waiting',
  stopped: 'attention',
  fresh: 'done',
  late: 'stopped',
  failing: 'stopped',
  quarantined: 'attention',
  partly: 'attention',
  'on-hold': 'attention',
  'in-doubt': 'attention',
  settled: 'done',
  returned: 'stopped',
  rejected: 'attention',
  open: 'waiting',
  answered: 'done',
  match: 'done',
  partial: 'attention',
  mismatch: 'stopped',
}

const SIGNS: Record<Tone, string | null> = {
  done: 'M13 4.5 6.4 11.5 3 8.2',
  waiting: 'M8 4.4V8l2.4 1.6M14.3 8A6.3 6.3 0 1 1 1.7 8a6.3 6.3 0 0 1 12.6 0Z',
  stopped: 'm4 4 8 8m0-8-8 8',
  attention: 'M4 8h8',
  plain: null,
}

/** A status as icon, word and colour, in the style of Payload's pills. */
export const StatusPill = ({
  status,
  word = labelOf(status),
}: {
  status: string
  /** A text to show instead of the status's name. */
  word?: string
}) => {
  const tone = TONES[status] ?? 'plain'
  const sign = SIGNS[tone]
  return (
    <span className={`t-pill t-pill--${tone}`}>
      {sign && (
        <svg aria-hidden="true" height="12" viewBox="0 0 16 16" width="12">
          <path
            d={sign}
            fill="none"
            stroke="currentColor"
            strokeLinecap="round"
            strokeWidth="1.8"
          />
        </svg>
      )}
      {word}
    </span>
  )
}
