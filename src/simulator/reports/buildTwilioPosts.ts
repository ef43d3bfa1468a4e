import { createHmac } from 'node:crypto'

import type { State } from '../state.ts'
import type { Post } from '../sendPost.ts'
import type { Report, ReportStatus } from './types.ts'

/**
 * Builds Twilio's status callbacks, one request each, signed with the account's last auth token.
 */
export const buildTwilioPosts = (reports: Report[], state: State): Post[] =>
  reports.flatMap((report) => {
    const { code, duplicates = 0, message, outOfOrder, status } = report
    const addresses = findAddresses(message.carried.callback, state)
    const token = state.twilioTokens.get(message.carried.account ?? '')
    if (!addresses || token === undefined) return []
    const steps = STEPS[status].map(([step, error]) => {
      const form = buildForm(report, step, error === undefined ? undefined : (code ?? error))
      return {
        url: addresses.reached,
        body: new URLSearchParams(form).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
          'user-agent': 'TwilioProxy/1.1',
          'x-twilio-signature': signForm({ form, token, url: addresses.signed }),
        },
      }
    })
    const ordered = outOfOrder ? steps.reverse() : steps
    return ordered.flatMap((post) => Array.from({ length: 1 + duplicates }, () => post))
  })

/**
 * The statuses of a message, with the error code of the last one;
 * https://www.twilio.com/docs/api/errors
 */
const STEPS: Record<ReportStatus, [status: string, code?: string][]> = {
  delivered: [['sent'], ['delivered']],
  bounced: [['sent'], ['undelivered', '30006']],
  failed: [['sent'], ['undelivered', '30003']],
  'opted-out': [['failed', '21610']],
}

/**
 * Behind a proxy, the URL that Twilio signs differs from the URL that is called. Without a callback
 * in the message, the account's webhook is used.
 */
const findAddresses = (callback: string | undefined, { webhooks }: State) => {
  const { publicUrl, url } = webhooks.twilio ?? {}
  if (callback === undefined) {
    const signed = publicUrl ?? url
    return signed === undefined ? null : { signed, reached: url ?? signed }
  }
  return { signed: rebase(callback, publicUrl), reached: rebase(callback, url) }
}

const rebase = (address: string, base: string | undefined): string => {
  if (base === undefined) return address
  const { pathname, search } = new URL(address)
  return `${base.replace(/\/$/, '')}${pathname}${search}`
}

const buildForm = ({ message }: Report, step: string, error: string | undefined) => ({
  AccountSid: message.carried.account ?? '',
  ApiVersion: '2010-04-01',
  From: message.carried.from ?? '',
  MessageSid: message.id,
  MessageStatus: step,
  SmsSid: message.id,
  SmsStatus: step,
  To: message.to,
  ...(error === undefined ? {} : { ErrorCode: error }),
})

/** https://www.twilio.com/docs/usage/webhooks/webhooks-security */
const signForm = (signed: { form: Record<string, string>; token: string; url: string }) => {
  const pairs = Object.entries(signed.form).sort(([one], [other]) => (one < other ? -1 : 1))
  return createHmac('sha1', signed.token)
    .update(signed.url + pairs.flat().join(''))
    .digest('base64')
}
