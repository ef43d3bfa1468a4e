import type RequestClient from 'twilio/lib/base/RequestClient.js'

import type { Answer } from './outcomeOfStatus.ts'

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
 * Hands one SMS to Twilio's client, and returns the answer whatever its status: its exceptions
 * leave out the headers, and with them how long to wait.
 */
export const postSms = async ({ deadline, settings, sms }: Post): Promise<Answer> => {
  // Loaded with the first SMS: it is large, and most processes never send one.
  const { default: twilio } = await import('twilio')

  /** The package can be told a region, but no address: this one moves its requests elsewhere. */
  class Wire extends twilio.RequestClient {
    answer: Answer | null = null

    override async request<Data>(options: RequestClient.RequestOptions<Data>) {
      const response = await super.request<Data>({
        ...options,
        uri: settings.baseUrl ? moved(options.uri, settings.baseUrl) : options.uri,
      })
      this.answer = {
        status: response.statusCode,
        headers: response.headers as Record<string, unknown>,
        body: response.body,
      }
      return response
    }
  }

  // No kept connections: one that is closed at the moment of sending leaves an unknown outcome.
  const wire = new Wire({ keepAlive: false })
  wire.axios.defaults.signal = deadline
  const client = twilio(settings.accountSid, settings.authToken, { httpClient: wire })
  try {
    await client.messages.create(sms)
  } catch (error) {
    if (!wire.answer) throw error
  }
  if (!wire.answer) throw new Error('Twilio’s client made no request')
  return wire.answer
}

const moved = (uri: string, baseUrl: string): string => {
  const { pathname, search } = new URL(uri)
  return `${baseUrl.replace(/\/+$/, '')}${pathname}${search}`
}
