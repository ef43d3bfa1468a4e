import { z } from 'zod'

import type { Channel, Outcome, SmsMessage } from '../types.ts'
import { twilioCallback } from '../webhooks/twilioCallback.ts'
import { exchange } from './exchange.ts'
import { type Answer, outcomeOfStatus, type Ruling } from './outcomeOfStatus.ts'
import { postSms } from './postSms.ts'

export type TwilioSettings = {
  accountSid: string
  authToken: string
  /** A number, a short code or a name; or a service that picks one. The service wins. */
  from?: string | undefined
  messagingServiceSid?: string | undefined
  /** Where Twilio reports to; without it nothing is heard of a message again. */
  publicUrl?: string | undefined
  baseUrl?: string | undefined
  timeoutMs?: number | undefined
  maxPerSecond?: number | undefined
}

/** SMS through Twilio's Messages resource. Its reports carry our id in the address they go to. */
export const twilio = (settings: TwilioSettings): Channel<SmsMessage> => ({
  name: 'twilio',
  kind: 'sms',
  // A long number sends one a second and Twilio queues the rest; 21611 says that its queue is full.
  maxPerSecond: settings.maxPerSecond ?? 10,
  send: (message, { signal }) =>
    exchange({
      to: message.to,
      signal,
      timeoutMs: settings.timeoutMs,
      ask: (deadline) => postSms({ settings, deadline, sms: smsOf(message, settings) }),
      judge,
    }),
})

const smsOf = ({ id, text, to }: SmsMessage, settings: TwilioSettings) => ({
  to,
  body: text,
  ...(settings.messagingServiceSid
    ? { messagingServiceSid: settings.messagingServiceSid }
    : { from: settings.from }),
  ...(settings.publicUrl
    ? { statusCallback: twilioCallback({ publicUrl: settings.publicUrl, notificationId: id }) }
    : {}),
})

const Accepted = z.object({ sid: z.string().min(1) })
const Problem = z.object({ code: z.number(), message: z.string() })

const judge = (answer: Answer): Outcome => {
  const isTaken = answer.status >= 200 && answer.status < 300
  const { data: taken } = Accepted.safeParse(answer.body)
  if (isTaken && taken) return { kind: 'accepted', providerMessageId: taken.sid }

  const { data: problem } = Problem.safeParse(answer.body)
  return outcomeOfStatus({
    answer,
    code: isTaken ? 'malformed-reply' : String(problem?.code ?? `http-${answer.status}`),
    detail: problem?.message ?? 'no reason given',
    ruling: problem && !isTaken ? RULINGS[problem.code] : undefined,
  })
}

/**
 * https://www.twilio.com/docs/api/errors. 20429 was never processed. Twilio suggests to repeat any
 * 5xx, but does not say that none was sent: those stay with the status.
 */
const RULINGS: Record<number, Ruling> = {
  20003: 'permanent', // wrong credentials
  20404: 'permanent', // no such account
  20429: 'retry', // too many requests
  21211: 'permanent', // invalid To
  21212: 'permanent', // invalid From
  21408: 'permanent', // region not permitted
  21602: 'permanent', // no body
  21603: 'permanent', // no From
  21604: 'permanent', // no To
  21606: 'permanent', // From not owned
  21608: 'permanent', // trial account, unverified To
  21609: 'permanent', // invalid callback address
  21610: 'opted-out', // the recipient answered STOP
  21611: 'retry', // the sender's queue is full
  21612: 'permanent', // no route between From and To
  21614: 'permanent', // not a mobile number
  21617: 'permanent', // body too long
  21655: 'permanent', // invalid content template
}
