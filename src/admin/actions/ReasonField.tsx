import { TextareaInput } from '@payloadcms/ui'

import { REASON_RULE } from '../../domain/reason.ts'

type Props = {
  /** Unique on the page. */
  path: string
  reason: string
  onChange: (reason: string) => void
}

/** The field for the reason of an audited action. */
export const ReasonField = ({ onChange, path, reason }: Props) => (
  <TextareaInput
    description={`${REASON_RULE}, kept in the audit log.`}
    label="Reason"
    onChange={(event) => {
      onChange(event.target.value)
    }}
    path={path}
    required
    rows={2}
    value={reason}
  />
)
