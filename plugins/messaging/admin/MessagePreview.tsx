import type { PayloadRequest } from 'payload'

import { Choice } from '../../../src/admin/actions/Choice.tsx'
import { labelOf } from '../../../src/domain/labels.ts'
import { renderMessage } from '../../../src/messaging/renderMessage.ts'
import { LOCALES, type Template } from '../../../src/messaging/types.ts'
import { findOutbox } from '../../../src/messaging/outbox/findOutbox.ts'
import { channelsIn } from './channelsIn.ts'
import { EmailPreview } from './EmailPreview.tsx'
import { LANGUAGES } from './languages.ts'
import { type MessageChoice, messageHref } from './parseMessageChoice.ts'
import { SendTest } from './SendTest.tsx'
import { SmsPreview } from './SmsPreview.tsx'

type Props = { choice: MessageChoice; page: string; req: PayloadRequest; template: Template }

/** One message with its sample data, rendered like a worker does. */
export const MessagePreview = ({ choice, page, req, template }: Props) => {
  const { locale } = choice
  const { wording } = findOutbox(req.payload)
  const draft = {
    template: template.name,
    data: template.sample,
    context: { ...wording, locale },
  }
  return (
    <div className="t-message">
      <Head choice={choice} page={page} template={template} />
      <div className="t-message__pair">
        {template.sms && (
          <SmsPreview locale={locale} text={renderMessage({ ...draft, kind: 'sms' }).text} />
        )}
        <SendTest
          channels={channelsIn(template)}
          key={template.name}
          locale={locale}
          own={ownOf(req)}
          template={template.name}
        />
      </div>
      {template.email && (
        <EmailPreview
          choice={choice}
          content={renderMessage({ ...draft, kind: 'email' })}
          page={page}
        />
      )}
    </div>
  )
}

const Head = ({ choice, page, template }: Omit<Props, 'req'>) => {
  const { category, isSecret, lane, name } = template
  return (
    <div className="t-message__head">
      <div>
        <h2>{labelOf(name)}</h2>
        <p className="t-muted">
          <span className="t-code">{name}</span> · {labelOf(category)} · {labelOf(lane)} lane
          {isSecret && ' · encrypted in the outbox, and erased afterwards'}
        </p>
      </div>
      <Choice
        label="Language"
        options={LOCALES.map((locale) => ({
          text: LANGUAGES[locale],
          href: messageHref(page, { ...choice, locale }),
          isCurrent: locale === choice.locale,
        }))}
      />
    </div>
  )
}

/** The addresses of the signed-in user, as defaults of a test. */
const ownOf = ({ user }: PayloadRequest) =>
  user?.collection === 'users' ? { email: user.email, sms: user.phone ?? '' } : {}
