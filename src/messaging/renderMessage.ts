import { DomainError } from '../domain/errors.ts'
import { languageOf } from './languageOf.ts'
import { oneLine } from './oneLine.ts'
import { templateOf } from './templates/index.ts'
import { type ChannelKind, type EmailContent, type TemplateContext } from './types.ts'

/** The locale is whatever is stored: one without words gets English. */
type Context = Omit<TemplateContext, 'locale'> & { locale: string }
type Draft<Kind extends ChannelKind> = {
  template: string
  data: object
  context: Context
  kind: Kind
}
type SmsContent = { text: string; variables: Record<string, string> }
type Content = { email: EmailContent; sms: SmsContent }

/**
 * What a channel sends for a stored row. Values that somebody typed are laid on one line first, so
 * none of them starts a line of its own in a subject, a text part or an SMS.
 *
 * @throws DomainError `messaging.unknown-template` no template of that name
 * @throws DomainError `messaging.no-such-channel` the template says nothing in that channel
 */
export const renderMessage = <Kind extends ChannelKind>(draft: Draft<Kind>): Content[Kind] => {
  const template = templateOf(draft.template)
  const data = onOneLine(draft.data)
  const context = {
    ...draft.context,
    brand: oneLine(draft.context.brand),
    locale: languageOf(draft.context.locale),
  }
  const renderers: { [K in ChannelKind]: () => Content[K] | undefined } = {
    email: () => template.email?.(data, context),
    sms: () => {
      const text = template.sms?.(data, context)
      const variables = template.smsVariables?.(data, context) ?? {}
      return text === undefined ? undefined : { text, variables }
    },
  }
  const content = renderers[draft.kind]()
  if (content) return content
  const { kind, template: name } = draft
  throw new DomainError('messaging.no-such-channel', `"${name}" has no ${kind}.`, {
    template: name,
    field: 'channel',
  })
}

const onOneLine = (data: object): object =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' ? oneLine(value) : value,
    ]),
  )
