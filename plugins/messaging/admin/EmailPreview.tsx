import { Choice } from '../../../src/admin/actions/Choice.tsx'
import { Panel } from '../../../src/admin/layout/Panel.tsx'
import { labelOf } from '../../../src/domain/labels.ts'
import type { EmailContent } from '../../../src/messaging/types.ts'
import { type MessageChoice, messageHref, WIDTHS } from './parseMessageChoice.ts'

/** Makes all links open a new window, which the sandbox forbids: so no link works. */
const INERT_LINKS = '<base target="_blank">'

/** Both parts of an e-mail. The frame runs no scripts and cannot reach the admin panel. */
export const EmailPreview = ({
  choice,
  content: { html, subject, text },
  page,
}: {
  choice: MessageChoice
  content: EmailContent
  page: string
}) => (
  <>
    <Panel
      aside={
        <Choice
          label="Width"
          options={WIDTHS.map((width) => ({
            text: labelOf(width),
            href: messageHref(page, { ...choice, width }),
            isCurrent: width === choice.width,
          }))}
        />
      }
      title="E-mail"
    >
      <p className="t-mail__subject">
        <span className="t-muted">Subject</span> <b lang={choice.locale}>{subject}</b>
      </p>
      <iframe
        className={`t-mail t-mail--${choice.width}`}
        sandbox=""
        srcDoc={html + INERT_LINKS}
        title={`The e-mail: ${subject}`}
      />
    </Panel>
    <Panel title="E-mail, plain text part">
      <pre className="t-mail__text" lang={choice.locale}>
        {text}
      </pre>
    </Panel>
  </>
)
