import { FieldLabel } from '@payloadcms/ui'

import { MAX_ANSWER_LENGTH } from '../../../../src/domain/cashback/claimAnswer.ts'
import type { Typed } from './useRefusing.ts'

const ID = 'claim-answer'

/** Where the answer is written; what is wrong with it is said beside it, to those who listen too. */
export const AnswerField = ({ field, problem, text, type }: Typed) => (
  <div className={`field-type textarea${problem ? ' error' : ''}`}>
    <FieldLabel htmlFor={ID} label="Answer" path="answer" required />
    <textarea
      aria-describedby={`${ID}-problem ${ID}-rule`}
      aria-invalid={problem !== null}
      aria-required
      id={ID}
      onChange={(event) => {
        type(event.target.value)
      }}
      ref={field}
      rows={4}
      value={text}
    />
    <div className="t-answer__notes">
      <p className="t-fail" id={`${ID}-problem`} role="alert">
        {problem}
      </p>
      <p className="t-sub" id={`${ID}-rule`}>
        The member reads it. {text.trim().length} of {MAX_ANSWER_LENGTH} characters.
      </p>
    </div>
  </div>
)
