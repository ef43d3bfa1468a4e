import type RequestClient from 'twilio/lib/base/RequestClient.js'
import { z } from 'zod'

import type { Channel, Outcome, SmsMessage } from '../types.ts'
import { buildCallbackUrl } from '../webhooks/twilio.ts'
import { type Answer, type Classification, classifyResponse, exchange } from './exchange.ts'

type TwilioSettings = {
  accountSid: string
  authToken: string
  /** A number, a short code or a name. A messaging service, which picks one, takes precedence. */
  from?: string | undefined
  messagingServiceSid?: string | undefined
  /** The base address for Twilio's reports; without it there are no reports. */
  publicUrl?: string | undefined
  baseUrl?: string | undefined
  timeoutMs?: number | undefined
  maxPerSecond?: number | undefined
}

/** SMS through Twilio's Messages resource. The address for its reports carries our id. */
export const twilio = (settings: TwilioSettings): Channel<SmsMessage> => ({
  name: 'twilio',
  kind: 'sms',
  // A long number sends one a second and Twilio queues the rest; 21611 means a full queue.
  maxPerSecond: settings.maxPerSecond ?? 10,
  send: (message, { signal }) =>
    exchange({
      to: message.to,
      signal,
      timeoutMs: settings.timeoutMs,
      load: importSdk,
      request: (deadline) => postSms({ settings, deadline, sms: toSms(message, settings) }),
      classify: toOutcome,
    }),
})

/** Loaded with the first SMS, because it is large and most processes never send one. */
const importSdk = () => import('twilio')

const toSms = ({ id, text, to }: SmsMessage, settings: TwilioSettings) => ({
  to,
  body: text,
  ...(settings.messagingServiceSid
    ? { messagingServiceSid: settings.messagingServiceSid }
    : { from: settings.from }),
  ...(settings.publicUrl
    ? { statusCallback: buildCallbackUrl({ publicUrl: settings.publicUrl, notificationId: id }) }
    : {}),
})

const Accepted = z.object({ sid: z.string().min(1) })
const Problem = z.object({ code: z.number(), message: z.string() })

const toOutcome = (answer: Answer): Outcome => {
  const isTaken = answer.status >= 200 && answer.status < 300
  const { data: taken } = Accepted.safeParse(answer.body)
  if (isTaken && taken) return { kind: 'accepted', providerMessageId: taken.sid }

  const { data: problem } = Problem.safeParse(answer.body)
  return classifyResponse({
    answer,
    code: isTaken ? 'malformed-reply' : String(problem?.code ?? `http-${answer.status}`),
    detail: problem?.message ?? 'no reason given',
    classification: problem && !isTaken ? ERRORS[problem.code] : undefined,
  })
}

/**
 * https://www.twilio.com/docs/api/errors. 20429 was never processed. Twilio suggests to retry any
 * 5xx, but does not say that none was sent, so the HTTP status decides about those.
 */
const ERRORS: Record<number, Classification> = {
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

type Sms = {
  to: string
  body: string
  from?: string | undefined
  messagingServiceSid?: string | undefined
  statusCallback?: string | undefined
}
type Post = {
  settings: { accountSid: string; authToken: string; baseUrl?: string | undefined }
  sms: Sms
  deadline: AbortSignal
}

/**
 * Sends one SMS with Twilio's client and returns the response, whatever its status. The client's
 * exceptions omit the headers, and with them `Retry-After`.
 */
const postSms = async ({ deadline, settings, sms }: Post): Promise<Answer> => {
  const { default: sdk } = await importSdk()

  /** The package has a setting for a region but none for the host; this client changes the host. */
  class HttpClient extends sdk.RequestClient {
    answer: Answer | null = null

    override async request<Data>(options: RequestClient.RequestOptions<Data>) {
      const response = await super.request<Data>({
        ...options,
        uri: settings.baseUrl ? withHost(options.uri, settings.baseUrl) : options.uri,
      })
      this.answer = {
        status: response.statusCode,
        headers: response.headers as Record<string, unknown>,
        body: response.body,
      }
      return response
    }
  }

  // No keep-alive: a connection that closes while sending leaves an unknown outcome.
  const httpClient = new HttpClient({ keepAlive: false })
  httpClient.axios.defaults.signal = deadline
  const client = sdk(settings.accountSid, settings.authToken, { httpClient })
  try {
    await client.messages.create(sms)
  } catch (error) {
    if (!httpClient.answer) throw error
  }
  if (!httpClient.answer) throw new Error('Twilio’s client made no request')
  return httpClient.answer
}

const withHost = (uri: string, baseUrl: string): string => {
  const { pathname, search } = new URL(uri)
  return `${baseUrl.replace(/\/+$/, '')}${pathname}${search}`
}
