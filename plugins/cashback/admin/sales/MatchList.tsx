import { Button, useConfig } from '@payloadcms/ui'

import type { Suggestion } from '../../../../src/cashback/attribution/suggestMembers.ts'
import { ClaimFileLinks } from '../claims/ClaimFileLinks.tsx'
import { Score } from './Score.tsx'
import type { Gift } from './useUnattributed.ts'

/** Members whom a transaction may belong to, each reason with its points. */
export const MatchList = ({
  isSending,
  onGive,
  suggestions,
}: {
  isSending: boolean
  onGive: (gift: Gift) => void
  suggestions: Suggestion[]
}) => {
  const { config } = useConfig()
  return suggestions.length === 0 ? (
    <p className="t-muted">Nobody’s click or claim fits it well enough. Search for the member.</p>
  ) : (
    <ul className="t-matches">
      {suggestions.map(({ claim, click, files, member, memberName, reasons, score }) => (
        <li key={member}>
          <Score score={score} />
          <div>
            <span className="t-cut t-strong" title={memberName ?? undefined}>
              {memberName ?? 'A member without a name'}
            </span>
            {reasons.map(({ code, points, words }) => (
              <span className="t-sub" key={code}>
                {words}, {points} points
              </span>
            ))}
            <ClaimFileLinks api={config.routes.api} files={files} />
          </div>
          <Button
            aria-label={`Assign to ${memberName ?? 'this member'}`}
            buttonStyle="secondary"
            disabled={isSending}
            margin={false}
            onClick={() => {
              onGive({ member, click, claim })
            }}
            size="small"
            type="button"
          >
            Assign
          </Button>
        </li>
      ))}
    </ul>
  )
}
