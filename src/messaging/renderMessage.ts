import { DomainError } from '../domain/errors.ts'
import { findLanguage } from './locale.ts'
import { toOneLine } from './toOneLine.ts'
import { toPersonName } from './toPersonName.ts'
import { findTemplate } from './templates/index.ts'
import type { ChannelKind, EmailContent, TemplateContext } from './types.ts'

/** The locale is the stored one; a locale without texts gets English. */
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
 * Renders what a channel sends for a stored row. Puts each value on one line first, so that typed
 * text cannot start a new line in a subject, a text part or an SMS, and strips links from the name.
 *
 * @throws DomainError `messaging.unknown-template` there is no template of that name
 * @throws DomainError `messaging.no-such-channel` the template does not support that channel
 */
export const renderMessage = <Kind extends ChannelKind>(draft: Draft<Kind>): Content[Kind] => {
  const template = findTemplate(draft.template)
  const data = toSingleLines(draft.data)
  const context = {
    ...draft.context,
    brand: toOneLine(draft.context.brand),
    locale: findLanguage(draft.context.locale),
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

const toSingleLines = (data: object): object =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' ? (name === 'name' ? toPersonName : toOneLine)(value) : value,
    ]),
  )
